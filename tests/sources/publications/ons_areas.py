"""A small edition of what `ons_areas` reads."""

from __future__ import annotations

import json

from tests.sources.making import Publication

_LIST = {
    "areacd": ["E06000901", "E08000902", "W06000903", "E47000904"],
    "areanm": ["Fen", "Marsh", "Far Off", "Flats"],
    "parentcd": [None, None, None, None],
    "start": {"0": 2023},
    "end": {"3": 2024},
}
_SIMILAR = {
    "E06000901": {
        "global": ["W06000903", "E08000902"],
        "economic": ["E08000902", "W06000903"],
        "demographic": ["E08000902"],
    },
    "W06000903": {"global": ["E06000901"], "economic": ["E06000901"], "demographic": ["E06000901"]},
    "E08000902": {"global": ["E06000901"], "economic": ["E06000901"], "demographic": ["W06000903"]},
}
PUBLICATION = Publication(
    main="areas_similar.json",
    tables={},
    raw={"areas_similar.json": json.dumps(_SIMILAR), "areas_list.json": json.dumps(_LIST)},
    records=5,
    faults=(),
)
