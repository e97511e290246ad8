"""Whether each source is documented and tested. `oneplace sources check` and the tests ask this."""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from oneplace.frameworks import FrameworkError, edition
from oneplace.records import InspectionRecord, RatingTotal
from oneplace.sources import Source, SourceError
from oneplace.sources.about import Undocumented, about


def faults_of(source: Source, checkout: Path | None) -> list[str]:
    """What is missing of a source, a sentence each; [] where it is documented and tested.

    `checkout` is the folder with the tests and documents; without one, only what the source says itself is checked.
    """
    found = [*_of_what_it_says(source), *_of_how_it_is_reached(source)]
    if checkout is not None:
        found += _of_its_documents(source, checkout)
        if source.reads == "tables":
            found += _of_its_small_publication(source, checkout)
        else:
            found += _of_its_small_reports(source, checkout)
    return found


def checkout() -> Path | None:
    """The folder of the checkout that runs, with its tests and documents; None where it is installed without."""
    import oneplace

    root = Path(oneplace.__file__).resolve().parents[2]
    return root if (root / "tests" / "sources" / "publications").is_dir() else None


def _of_what_it_says(source: Source) -> Iterator[str]:
    try:
        about(source)
    except Undocumented as fault:
        yield str(fault)
    for name in ("publisher", "title", "licence", "cadence", "media_type", "filename"):
        if not str(getattr(source, name, "")).strip():
            yield f"it does not say its {name.replace('_', ' ')}"
    if not source.accepts(Path(source.filename)):
        yield f"it does not accept a file called {source.filename}, which is what it says its file is called"


def _of_how_it_is_reached(source: Source) -> Iterator[str]:
    fetches = type(source).fetch is not Source.fetch
    if source.access in ("open", "key"):
        if not fetches:
            yield f"its access is “{source.access}”, but it has no way to fetch"
        if not source.url:
            yield "it does not say where it is published"
    elif fetches and source.access != "package":
        yield f"it can fetch, but its access is “{source.access}”"
    if source.access in ("manual", "key") and not source.how.strip():
        yield "it does not say what a person does to get an edition"
    if (source.access == "key") != bool(source.key_setting):
        yield "a source with a key, and no other, names the setting that holds it"


def _of_its_documents(source: Source, checkout: Path) -> Iterator[str]:
    page = checkout / "docs" / "reference" / "sources.md"
    if not page.is_file() or f"## {source.name}\n" not in page.read_text("utf-8"):
        yield "docs/reference/sources.md does not have it: run script/docs"


def _of_its_small_publication(source: Source, checkout: Path) -> Iterator[str]:
    """The edition that the tests make: it must be there, be read, and speak of frameworks that there are."""
    path = checkout / "tests" / "sources" / "publications" / f"{source.name}.py"
    if not path.is_file():
        yield f"it has no small publication: {path.relative_to(checkout)} is missing"
        return
    making = _of_the_tests("sources.making", checkout)
    publication = _of_the_tests(f"sources.publications.{source.name}", checkout).PUBLICATION
    with tempfile.TemporaryDirectory() as folder:
        for file, text in publication.raw.items():
            (Path(folder) / file).write_text(text, "utf-8")
        made = making.write(publication.tables, publication.main, Path(folder))
        try:
            records = list(source.parse(made))
        except SourceError as fault:
            yield f"its small publication cannot be read: {fault}"
            return
    if not publication.faults and not publication.raw:
        yield "its small publication has no impossible cell, so nothing shows that one is refused"
    for record in records:
        if isinstance(record, InspectionRecord | RatingTotal):
            day = record.published
            if isinstance(record, InspectionRecord):
                day = record.inspection_start or record.published
            try:
                edition(record.framework, day)
            except FrameworkError as fault:
                yield f"its framework {record.framework} is not one of ours: {fault}"
                return


def _of_its_small_reports(source: Source, checkout: Path) -> Iterator[str]:
    """The reports that the tests make: they must be there, and be read with a grade each."""
    from oneplace.reading import UnreadableReport, read_report

    path = checkout / "tests" / "pdfs" / f"{source.name}.py"
    if not path.is_file():
        yield f"it has no small reports: {path.relative_to(checkout)} is missing"
        return
    made = _of_the_tests(f"pdfs.{source.name}", checkout)
    with tempfile.TemporaryDirectory() as folder:
        read = 0
        for report in made.reports(Path(folder)):
            read += 1
            try:
                if not read_report(report).inspection.judgements:
                    yield f"its small report {report.name} is read without a grade"
            except UnreadableReport as fault:
                yield f"its small report {report.name} cannot be read: {fault}"
    if not read:
        yield "the tests make no small report of it"


def _of_the_tests(module: str, checkout: Path) -> Any:
    if str(checkout) not in sys.path:
        sys.path.insert(0, str(checkout))
    return importlib.import_module(f"tests.{module}")
