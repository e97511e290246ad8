"""Outcomes of prison inspections: HM Inspectorate of Prisons' four tests of a healthy prison.

Data source
    The inspectorate prints the outcomes in each report and publishes no table of them. Each row was typed
    from the page that it names: the inspectorate's, or one that repeats what it said, sometimes years later.
Format
    A CSV file, one row a test: prison, the date of the inspection as far as the page tells it ("2018-08",
    "2016", "2016-2017", nothing), test, outcome, address.
Cadence
    None: rows are added when someone types them. Most prisons are inspected every two to three years.
What needs care
    The file is incomplete, and many prisons have nothing after 2020: the date belongs beside every outcome.
    A month or a year is kept as such, and no day is made up. A site that was inspected by itself is a body of
    its own. The fourth test is named as since 2017; before, it was "resettlement".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from oneplace.frameworks import Framework, edition
from oneplace.records import BodyRef, InspectionRecord, JudgementRecord, Problem
from oneplace.sources.tables import Row, csv_rows, unique
from oneplace.sources.typed_rows import TypedTable, asked, by_hand, period

COLUMNS = ("prison", "inspection_date_or_year", "test", "outcome", "url")
DATE = "inspection_date_or_year"
UNDATED = "undated (recent)"


class HmiPrisons(TypedTable):
    # The data source
    name = "hmi_prisons"
    publisher = "hmi-prisons"
    title = "Healthy prison tests, 2008 to 2024, typed from public pages"

    # Its format
    filename = "prisons.csv"

    # How it is reached
    url = "https://hmiprisons.justiceinspectorates.gov.uk/hmipris_reports/"
    how = by_hand(name, COLUMNS, "the four outcomes of a prison, from its report on the inspectorate's site,")

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """One inspection a prison and date, in the order of the file."""
        rows = csv_rows(path, COLUMNS)
        unique(rows, COLUMNS[:3], "a test of an inspection once")
        tests = edition("healthy-prison", None)
        inspections: dict[tuple[str, str], list[tuple[Row, JudgementRecord]]] = defaultdict(list)
        for row in rows:
            row.text("url")
            told = row.judgement("outcome", tests, asked(row, "test", tests).key)
            inspections[row.text("prison"), row.cells[DATE]].append((row, told))
        for (prison, _), told_rows in inspections.items():
            yield _inspection(prison, tests, told_rows)


def _inspection(prison: str, tests: Framework, rows: list[tuple[Row, JudgementRecord]]) -> InspectionRecord:
    first = rows[0][0]
    undated = first.cells[DATE] in ("", UNDATED)
    when = None if undated else period(first, DATE)
    problems = (
        Problem(
            kind="field_missing",
            message="The page gives no date for the inspection, so nobody can tell how old these outcomes are",
            field="inspection_start",
            address=first.address,
        ),
    )
    return InspectionRecord(
        publisher="hmi-prisons",
        framework=tests.family,
        body=BodyRef(name=prison, kind="prison"),
        title=tests.name,
        inspection_start=when.first if when else None,
        inspection_end=when.last if when else None,
        date_precision=when.precision if when else "day",
        report_url=first.text("url"),
        reference=first.cells[DATE],
        judgements=tuple(told for _, told in rows),
        problems=problems if undated else (),
        address=first.address,
    )
