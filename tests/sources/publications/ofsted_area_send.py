"""A small edition of what `ofsted_area_send` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_FILE = "area_send_overview_2026-06.xlsx"
_TABLE = (_FILE, "ofsted_cs_send_inspections")
_SENTENCES = {
    "1": "The arrangements here typically lead to positive experiences and outcomes.",
    "2": "The arrangements here lead to inconsistent experiences and outcomes.",
    "3": "There are widespread and/or systemic failings here.",
}
PUBLICATION = Publication(
    main=_FILE,
    tables={
        _TABLE: table(
            "urn|la_code|region_code|ltla23cd|stat_neighbours|local_authority|inspection_link|outcome_grade"
            "|previous_inspection_date|inspection_start_date|inspection_end_date|publication_date"
            "|next_inspection|next_inspection_by_date|local_link_to_all_inspections|inspection_outcome_text",
            "80498|309|GL|E09000014|320, 307|haringey|https://example.org/1|1|01/01/1900|29/01/24|02/02/24"
            f"|03/04/24|5 years|29/01/29|0|{_SENTENCES['1']}",
            "80429|330|WM|E08000025|892, 352|birmingham|https://example.org/2|2|27/05/2021|23/06/25|27/06/25"
            f"|15/08/25|3 years|23/06/28|0|{_SENTENCES['2']}",
            "80460|830|EM|E10000007|891, 933|derbyshire|https://example.org/3|3||||14/11/24|18 months"
            f"|Not there|0|{_SENTENCES['3']}",
            "80553|871|SE|E06000039|313, 312|slough|https://example.org/4|nan|01/01/1900|07/07/25|11/07/25"
            "|06/11/25|None|Not there|0|Not found.",
        )
    },
    records=4,
    spare=frozenset(
        {
            "la_code", "region_code", "ltla23cd", "stat_neighbours", "next_inspection",
            "next_inspection_by_date", "local_link_to_all_inspections",
        }
    ),
    faults=(
        Fault(_TABLE, 2, "inspection_start_date", "29/13/24", "a date like"),
        Fault(_TABLE, 2, "previous_inspection_date", "02/01/1900", "a date from 1965-04-01", kind="date"),
        Fault(_TABLE, 2, "inspection_end_date", "28/01/24", "on or after the start of 2024-01-29"),
        Fault(_TABLE, 2, "publication_date", "01/02/24", "on or after the end of 2024-02-02"),
        Fault(_TABLE, 3, "outcome_grade", "4", "one of 1, 2, 3 or nan", kind="grade"),
        Fault(_TABLE, 3, "outcome_grade", "", "a value"),
        Fault(_TABLE, 3, "inspection_outcome_text", _SENTENCES["3"], "the sentence of outcome 2"),
        Fault(_TABLE, 3, "urn", "80498", "an area once (row 2 has it too)", kind="duplicate"),
        Fault(_TABLE, 4, "local_authority", "", "a value"),
Fault(_TABLE, 3, 'urn', 'E08000025', "a council's number with Ofsted", kind='code'),
),
    without={"number": "no column has numbers"},
    known_dates=dict.fromkeys(
        ("previous_inspection_date", "inspection_start_date", "inspection_end_date", "publication_date"),
        "01/01/1900 is what the table has for none: it is told as a problem",
    ),
)  # fmt: skip
