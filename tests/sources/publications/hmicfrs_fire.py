"""A small edition of what `hmicfrs_fire` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_GRADES = ("fire.csv", "")
PUBLICATION = Publication(
    main="fire.csv",
    tables={
        _GRADES: table(
            "service|round|question|grade|published|url|notes",
            "Fenland|2018/19|People|inadequate|2018-12|https://example.org/fen|",
            "Fenland|2018/19|Responding to national risks|good|2018-12|https://example.org/fen|",
            "Fenland|2021/22|People|requires_improvement||https://example.org/fen|as recalled later",
            "Fenland|2021/22|Future affordability|good||https://example.org/fen|",
            "Fenland|2023-25|Preventing fire and risk|adequate|2024-09-18|https://example.org/fen|",
            "Seaside|2023-25|Best use of resources|outstanding||https://example.org/sea|",
        )
    },
    records=4,
    spare=frozenset({"notes"}),
    faults=(
        Fault(_GRADES, 2, "round", "2017", "one of 2018/19, 2021/22, 2023-25"),
        Fault(
            _GRADES,
            2,
            "grade",
            "adequate",
            "one of “Outstanding”, “Good”, “Requires improvement”, “Inadequate” was expected",
            kind="grade",
        ),
        Fault(_GRADES, 6, "question", "People", "a question of Fire and rescue inspection 2023-25"),
        Fault(_GRADES, 2, "published", "1900-01", "a date from 1965-04-01", kind="date"),
        Fault(_GRADES, 2, "published", "last year", "a date like"),
        Fault(_GRADES, 2, "published", "2022-01", "a date of the round"),
        Fault(_GRADES, 4, "service", "", "a value"),
        Fault(_GRADES, 5, "url", "", "a value"),
    ),
    without={"code": "bodies are told by name, no column has codes", "number": "no column has numbers"},
)
