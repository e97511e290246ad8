"""Each authority's ten statistical neighbours: those most like it in what bears on children's lives.

Data source
    The Department for Education's children's services statistical neighbour benchmarking tool, 2025.
Format
    One CSV file, a row an authority: its three-figure number, and ten times a neighbour's number (`SN_1`) with
    how close it is in words (`SN_1P`).
Cadence
    When the model is made anew: 2021, 2025.
What needs care
    The number is the Department's old code, not the ONS's. "Close " has a space after it. An authority may be another's
    neighbour without having it for its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from oneplace.records import AreaRef, SimilarRecord
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique

NEIGHBOURS = range(1, 11)
COLUMNS = ("old_la_code", "la_name", *(f"SN_{n}{end}" for n in NEIGHBOURS for end in ("", "P")))
CLOSENESS = ("Extremely close", "Very close", "Close", "Somewhat close", "Not close")


class DfeSimilar(Source):
    # The data source
    name = "dfe_similar"
    publisher = "dfe"
    title = "Statistical neighbours of children's services"
    cadence = "when the model is made anew, every few years"

    # Its format
    media_type = "text/csv"
    filename = "statistical_neighbours_2025.csv"

    # How it is reached
    url = "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait"
    access = "manual"
    how = "Save the tool's sheet of neighbours' numbers and closeness as statistical_neighbours_2025.csv."
    months = None

    def records(self, path: Path) -> Iterator[SimilarRecord]:
        rows = csv_rows(path, COLUMNS)
        unique(rows, ("old_la_code",), "each authority once")
        listed = {_number(row, "old_la_code"): row.text("la_name") for row in rows}
        for row in rows:
            yield from _neighbours(row, listed)


def _neighbours(row: Row, listed: dict[str, str]) -> Iterator[SimilarRecord]:
    own = row.cells["old_la_code"]
    seen = {own}
    for rank in NEIGHBOURS:
        other = _number(row, f"SN_{rank}")
        if other not in listed:
            raise row.fault(f"SN_{rank}", "the number of an authority in this file")
        if other in seen:
            raise row.fault(f"SN_{rank}", "ten different authorities, none of them itself,")
        seen.add(other)
        yield SimilarRecord(
            measure="dfe-statistical-neighbours",
            area=AreaRef(name=listed[own], dfe_code=own),
            other=AreaRef(name=listed[other], dfe_code=other),
            rank=rank,
            closeness=row.one_of(f"SN_{rank}P", CLOSENESS),
            address=row.address,
        )


def _number(row: Row, column: str) -> str:
    return row.like(column, r"\d{3}", "an authority's three figures, like 309,")
