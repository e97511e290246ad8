"""Tables to download: CSV files whose cells a spreadsheet shows and never runs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

# What makes a spreadsheet take a cell for a formula, if the cell begins with it; the wide forms too.
_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A sign before a number, or alone as publishers print it for "nothing", is no formula.
_NO_FORMULA = re.compile(r"[-+](\d[\d,]*(\.\d+)?%?)?", re.ASCII)


def csv_file(filename: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV file in UTF-8 to be saved under a name, each of its cells inert."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows([inert(cell) for cell in row] for row in rows)
    return response


def inert(cell: object) -> object:
    """The cell, with an apostrophe before a text that a spreadsheet would take for a formula."""
    if not isinstance(cell, str) or not cell.startswith(_BEGINS) or _NO_FORMULA.fullmatch(cell):
        return cell
    return f"'{cell}"
