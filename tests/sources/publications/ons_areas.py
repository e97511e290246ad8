"""A small edition of what `ons_areas` reads."""

from __future__ import annotations

import json

from tests.sources.making import Publication, RawFault

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
    records=8,
    faults=(),
    raw_faults=(
        RawFault(
            "areas_similar.json",
            '["W06000903", "E08000902"]',
            '["E09999999"]',
            1,
            "E06000901 global",
            "the code of an area in areas_list.json",
            kind="code",
        ),
        RawFault(
            "areas_similar.json",
            '["W06000903", "E08000902"]',
            '["E08000902", "E08000902"]',
            1,
            "E06000901 global",
            "different codes",
            kind="duplicate",
        ),
        RawFault(
            "areas_similar.json",
            '"W06000903": {',
            '"E06000901": {',
            2,
            "E06000901",
            "each key once",
            kind="duplicate",
        ),
        RawFault(
            "areas_similar.json",
            '"global": ["W',
            '"globe": ["W',
            1,
            "E06000901",
            "global, economic, demographic",
            kind="column",
        ),
        RawFault("areas_list.json", '"0": 2023', '"0": 1900', 1, "start", "a year like 2023", kind="date"),
        RawFault("areas_list.json", '"0": 2023', '"9": 2023', None, "start", "from 0 to 3", kind="number"),
        RawFault(
            "areas_list.json", '"3": 2024}', '"0": 2022}', 1, "end", "a year from 2023 on", kind="other"
        ),
        RawFault(
            "areas_list.json", '"E08000902"', '"E06000901"', 2, "areacd", "each code once", kind="duplicate"
        ),
        RawFault(
            "areas_list.json", '"E08000902"', '"Marsh"', 2, "areacd", "the code of an area", kind="code"
        ),
        RawFault("areas_list.json", '"Marsh"', '" "', 2, "areanm", "the area's name"),
        RawFault("areas_list.json", '"end"', '"ends"', None, "end", "years by position", kind="column"),
        RawFault("areas_list.json", '"areanm"', '"name"', None, "areanm", "a list “areanm”", kind="column"),
    ),
    without={
        "grade": "areas, no judgements",
    },
)
