"""Grades of the police: HMICFRS's assessments of effectiveness, efficiency and legitimacy (PEEL).

Data source
    The inspectorate prints each grade on a page of its own site and publishes no table of them. Each row
    was typed from the page that it names: the inspectorate's, or one that repeats what it said.
Format
    A CSV file, one row a grade: force, round, question as that page words it, grade, date of publication
    where the page has one, address. The wordings of a question are in the framework's file of the round.
Cadence
    None: rows are added when someone types them. The inspectorate visits every force in each round.
What needs care
    The file is incomplete: a question without a row has a grade that nobody has typed. Rounds have other
    questions and other grades, so they are never compared. Several pages may tell of one grade; the first
    row is kept. The four Welsh forces are left out. No fieldwork is dated, and few publications are.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from oneplace.records import InspectionRecord
from oneplace.sources.hmicfrs_rounds import COLUMNS, rounds
from oneplace.sources.typed_rows import TypedTable, by_hand

EDITIONS = {
    "2015": "PEEL-2015",
    "2016": "PEEL-2016",
    "2017": "PEEL-2017",
    "2018/19": "PEEL-2018",
    "2021/22": "PEEL-2021",
    "2023-25": "PEEL-2023",
}
WELSH = frozenset({"Dyfed-Powys", "Gwent", "North Wales", "South Wales"})


class HmicfrsPeel(TypedTable):
    # The data source
    name = "hmicfrs_peel"
    publisher = "hmicfrs"
    title = "PEEL: grades of police forces, 2015 to 2025, typed from public pages"

    # Its format
    filename = "peel.csv"

    # How it is reached
    url = "https://hmicfrs.justiceinspectorates.gov.uk/peel-assessments/"
    how = by_hand(
        name, ("force", *COLUMNS), "the grades of a force, from its page on the inspectorate's site,"
    )

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """One inspection a force, round and date of publication."""
        return rounds(path, "force", "police_force", EDITIONS, WELSH)
