"""Which police force serves which council.

Data source
    The areas of the police forces of England and Wales, from the boundaries of the Office for National Statistics of
    2024, as a table that a third party made of them for the English councils.
Format
    A CSV file, `la_to_police_force.csv`: one row a lower-tier council, with its code and the name of its force.
Cadence
    When a force's area changes, which is seldom, or councils do.
What needs care
    Forces have no code here, and are called by their area alone. A county has no row, its districts have: a force that
    serves all of them serves it. Welsh forces serve no English council and are absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from oneplace.records import AreaRef, BodyRecord
from oneplace.sources.source import Source
from oneplace.sources.tables import by_key, csv_rows, unique

COLUMNS = ("lad24cd", "la_name", "pfa_name", "population_weight")

# What forces are called, where it is not their area and "Police"; and how else publications name them.
NAMES = {
    "City of London": ("City of London Police", ()),
    "Metropolitan Police": ("Metropolitan Police Service", ("Met", "Met Police", "Metropolitan")),
    "Hampshire": ("Hampshire and Isle of Wight Constabulary", ("Hampshire", "Hampshire Constabulary")),
    "Devon & Cornwall": ("Devon and Cornwall Police", ()),
}


class OnsPoliceForceAreas(Source):
    # The data source
    name = "ons_police_force_areas"
    publisher = "ons"
    title = "Police forces and the councils they serve"
    cadence = "when a force's or a council's area changes"
    compiled_by = "a third party, from the ONS's boundaries"

    # Its format
    media_type = "text/csv"
    filename = "la_to_police_force.csv"

    # How it is reached
    access = "manual"
    how = "Save a table of English councils' codes and their police force areas as la_to_police_force.csv."
    months = None

    def records(self, path: Path) -> Iterator[BodyRecord]:
        rows = csv_rows(path, COLUMNS)
        unique(rows, ("lad24cd",), "each council once")
        for row in rows:
            row.like("lad24cd", r"E0[6-9]\d{6}", "the code of an English council, like E09000014,")
            if row.decimal("population_weight") != 1:
                raise row.fault("population_weight", "1, as each council has one force,")
        for force, members in by_key(rows, lambda row: row.text("pfa_name")).items():
            name, others = NAMES.get(force, (f"{force} Police", ()))
            yield BodyRecord(
                body_id=_body_id(name),
                name=name,
                kind="police_force",
                names=(force, *others),
                serves=tuple(
                    AreaRef(name=row.text("la_name"), gss_code=row.text("lad24cd")) for row in members
                ),
                address=members[0].address,
            )


def _body_id(name: str) -> str:
    """ "Avon and Somerset Police" → avon-and-somerset-police; every force's ends so."""
    area = re.sub(r" (Police Service|Police|Constabulary)$", "", name)
    return "-".join(re.findall(r"[a-z]+", area.casefold())) + "-police"
