"""A small edition of what `hmicfrs_peel` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_GRADES = ("peel.csv", "")
PUBLICATION = Publication(
    main="peel.csv",
    tables={
        _GRADES: table(
            "force|round|question|grade|published|url|notes",
            "Mercia Moors|2016|Effectiveness|good|2017-03-02|https://example.org/all|",
            "Mercia Moors|2016|Effectiveness|good||https://example.org/moors|",
            "Mercia Moors|2016|Efficiency|outstanding||https://example.org/moors|told again",
            "Mercia Moors|2018/19|Investigating crime|requires_improvement||https://example.org/moors|",
            "Gwent|2018/19|Legitimacy|good|2019-09|https://example.org/gwent|",
            "Port Authority|2021/22|Value for money|adequate|2022-10|https://example.org/port|",
            "Port Authority|2021/22|Recording crime|good|2022-10-14|https://example.org/port|",
            "Port Authority|2023-25|Preventing crime|inadequate|2024-02|https://example.org/port|",
            "Port Authority|2023-25|Recording crime data|adequate|2024-08-08|https://example.org/other|",
            "Port Authority|2023-25|Preventing and deterring crime|good|2024-02|https://example.org/other|",
        )
    },
    # Moors 2016 and 2018/19, Port 2021/22, and 2023-25 on two dates, once more where a page says otherwise.
    records=3 + 1 + 3,
    spare=frozenset({"notes"}),
    faults=(
        Fault(_GRADES, 2, "round", "2014", "one of 2015, 2016"),
        Fault(_GRADES, 2, "question", "Tidiness", "a question of Police inspection (PEEL) 2016"),
        Fault(_GRADES, 2, "question", "Preventing crime", "a question of Police inspection (PEEL) 2016"),
        Fault(
            _GRADES,
            3,
            "grade",
            "adequate",
            "one of “Outstanding”, “Good”, “Requires improvement”, “Inadequate” was expected",
            kind="grade",
        ),
        Fault(_GRADES, 7, "grade", "satisfactory", "one of “Outstanding”, “Good”, “Adequate”", kind="grade"),
        Fault(_GRADES, 2, "published", "1900-01-01", "a date from 1965-04-01", kind="date"),
        Fault(_GRADES, 2, "published", "2017-13", "a date like"),
        Fault(_GRADES, 2, "published", "2019-06", "a date of the round, from 2016-04-01 to 2017-04-30"),
        Fault(_GRADES, 6, "grade", "", "a value"),
        Fault(_GRADES, 4, "force", "", "a value"),
        Fault(_GRADES, 4, "url", "", "a value"),
    ),
    without={"code": "bodies are told by name, no column has codes", "number": "no column has numbers"},
)
