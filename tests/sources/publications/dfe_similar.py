"""A small edition of what `dfe_similar` reads: eleven authorities, each with the ten others."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, table

_FILE = ("statistical_neighbours_2025.csv", "")
_HEADER = "old_la_code|la_name|region_ind|region_name|" + "|".join(f"SN_{n}|SN_{n}P" for n in range(1, 11))
_NUMBERS = [str(number) for number in range(901, 912)]
_CLOSENESS = ["Extremely close", "Very close", "Close ", "Somewhat close", "Not close"]


def _row(position: int) -> str:
    others = _NUMBERS[position + 1 :] + _NUMBERS[:position]
    cells = "|".join(f"{other}|{_CLOSENESS[rank // 2]}" for rank, other in enumerate(others))
    return f"{_NUMBERS[position]}|Marsh {position}|3|Flats|{cells}"


PUBLICATION = Publication(
    main="statistical_neighbours_2025.csv",
    tables={_FILE: table(_HEADER, *(_row(position) for position in range(len(_NUMBERS))))},
    records=110,
    spare=frozenset({"region_ind", "region_name"}),
    faults=(
        Fault(_FILE, 2, "old_la_code", "E06000001", "three figures", kind="code"),
        Fault(_FILE, 3, "old_la_code", "901", "each authority once", kind="duplicate"),
        Fault(_FILE, 2, "SN_1", "999", "the number of an authority in this file", kind="code"),
        Fault(_FILE, 2, "SN_2", "902", "ten different authorities", kind="duplicate"),
        Fault(_FILE, 3, "SN_3", "902", "ten different authorities", kind="duplicate"),
        Fault(_FILE, 2, "SN_10P", "Adjacent", "one of Extremely close", kind="code"),
        Fault(_FILE, 2, "SN_10", "", "a value"),
    ),
    without={
        "date": "the list is of no year but that of its file",
        "grade": "figures or places, no judgements",
        "number": "how close areas are is told in words",
    },
)
