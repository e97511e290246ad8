"""Grades of fire and rescue services: HMICFRS's inspections since 2018.

Data source
    The inspectorate prints each grade on a page of its own site and publishes no table of them. Each row
    was typed from the page that it names: the inspectorate's, or one that repeats what it said.
Format
    A CSV file, one row a grade: service, round, question, grade, date of publication (mostly the month)
    where the page has one, address. The wordings of a question are in the framework's file of the round.
Cadence
    None: rows are added when someone types them. The inspectorate visits every service in each round.
What needs care
    The file is incomplete: a question without a row has a grade that nobody has typed. The third round
    has no grades for effectiveness, efficiency and people, and one grade more for the eleven areas.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from oneplace.records import InspectionRecord
from oneplace.sources.hmicfrs_rounds import COLUMNS, rounds
from oneplace.sources.typed_rows import TypedTable, by_hand

EDITIONS = {"2018/19": "FRS-2018", "2021/22": "FRS-2021", "2023-25": "FRS-2023"}


class HmicfrsFire(TypedTable):
    # The data source
    name = "hmicfrs_fire"
    publisher = "hmicfrs"
    title = "Grades of fire and rescue services, 2018 to 2025, typed from public pages"

    # Its format
    filename = "fire.csv"

    # How it is reached
    url = "https://hmicfrs.justiceinspectorates.gov.uk/fire-and-rescue-services/"
    how = by_hand(
        name, ("service", *COLUMNS), "the grades of a service, from its page on the inspectorate's site,"
    )

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """One inspection a service, round and date of publication."""
        return rounds(path, "service", "fire_service", EDITIONS, frozenset())
