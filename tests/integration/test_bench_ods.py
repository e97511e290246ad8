"""The made ratings are what the real ones are: calamine and we read the same rows, and they load whole."""

from __future__ import annotations

from pathlib import Path

from oneplace.commands.load_benchmarks import Setting, ods
from oneplace.records import InspectionRecord
from oneplace.sources import sources

ROWS = 900


def test_the_made_ratings_are_read_alike_and_are_of_real_layout(tmp_path: Path) -> None:
    file, unpacked = ods.make_ratings(tmp_path / "01_October_2025_Latest_ratings.ods", ROWS)
    assert ods.read_bare(file) == ROWS + 1
    records = list(sources()["cqc_ratings"].parse(file))
    assert sum(len(each.judgements) for each in records if isinstance(each, InspectionRecord)) == ROWS + 6
    # A gigabyte for 324,000 rows.
    assert 3_000 < unpacked / ROWS < 5_000


def test_the_measurement_says_what_was_loaded_and_what_it_took(tmp_path: Path) -> None:
    result = ods.measure(Setting(tmp_path, rounds=1, rows=60))
    assert (result.rows, len(result.ours), len(result.reference)) == (60, 1, 1)
    assert result.ours[0].seconds > 0
    assert result.ours[0].memory > 0
    assert "66 ratings" in result.ours[0].said
    assert any("reading alone" in note for note in result.notes)
