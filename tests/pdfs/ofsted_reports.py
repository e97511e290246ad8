"""Small reports as the reports site has them: what `oneplace sources check` reads of this source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.pdfs.ilacs import Ilacs


def reports(folder: Path) -> Iterator[Path]:
    """A report of each layout since 2018, saved into a folder as it lies on the reports site."""
    for number, layout in enumerate(("2018", "2021", "2023", "2026"), 50_000_001):
        path = folder / f"{number}.pdf"
        Ilacs(layout=layout).sheets().save(path)
        yield path
