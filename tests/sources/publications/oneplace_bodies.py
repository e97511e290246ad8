"""A small edition of what `oneplace_bodies` reads."""

from __future__ import annotations

from tests.sources.making import Publication, RawFault

PUBLICATION = Publication(
    main="fire_services.toml",
    tables={},
    raw={
        "fire_services.toml": (
            '# Made for a test.\n\nkind = "fire_service"\n\n[bodies]\n'
            'marsh-fire = { name = "Marsh Fire and Rescue Service", names = ["Marsh & Fen"], '
            'serves = ["marsh", "fen"], opened = "2019-04-01", note = "Joined from two" }\n'
            'fen-fire = { name = "Fen Fire", gss = "E31000999", parent = "marsh-fire", closed = "2019-04-01" }\n'
            'fen-camp = { name = "Fen Camp", stands_in = "fen" }\n'
        )
    },
    records=3,
    faults=(),
    raw_faults=(
        RawFault(
            "fire_services.toml",
            '"2019-04-01"',
            '"1900-01-01"',
            6,
            "opened",
            "a date from 1965-04-01",
            kind="date",
        ),
        RawFault("fire_services.toml", "E31000999", "Fen", 7, "gss", "a code like E31000001", kind="code"),
        RawFault(
            "fire_services.toml", "fen-camp =", "fen-fire =", None, None, "a list in TOML", kind="duplicate"
        ),
        RawFault(
            "fire_services.toml", "{ name =", "{ title =", 6, "title", "only closed, gss, name", kind="column"
        ),
        RawFault("fire_services.toml", '"fire_service"', '"circus"', None, "kind", "one of local_authority"),
    ),
    without={"grade": "bodies, no judgements", "number": "bodies have no numbers"},
)
