"""Which sources there are: ours, and those that other packages offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from oneplace.records import Record
from oneplace.sources import DuplicateSource, Source, registry, sources
from oneplace.sources.ofsted_la_outcomes import OfstedLaOutcomes


class Elsewhere(Source):
    """A source as another package would write it."""

    name = "elsewhere_table"
    publisher = "elsewhere"
    title = "A table from elsewhere"
    cadence = "yearly"
    media_type = "text/csv"
    filename = "table.csv"

    def records(self, path: Path) -> Iterable[Record]:
        return ()


class _EntryPoint:
    def __init__(self, cls: type[Source]) -> None:
        self.cls = cls

    def load(self) -> type[Source]:
        return self.cls


@pytest.fixture
def offer(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[_EntryPoint]]:
    """Entry points of the group, to be filled in before `sources` is called."""
    offered: list[_EntryPoint] = []

    def entry_points(*, group: str) -> list[_EntryPoint]:
        assert group == "oneplace.sources"
        return offered

    monkeypatch.setattr(registry, "entry_points", entry_points)
    sources.cache_clear()
    yield offered
    sources.cache_clear()


def test_a_source_is_found_by_being_a_module_of_the_package_or_a_file_in_plain() -> None:
    package = Path(registry.__file__).parent
    plain = {path.stem for path in (package / "plain").glob("*.toml")}
    modules = {
        path.stem for path in package.glob("*_*.py") if f'    name = "{path.stem}"' in path.read_text("utf-8")
    }
    assert set(sources()) == plain | modules
    assert plain


def test_another_package_adds_a_source_with_an_entry_point(offer: list[_EntryPoint]) -> None:
    offer.append(_EntryPoint(Elsewhere))
    assert sources()["elsewhere_table"].title == "A table from elsewhere"


def test_two_sources_of_one_name_are_refused(offer: list[_EntryPoint]) -> None:
    offer.append(_EntryPoint(type("Twin", (Elsewhere,), {"name": OfstedLaOutcomes.name})))
    with pytest.raises(DuplicateSource, match="ofsted_la_outcomes"):
        sources()
