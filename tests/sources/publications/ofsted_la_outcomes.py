"""A small edition of what `ofsted_la_outcomes` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, sheet

_ODS = "la_inspection_outcomes_2025-03-31.ods"
_LEADERS = "The impact of leaders on social work practice with children and families"
_PROTECT = "The experiences and progress of children who need help and protection"
_CARE = "The experiences and progress of children in care"
_LEAVERS = "The experiences and progress of care leavers"
_ASKED = f"Overall effectiveness|{_LEADERS}|{_PROTECT}|{_CARE}|{_LEAVERS}"
_LATEST = (_ODS, "Inspections_as_at_31_March")
_HISTORY = (_ODS, "ILACS_inspection_history")
_YEAR = (_ODS, "In-year_inspections")


PUBLICATION = Publication(
    main=_ODS,
    tables={
        (_ODS, "Cover"): [["A table", ""], ["Section", "Detail"], ["Published on:", "2025-09-25"]],
        _LATEST: sheet(
            "Judgements",
            "Web link|Local authority area code|Local authority name|Ofsted region|Inspection date"
            f"|Publication date|{_ASKED}",
            "Page|E09000014|Haringey|London|2023-02-13|2023-04-11|Requires improvement to be good|Good"
            "|Good|Good|Outstanding",
            "Page|E06000055|Bedford|East of England|2021-11-15|2022-01-14|Good|Good|Good|Good|",
        ),
        _HISTORY: sheet(
            "History",
            "Web link|Local authority area code|Local authority name|Local authority status|Ofsted region"
            f"|Inspection date|Publication date|Inspection type|{_ASKED}",
            "Page|E10000006|Cumbria|No longer exists|North West|2022-09-20|2022-11-15"
            "|ILACS Standard Inspection|Requires improvement to be good|Inadequate|Good|Good|",
        ),
        _YEAR: sheet(
            "The year",
            "Web link|Local authority area code|Local authority name|Region|Inspection/Visit date"
            f"|Publication date|Inspection/Visit type|{_ASKED}|Visit Theme",
            "Page|E08000016|Barnsley|North|2024-11-05|2024-12-05|ILACS Focused Visit||||||Children in care",
            "Page|E08000016|Barnsley|North|2024-12-05|2025-01-05|LA Monitoring visit||||||Front door",
            "Page|E08000016|Barnsley|North|2025-01-06|2025-02-05|ILACS Short Inspection|Good|Good|Good"
            "|Good|Good|",
        ),
    },
    records=6,
    header_row=3,
    spare=frozenset({"Web link", "Ofsted region", "Region", "Local authority status"}),
    untitled=frozenset({(_ODS, "Cover")}),
    faults=(
        Fault(_LATEST, 4, "Inspection date", "soon", "a date like"),
        Fault(_LATEST, 4, "Inspection date", "2203-02-13", "a date from"),
        Fault(_LATEST, 5, "Publication date", "2021-01-14", "on or after the inspection of 2021-11-15"),
        Fault(_LATEST, 5, "Publication date", "", "a value"),
        Fault(
            _LATEST,
            4,
            "Overall effectiveness",
            "Adequate",
            "“Requires improvement to be good”",
            kind="grade",
        ),
        Fault(_HISTORY, 4, "Inspection type", "ILACS Long Inspection", "one of ILACS Standard Inspection"),
        Fault(_YEAR, 4, "Overall effectiveness", "Good", "nothing, as “Focused visit” has no such grade"),
        Fault(_YEAR, 6, _LEAVERS, "Fine", "one of “Outstanding”, “Good”", kind="grade"),
        Fault(_LATEST, 4, "Inspection date", "1900-01-01", "a date from", kind="date"),
        Fault(
            _LATEST, 5, "Local authority area code", "Bedford", "an area's code like E09000014", kind="code"
        ),
        Fault(
            _LATEST,
            5,
            "Local authority area code",
            "E09000014",
            "a council once (row 4 has it too)",
            kind="duplicate",
        ),
    ),
    without={"number": "no column has numbers"},
)
