"""Packs with a fault: every one is named before anything is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from oneplace.evidence import models
from oneplace.evidence.errors import PackError
from oneplace.evidence.pack import export_pack, load_pack
from tests.unit.evidence.packs import another_store, describe, fill, rewrite

pytestmark = pytest.mark.django_db


def without_file(folder: Path) -> None:
    (folder / "judgements.parquet").unlink()


def cut_short(folder: Path) -> None:
    path = folder / "judgements.parquet"
    path.write_bytes(path.read_bytes()[:-100])


def cut_short_and_described(folder: Path) -> None:
    cut_short(folder)
    describe(folder)


def changed_byte(folder: Path) -> None:
    path = folder / "judgements.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def without_column(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.drop("grade"))


def other_type(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.with_columns(pl.col("page").cast(pl.String)))


def empty_value(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.with_columns(pl.lit(None, pl.String).alias("grade")))


def doubled(folder: Path) -> None:
    rewrite(folder, lambda frame: pl.concat([frame, frame]))


def orphaned(folder: Path) -> None:
    first = pl.when(pl.int_range(pl.len()) == 0)
    rewrite(
        folder,
        lambda frame: frame.with_columns(
            first.then(pl.lit("nobody/0")).otherwise("release").alias("release")
        ),
    )


def unknown_framework(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.with_columns(pl.lit("Ordeal").alias("framework")), "statements")


def odd_details(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.with_columns(pl.lit('{"a": 1}').alias("details")), "bodies")


def odd_words(folder: Path) -> None:
    rewrite(
        folder, lambda frame: frame.with_columns(pl.lit('{"rolls": {"parent": 1}}').alias("words")), "bodies"
    )


def odd_line(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.with_columns(pl.lit("1 2 3").alias("points")), "map_lines")


def missing_line(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.head(2), "map_lines")


def undefined_measure(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.head(0), "measures")


def newer(folder: Path) -> None:
    path = folder / "datapackage.json"
    description = json.loads(path.read_text())
    description["oneplace"]["format"] = 99
    path.write_text(json.dumps(description))


def no_json(folder: Path) -> None:
    (folder / "datapackage.json").write_text("<html>")


def no_description(folder: Path) -> None:
    (folder / "datapackage.json").unlink()


@pytest.mark.parametrize(
    ("damage", "file", "column", "says"),
    [
        (without_file, "judgements.parquet", None, "is missing"),
        (cut_short, "judgements.parquet", None, "cut short"),
        (cut_short_and_described, "judgements.parquet", None, "not a Parquet file"),
        (changed_byte, "judgements.parquet", None, "SHA-256"),
        (without_column, "judgements.parquet", "grade", "is missing"),
        (other_type, "judgements.parquet", "page", "Int64 was expected"),
        (empty_value, "judgements.parquet", "grade", "empty in row 1"),
        (doubled, "judgements.parquet", "release, statement, position", "same key"),
        (orphaned, "judgements.parquet", "release, statement", "not in statements.parquet"),
        (unknown_framework, "statements.parquet", "framework", "Ordeal"),
        (odd_details, "bodies.parquet", "details", "row 1"),
        (odd_words, "bodies.parquet", "words", "row 1"),
        (odd_line, "map_lines.parquet", "points", "row 1"),
        (missing_line, "boundaries.parquet", "polygons", "row 1"),
        (undefined_measure, "values.parquet", "release, measure", "not in measures.parquet"),
        (newer, "datapackage.json", None, "update Oneplace"),
        (no_json, "datapackage.json", None, "not a data package"),
        (no_description, "datapackage.json", None, "not an evidence pack"),
    ],
)
def test_a_faulty_pack_is_refused_by_file_and_column_and_changes_nothing(
    tmp_path: Path, damage: Any, file: str, column: str | None, says: str
) -> None:
    fill()
    export_pack(tmp_path)
    damage(tmp_path)
    with another_store():
        with pytest.raises(PackError) as fault:
            load_pack(tmp_path)
        assert Path(fault.value.file).name == file
        assert fault.value.column == column
        assert says in str(fault.value)
        assert not models.Release.objects.exists()
        assert not models.Statement.objects.exists()
