"""A month of national street crime: our counts by council and type, against a bare scan that only counts."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import polars as pl

from oneplace.commands.load_benchmarks import Result, Setting, in_turn

ROWS = 500_000
HEADER = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code",
    "LSOA name", "Crime type", "Last outcome category", "Context",
)  # fmt: skip
AREAS = 33_755  # small areas in England since the census of 2021


def measure(setting: Setting) -> Result:
    """Parse the month to records, and count its rows by small area and type with Polars alone."""
    rows = setting.rows or ROWS
    file = make_a_month(setting.work / "2025-12-national-street.csv", rows)
    ours, reference = in_turn(setting, (read_ours, file), (read_bare, file))
    return Result(
        title=f"A month of street crime of {rows:,} rows",
        rows=rows,
        ours=ours,
        reference=reference,
        reference_name="bare Polars scan and aggregate",
        goal="within 3 times",
        notes=(f"made in the real layout: {file.stat().st_size / 1e6:,.0f} MB",),
    )


def make_a_month(path: Path, rows: int) -> Path:
    """Write a month of all forces in the layout of data.police.uk. The crimes are made up, the councils are not."""
    from oneplace.sources.police_street import TYPES
    from oneplace.sources.street_councils import council_names

    chance = random.Random(2025)
    names = council_names()
    areas = []
    for number in range(AREAS):
        name, force = names[number % len(names)]
        place = number // len(names)
        area = f"{name} {place // 5 + 1:03}{'ABCDE'[place % 5]}"
        areas.append((f"E0{1000000 + number}", f'"{area}"' if "," in area else area, force))
    kinds = list(TYPES)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(HEADER) + "\n")
        for number in range(rows):
            code, area, force = areas[chance.randrange(AREAS)]
            kind = kinds[min(chance.randrange(20), len(kinds) - 1)]
            crime = "" if kind == "Anti-social behaviour" else hashlib.sha256(b"%d" % number).hexdigest()
            outcome = "Investigation complete; no suspect identified" if crime else ""
            where = f"{chance.uniform(-5, 1.5):.6f},{chance.uniform(50, 55.5):.6f}"
            file.write(
                f"{crime},2025-12,{force},{force},{where},On or near Street {number % 997},{code},{area},{kind},"
                f"{outcome},\n"
            )
    return path


def read_ours(file: Path) -> int:
    """How many counts the month becomes."""
    from oneplace.sources.police_street import PoliceStreet

    return len(tuple(PoliceStreet().parse(file)))


def read_bare(file: Path) -> int:
    """How many groups the month has by small area and type, which is what a bare count gives."""
    groups = (
        pl.scan_csv(file, infer_schema=False)
        .group_by("Month", "LSOA code", "LSOA name", "Crime type")
        .len()
        .collect(engine="streaming")
    )
    return groups.height
