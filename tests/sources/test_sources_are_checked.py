"""`oneplace sources check` finds what a source lacks, and every source of ours has it all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from oneplace.commands.source_checks import checkout, faults_of
from oneplace.records import Record
from oneplace.sources import Source, SourceError, sources
from oneplace.sources.fetching import Client, Fetched, Held
from oneplace.sources.ofsted_la_outcomes import OfstedLaOutcomes
from tests.conftest import ROOT


@pytest.mark.parametrize("name", list(sources()))
def test_every_source_is_documented_and_tested(name: str) -> None:
    assert checkout() == ROOT
    assert faults_of(sources()[name], ROOT) == []


class Fetching(OfstedLaOutcomes):
    def fetch(self, client: Client, held: Held) -> Iterator[Fetched]:
        yield from ()


def refuses(self: Source, path: Path) -> Iterator[Record]:
    raise SourceError(path, "something else")


def changed(**attributes: Any) -> Source:
    source: Source = type("Changed", (Fetching,), attributes)()
    return source


@pytest.mark.parametrize(
    ("attributes", "fault"),
    [
        ({"licence": " "}, "does not say its licence"),
        ({"cadence": ""}, "does not say its cadence"),
        ({"url": None}, "does not say where it is published"),
        ({"access": "manual", "how": ""}, "does not say what a person does"),
        ({"access": "key", "how": "Ask."}, "names the setting that holds it"),
        ({"access": "manual"}, "it can fetch, but its access is “manual”"),
        ({"fetch": Source.fetch}, "has no way to fetch"),
        ({"accepts": lambda self, path: False}, "does not accept a file called"),
        ({"name": "ofsted_la_unknown"}, "has no small publication"),
        ({"name": "ofsted_la_unknown"}, "docs/reference/sources.md does not have it"),
        ({"records": refuses}, "small publication cannot be read"),
    ],
)
def test_what_a_source_lacks_is_said(attributes: dict[str, Any], fault: str) -> None:
    source = changed(__module__=OfstedLaOutcomes.__module__, **attributes)
    assert any(fault in said for said in faults_of(source, ROOT)), faults_of(source, ROOT)


def test_a_source_of_reports_is_checked_by_reports_that_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    reports = sources()["ofsted_reports"]
    monkeypatch.setattr(type(reports), "name", "ofsted_other_reports")
    assert any("has no small reports" in said for said in faults_of(reports, ROOT))
    monkeypatch.undo()

    def torn(folder: Path) -> Iterator[Path]:
        path = folder / "1.pdf"
        path.write_bytes(b"%PDF-1.7 and no more")
        yield path

    monkeypatch.setattr("tests.pdfs.ofsted_reports.reports", torn)
    assert any("small report 1.pdf cannot be read" in said for said in faults_of(reports, ROOT))


def test_where_the_tests_are_not_installed_only_its_own_words_are_checked(tmp_path: Path) -> None:
    assert faults_of(changed(__module__=OfstedLaOutcomes.__module__), None) == []
