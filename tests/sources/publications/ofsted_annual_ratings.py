"""A small edition of what `ofsted_annual_ratings` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_RATINGS = ("ofsted_annual_ratings.csv", "")
PUBLICATION = Publication(
    main="ofsted_annual_ratings.csv",
    tables={
        _RATINGS: table(
            "year|council|rating|url",
            "2009|Haringey|performs_poorly|https://example.org/2009",
            "2009|York|performs_excellently|https://example.org/2009",
            "2010|Cornwall|performs_poorly|https://example.org/2010",
            "2010|Kent|performs_poorly|https://example.org/2010",
            "2011|Hammersmith and Fulham|performs_excellently|https://example.org/2011",
        )
    },
    records=5 + 4 + 5 + 5,
    faults=(
        Fault(_RATINGS, 2, "year", "2012", "one of 2009, 2010, 2011"),
        Fault(_RATINGS, 3, "rating", "inadequate", "one of “Performs excellently”", kind="grade"),
        Fault(_RATINGS, 4, "council", "", "a value"),
        Fault(_RATINGS, 4, "url", "", "a value"),
        Fault(_RATINGS, 2, "year", "1900", "one of 2009, 2010, 2011", kind="date"),
        Fault(
            _RATINGS, 5, "council", "Cornwall", "a council once a year (row 4 has it too)", kind="duplicate"
        ),
    ),
    without={"code": "bodies are told by name, no column has codes", "number": "no column has numbers"},
)
