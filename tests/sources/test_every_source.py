"""What holds for every source: it says what it is, reads its publication, and refuses anything else.

A source that has no small publication in `publications.py` fails here.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from oneplace.frameworks import edition, grade_label
from oneplace.records import AreaRecord, InspectionRecord, MeasureRecord, RatingTotal, ValueRecord
from oneplace.sources import Source, SourceError, sources
from oneplace.sources.about import about
from tests.sources.making import Fault, Publication, Where, write
from tests.sources.publications import PUBLICATIONS

# Sources whose files are reports are read elsewhere: tests/sources/test_sources_of_reports.py.
TABLES = {name for name, source in sources().items() if source.reads == "tables"}
# One without a small publication is told by the first test, and stops no other.
NAMES = sorted(TABLES & set(PUBLICATIONS))


@dataclass(frozen=True)
class Edition:
    """A source, its small publication, and that written out in a folder."""

    source: Source
    publication: Publication
    path: Path


def _edition(name: str, folder: Path) -> Edition:
    publication = PUBLICATIONS[name]
    for file, text in publication.raw.items():
        (folder / file).write_text(text, "utf-8")
    return Edition(sources()[name], publication, write(publication.tables, publication.main, folder))


@pytest.fixture(params=NAMES)
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Edition:
    return _edition(request.param, tmp_path)


def _refusal(source: Source, path: Path) -> SourceError:
    """The error, from a parse that has not yielded a thing."""
    with pytest.raises(SourceError) as refused:
        source.parse(path)
    return refused.value


def test_every_source_has_a_small_publication_and_no_publication_is_left_over() -> None:
    assert set(PUBLICATIONS) == TABLES


def test_a_source_says_what_it_is(small: Edition) -> None:
    source = small.source
    assert re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", source.name)
    assert type(source).__module__.endswith(source.name)
    assert source.publisher
    assert source.title
    assert source.licence
    assert source.cadence
    assert source.filename == small.publication.main
    assert all(about(source).values())


def test_a_release_says_which_file_it_is(small: Edition) -> None:
    release = small.source.release(small.path)
    assert release.source == small.source.name
    assert re.fullmatch(r"[0-9a-f]{64}", release.sha256)
    assert release.retrieved_at.tzinfo is dt.UTC
    assert release == small.source.release(small.path)


def test_another_edition_is_another_release(small: Edition, tmp_path: Path) -> None:
    before = small.source.release(small.path).sha256
    for name in (small.publication.main, *small.source.companions):
        file = tmp_path / name
        was = file.read_bytes()
        file.write_bytes(was + b"\n")
        assert small.source.release(small.path).sha256 != before
        file.write_bytes(was)


def test_the_same_file_read_another_way_is_another_release(
    small: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = small.source.release(small.path)
    monkeypatch.setattr(type(small.source), "version", "another")
    after = small.source.release(small.path)
    assert (after.sha256, after.reader == before.reader) == (before.sha256, False)


def test_everything_in_the_file_becomes_records(small: Edition) -> None:
    records = list(small.source.parse(small.path))
    assert len(records) == small.publication.records
    for record in records:
        if isinstance(record, AreaRecord | InspectionRecord) and not small.source.companions:
            assert record.address.row is not None


def test_every_value_is_of_a_measure_that_the_publication_has_and_is_there_once(small: Edition) -> None:
    for _, records in small.source.releases(small.path):
        measures = [record.key for record in records if isinstance(record, MeasureRecord)]
        assert len(set(measures)) == len(measures)
        values = [record for record in records if isinstance(record, ValueRecord)]
        assert {value.measure for value in values} <= set(measures)
        assert len({value[:4] for value in values}) == len(values)
        for value in values:
            assert (value.value is None) <= bool(value.marker)


def test_where_a_table_says_whose_a_figure_is_is_one_of_its_headings(small: Edition) -> None:
    headings = {heading for _, _, heading in small.publication.headers()}
    sheets = {
        record.sheet
        for _, records in small.source.releases(small.path)
        for record in records
        if isinstance(record, ValueRecord)
    }
    for sheet in sheets:
        assert small.source.area_columns(sheet)
        assert set(small.source.area_columns(sheet)) <= headings


def test_which_way_is_good_is_said_with_who_says_so(small: Edition) -> None:
    for record in small.source.parse(small.path):
        if isinstance(record, MeasureRecord):
            assert (record.polarity == "none") != bool(record.polarity_source)
            assert record.title
            assert record.definition
            assert record.unit


def test_releases_carry_the_same_records_and_no_slot_twice(small: Edition) -> None:
    releases = list(small.source.releases(small.path))
    assert [r for _, records in releases for r in records] == list(small.source.parse(small.path))
    assert len({(release.source, release.slot) for release, _ in releases}) == len(releases)


def test_nothing_personal_comes_through(small: Edition) -> None:
    """Each planted name stands in the publication, and in nothing that is read of it."""
    assert bool(small.source.personal) == bool(small.publication.personal)
    cells = [cell for rows in small.publication.tables.values() for row in rows for cell in row] + [
        *small.publication.raw.values()
    ]
    said = "\n".join(
        repr(each) for release in small.source.releases(small.path) for each in (release[0], *release[1])
    )
    for name in small.publication.personal:
        assert any(name in cell for cell in cells)
        assert name not in said


def test_a_source_that_a_person_must_fetch_says_how(small: Edition) -> None:
    source = small.source
    assert (source.access in ("manual", "key")) <= bool(source.how)
    assert (source.access == "key") == bool(source.key_setting)
    assert source.accepts(Path(source.filename))


def test_every_grade_is_one_of_its_frameworks(small: Edition) -> None:
    for record in small.source.parse(small.path):
        if isinstance(record, RatingTotal):
            assert grade_label(edition(record.framework, record.published), record.grade)
        if isinstance(record, InspectionRecord):
            framework = edition(record.framework, record.inspection_start or record.published)
            for judgement in record.judgements:
                assert framework.grade(judgement.grade)


@pytest.mark.parametrize(
    ("name", "fault"),
    [(name, fault) for name in NAMES for fault in PUBLICATIONS[name].faults],
    ids=lambda value: f"{value.column} {value.value or 'blank'}" if isinstance(value, Fault) else str(value),
)
def test_an_impossible_cell_is_named_by_file_row_and_column(name: str, fault: Fault, tmp_path: Path) -> None:
    publication = PUBLICATIONS[name]
    column = publication.column(fault.where, fault.column)
    tables = publication.changed(fault.where, fault.row, column, fault.value)
    error = _refusal(sources()[name], write(tables, publication.main, tmp_path))
    assert error.file.name == fault.where[0]
    assert error.sheet == (fault.where[1] or None)
    assert error.row == fault.row
    assert error.column == fault.column
    assert fault.expected in str(error)
    assert str(error).endswith("Nothing was loaded.")


@pytest.mark.parametrize(
    ("name", "where", "column", "heading"),
    [(name, *header) for name in NAMES for header in PUBLICATIONS[name].headers()],
)
def test_a_renamed_column_is_named(
    name: str, where: Where, column: int, heading: str, tmp_path: Path
) -> None:
    publication = PUBLICATIONS[name]
    tables = publication.changed(where, publication.header_row, column, "Something else")
    error = _refusal(sources()[name], write(tables, publication.main, tmp_path))
    assert (error.file.name, error.column) == (where[0], heading)
    assert f"a column “{heading}” was expected" in str(error)


@pytest.mark.parametrize("name", NAMES)
def test_a_header_that_moved_down_a_row_is_refused(name: str, tmp_path: Path) -> None:
    publication = PUBLICATIONS[name]
    for where in publication.tables:
        if where in publication.untitled:
            continue
        tables = {key: list(table) for key, table in publication.tables.items()}
        width = len(tables[where][0])
        tables[where].insert(0, ["A new line of title"] + [""] * (width - 1))
        error = _refusal(sources()[name], write(tables, publication.main, tmp_path))
        assert error.file.name == where[0]
        assert "a column" in str(error)


@pytest.mark.parametrize(
    "content",
    [
        b"<!DOCTYPE html><html><body>Not found</body></html>\n",
        b"",
        b"  \n",
        b"\x89PNG\r\n\xff\xfe\x00 noise\n",
    ],
    ids=["a web page", "an empty file", "white space", "an image"],
)
def test_a_file_that_is_no_table_is_refused(small: Edition, content: bytes, tmp_path: Path) -> None:
    for name in (small.publication.main, *small.source.companions):
        was = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(content)
        assert _refusal(small.source, small.path).file.name == name
        (tmp_path / name).write_bytes(was)


def test_a_file_cut_off_anywhere_is_refused_or_loses_whole_rows_only(small: Edition, tmp_path: Path) -> None:
    """A CSV file cut off at the end of a line cannot be told from a shorter one."""
    for name in (small.publication.main, *small.source.companions):
        was = (tmp_path / name).read_bytes()
        for length in range(1, len(was), max(1, len(was) // 97)):
            if was[length - 1 : length] == b"\n" and not name.endswith(".ods"):
                continue
            if not small.publication.ended and not was[length:].strip():
                continue
            (tmp_path / name).write_bytes(was[:length])
            assert _refusal(small.source, small.path).file.name == name
        (tmp_path / name).write_bytes(was)


def test_a_missing_file_is_named(small: Edition, tmp_path: Path) -> None:
    for name in (small.publication.main, *small.source.companions):
        was = (tmp_path / name).read_bytes()
        (tmp_path / name).unlink()
        assert _refusal(small.source, small.path).file.name == name
        with pytest.raises(SourceError):
            small.source.release(small.path)
        (tmp_path / name).write_bytes(was)
