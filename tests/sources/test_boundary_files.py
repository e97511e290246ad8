"""A file of boundaries: lines on the grid that two areas have in common, and files that are too much."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oneplace.records import ArcRecord, BoundaryRecord
from oneplace.sources import SourceError, ons_boundaries
from oneplace.sources.json_files import LARGEST
from oneplace.sources.national_grid import to_grid
from oneplace.sources.ons_boundaries import OnsBoundaries
from tests.sources.publications.ons_boundaries import FILE, MADE


def _written(folder: Path, text: str) -> Path:
    path = folder / FILE
    path.write_text(text, "utf-8")
    return path


def test_neighbours_refer_to_one_line_and_what_is_not_english_is_left_out(tmp_path: Path) -> None:
    records = list(OnsBoundaries().parse(_written(tmp_path, json.dumps(MADE))))
    lower = [e for e in records if isinstance(e, BoundaryRecord) and e.tier == "lower"]
    assert [(e.area.gss_code, e.area.name, e.first_year, e.last_year) for e in lower] == [
        ("E06000901", "Fen", 2023, None),
        ("E07000902", "Marsh", 2009, 2022),
    ]
    assert [e.polygons for e in lower] == [(((0, 1),),), (((2, ~0),), ((3,),))]
    assert [(e.address.sheet, e.address.row) for e in lower] == [("ltla", 1), ("ltla", 2)]
    lines = {e.number: e.points for e in records if isinstance(e, ArcRecord)}
    assert sorted(lines) == [0, 1, 2, 3]
    # The cut begins at 52° north and 1.9° west, and runs north for a tenth of a degree.
    for point, latitude in zip(lines[0], (52.0, 52.1), strict=True):
        assert point == pytest.approx(to_grid(latitude, -1.9), abs=0.51)


def test_ten_million_points_too_many_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / FILE
    with path.open("w") as file:
        file.write('{"type": "Topology", "arcs": [[')
        for _ in range(100):
            file.write("[10, 0], " * 100_000)
        file.write("[0, 0]]]}")
    with pytest.raises(SourceError, match=f"at most {LARGEST:,} bytes"):
        OnsBoundaries().parse(path)


def test_a_smaller_file_of_more_points_than_any_map_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ons_boundaries, "MOST_POINTS", 19)
    with pytest.raises(SourceError, match="at most 19 points"):
        OnsBoundaries().parse(_written(tmp_path, json.dumps(MADE)))


def test_lists_within_lists_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="JSON, whole"):
        OnsBoundaries().parse(_written(tmp_path, '{"arcs": ' + "[" * 200_000 + "]" * 200_000 + "}"))
