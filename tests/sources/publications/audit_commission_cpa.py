"""A small edition of what `audit_commission_cpa` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_2006, _2007, _2008 = ("cpa2006.csv", ""), ("cpa2007.csv", ""), ("cpa2008.csv", "")
_STARS = ("cpa_stars_extra.csv", "")
_HEADER = (
    "council|direction_of_travel|corporate_assessment|use_of_resources|children_young_people|adult_social_care|"
    "housing|environment|culture|benefits|fire|value_for_money|url|footnote_mark"
)
PUBLICATION = Publication(
    main="cpa2006.csv",
    tables={
        _2006: table(
            _HEADER,
            "Kent|strongly|4|4|3|3|not applicable|4|4|not applicable|not applicable|4|https://example.org/6|+",
            "York|subject to review|2|3|1|subject to review|3|2|2|3||2|https://example.org/6|",
        ),
        _2007: table(
            _HEADER, "Kent|well|4|4|3|3|not applicable|4|4|not applicable||4|https://example.org/7|"
        ),
        _2008: table(
            "council|children_young_people|overall_stars|url|notes",
            "Hammersmith and Fulham|3|4|https://example.org/8|",
            "Isles of Scilly|3||https://example.org/8|not rated (N/A)",
        ),
        _STARS: table(
            "year|council|stars|url",
            "2006|York|1 (provisional)|https://example.org/s",
            "2008|Hammersmith & Fulham|4|https://example.org/s",
            "2008|York|0|https://example.org/s",
        ),
    },
    # 2006: scores and direction of two; 2007: of one; 2008: scores and stars of two; the extra stars: of one,
    # as Hammersmith's are told twice, and of one more.
    records=4 + 2 + 4 + 2,
    spare=frozenset({"footnote_mark"}),
    faults=(
        Fault(
            _2006,
            2,
            "direction_of_travel",
            "upwards",
            "one of “Improving strongly”, “Improving well”, “Improving adequately”",
            kind="grade",
        ),
        Fault(_2006, 2, "housing", "5", "one of “4, well above minimum”, “3, above minimum”", kind="grade"),
        Fault(_2006, 3, "council", "Kent", "a council once (row 2 has it too)", kind="duplicate"),
        Fault(
            _2007, 2, "culture", "good", "one of “4, well above minimum”, “3, above minimum”", kind="grade"
        ),
        Fault(_2007, 2, "url", "", "a value"),
        Fault(_2008, 2, "children_young_people", "", "a value"),
        Fault(_2008, 2, "overall_stars", "5", "a number of stars from 0 to 4", kind="grade"),
        Fault(_2008, 2, "overall_stars", "", "a number of stars from 0 to 4"),
        Fault(_STARS, 2, "stars", "one", "a number of stars from 0 to 4", kind="grade"),
        Fault(_STARS, 2, "year", "2009", "one of 2006, 2007, 2008"),
        Fault(_STARS, 2, "council", "", "a value"),
        Fault(_STARS, 2, "year", "1900", "one of 2006, 2007, 2008", kind="date"),
    ),
    without={"code": "bodies are told by name, no column has codes", "number": "its numbers are grades"},
)
