"""A small edition of what `hmi_prisons` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_TESTS = ("prisons.csv", "")
PUBLICATION = Publication(
    main="prisons.csv",
    tables={
        _TESTS: table(
            "prison|inspection_date_or_year|test|outcome|url|notes",
            "Grimdale|2023-11|safety|poor|https://example.org/grimdale|",
            "Grimdale|2023-11|respect|not_sufficiently_good|https://example.org/grimdale|",
            "Grimdale|2018|safety|reasonably_good|https://example.org/grimdale|as recalled in 2023",
            "Grimdale|2012-2013|purposeful_activity|good|https://example.org/grimdale|",
            "Twinmoor (closed site)|2019-07|rehabilitation_and_release_planning|good|https://example.org/t|",
            "Twinmoor (open site)|2019-07|rehabilitation_and_release_planning|poor|https://example.org/t|",
            "Foggy Hall||respect|good|https://example.org/foggy|undated",
            "Foggy Hall|undated (recent)|respect|poor|https://example.org/foggy|",
        )
    },
    records=7,
    spare=frozenset({"notes"}),
    faults=(
        Fault(_TESTS, 2, "inspection_date_or_year", "1900", "a date from 1965-04-01", kind="date"),
        Fault(_TESTS, 2, "inspection_date_or_year", "1900-01-01", "a date from 1965-04-01", kind="date"),
        Fault(_TESTS, 5, "inspection_date_or_year", "2013-2012", "a date from 1965-04-01"),
        Fault(_TESTS, 2, "inspection_date_or_year", "last summer", "a date like"),
        Fault(_TESTS, 2, "test", "happiness", "a question of Prison inspection"),
        Fault(
            _TESTS, 3, "test", "safety", "a test of an inspection once (row 2 has it too)", kind="duplicate"
        ),
        Fault(
            _TESTS,
            2,
            "outcome",
            "requires_improvement",
            "one of “Good”, “Reasonably good”, “Not sufficiently good”, “Poor” was expected",
            kind="grade",
        ),
        Fault(_TESTS, 4, "prison", "", "a value"),
        Fault(_TESTS, 4, "url", "", "a value"),
    ),
    without={"code": "bodies are told by name, no column has codes", "number": "no column has numbers"},
)
