"""A small edition of what `cqc_local_authorities` reads."""

from __future__ import annotations

from tests.sources.making import Publication, RawFault

FILE = "la_assessments_league_tables_2025-10.html"
_HEADINGS = ("Assess", "Support", "Equity", "Care", "Partner", "Safe", "Safeguard", "Govern", "Learn")


def row(rank: int, name: str, rating: str, scores: str, mean: str, month: str) -> str:
    """A council's row; `scores` are nine digits."""
    cells = "".join(f'<td class="rating-cell good">{score}</td>' for score in scores)
    return (
        f'<tr data-name="{name}"><td>{rank}</td><td><a href="https://example.org/{rank}">{name}</a></td>'
        f'<td>A kind</td><td class="rating-cell">{rating}</td>{cells}<td>{mean}</td><td>{month}</td></tr>'
    )


def page(*rows: str) -> str:
    headings = "".join(
        f'<th class="qs-header">QS{number}<br>{word}</th>' for number, word in enumerate(_HEADINGS, 1)
    )
    return (
        "<!DOCTYPE html><html><head><title>Tables</title></head><body><h1>Tables</h1>"
        '<table id="masterTable"><thead><tr><th>Rank</th><th>Authority Name</th><th>Type</th><th>Overall</th>'
        f"{headings}<th>Avg Score</th><th>Date</th></tr></thead><tbody>{''.join(rows)}</tbody></table>"
        "<table><tr><th>Authority Name</th></tr><tr><td>Haringey</td></tr></table></body></html>"
    )


ROWS = (
    row(1, "Haringey", "Good", "333323333", "2.89", "February 2025"),
    row(2, "Barnsley", "Inadequate", "111222111", "1.33", "August 2024"),
    row(3, "Bedford", "Not Rated", "233343233", "2.89", "August 2024"),
)

PUBLICATION = Publication(
    main=FILE,
    tables={},
    raw={FILE: page(*ROWS)},
    records=3,
    faults=(),
    raw_faults=(
        RawFault(FILE, "February 2025", "January 1900", 2, "Date", "a month from", kind="date"),
        RawFault(FILE, '">Good<', '">Splendid<', 2, "Overall", "one of “Outstanding”, “Good”", kind="grade"),
        RawFault(FILE, ">2.89<", ">high<", 2, "Avg Score", "a number", kind="number"),
        RawFault(
            FILE,
            ">Barnsley<",
            ">Haringey<",
            3,
            "Authority Name",
            "a council once (row 2 has it too)",
            kind="duplicate",
        ),
        RawFault(
            FILE, "Authority Name", "Council", 1, "Authority Name", "a column “Authority Name”", kind="column"
        ),
    ),
    without={"code": "councils are told by name, no column has codes"},
)
