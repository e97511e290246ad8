"""A small edition of what `oneplace_bodies` reads."""

from __future__ import annotations

from tests.sources.making import Publication

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
)
