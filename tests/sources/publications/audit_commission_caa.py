"""A small edition of what `audit_commission_caa` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_FLAGS = ("caa2009_flags.csv", "")
PUBLICATION = Publication(
    main="caa2009_flags.csv",
    tables={
        _FLAGS: table(
            "area|kind|value_or_theme|url",
            "Kent|red_flag|housing|https://example.org/housing",
            "Kent|green_flag|beaches, all year|https://example.org/beaches",
            "York|red_flag|children's services|https://example.org/children",
            "York|red_flag|two red flags in total (themes not named here)|https://example.org/all",
        )
    },
    records=2,
    faults=(
        Fault(_FLAGS, 2, "kind", "amber_flag", "one of “Green flag”, “Red flag” was expected", kind="grade"),
        Fault(_FLAGS, 2, "value_or_theme", "", "a value"),
        Fault(
            _FLAGS,
            5,
            "value_or_theme",
            "children's services",
            "a flag once (row 4 has it too)",
            kind="duplicate",
        ),
        Fault(_FLAGS, 2, "area", "", "a value"),
        Fault(_FLAGS, 5, "url", "", "a value"),
    ),
    without={
        "date": "the flags are all of one day, in no column",
        "code": "bodies are told by name, no column has codes",
        "number": "no column has numbers",
    },
)
