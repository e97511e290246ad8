"""What holds for a source whose files are reports: it says what it is, and leaves reading them to the reading."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from oneplace.sources import Source, SourceError, sources

REPORTS = [source for source in sources().values() if source.reads == "reports"]


@pytest.fixture(params=REPORTS, ids=lambda source: source.name)
def source(request: pytest.FixtureRequest) -> Source:
    found: Source = request.param
    return found


def test_it_says_what_it_is(source: Source) -> None:
    assert type(source).__module__.endswith(source.name)
    assert source.publisher
    assert source.title
    assert source.cadence
    assert source.media_type == "application/pdf"
    described = importlib.import_module(type(source).__module__).__doc__ or ""
    for heading in ("Data source", "Format", "Cadence", "What needs care"):
        assert f"\n{heading}\n" in described


def test_it_accepts_reports_and_nothing_else(source: Source) -> None:
    assert source.accepts(Path("80498-alder", source.filename))
    assert not source.accepts(Path("ratings.ods"))
    assert not source.accepts(Path("missing.json"))


def test_a_report_handed_to_it_as_a_table_is_refused_with_the_way_to_read_it(
    source: Source, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match="oneplace read"):
        source.parse(tmp_path / source.filename)
