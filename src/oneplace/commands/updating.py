"""One update: each source in turn is asked for what is new, and what is here and not in the record is loaded.

Whatever goes wrong with a source is told beside its name, and the next one has its turn.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from oneplace.commands.fetched_files import Known, SourceFiles, release_of
from oneplace.commands.listing import Entry, show
from oneplace.commands.looking import Looking, Watched
from oneplace.commands.older_editions import told_of_older
from oneplace.commands.unplaced import told_of_unplaced
from oneplace.sources import Source, SourceError
from oneplace.sources.fetching import NotFetched
from oneplace.sources.polite.client import Limits, PoliteClient
from oneplace.sources.polite.saved import receipt_of

State = Literal["new", "unchanged", "failed", "needs a person"]
STYLES: dict[State, str] = {
    "new": "bold green",
    "unchanged": "dim",
    "failed": "bold red",
    "needs a person": "bold yellow",
}
# How many of a source's faults are told in full.
TOLD = 5

Say = Callable[[str], None]


@dataclass(slots=True)
class Outcome:
    """What became of one source. `url` is the last address that was asked."""

    source: Source
    fetched: int = 0
    loaded: int = 0  # files
    rows: int = 0
    known: int = 0
    faults: list[str] = field(default_factory=list)
    for_a_person: list[str] = field(default_factory=list)
    would_ask: list[str] = field(default_factory=list)
    elsewhere: list[Path] = field(default_factory=list)  # files that come with a package
    refused: int = 0
    url: str = ""
    began: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))

    @property
    def failed(self) -> bool:
        return bool(self.faults)

    @property
    def state(self) -> State:
        if self.faults:
            return "failed"
        if self.loaded:
            return "new"
        return "needs a person" if self.for_a_person else "unchanged"

    @property
    def message(self) -> str:
        """What is told beside the state."""
        said = []
        if self.loaded:
            things = "reports" if self.source.reads == "reports" else "files"
            number = f"1 {things[:-1]}" if self.loaded == 1 else f"{self.loaded:,} {things}"
            said.append(f"{number} loaded" + (f", {self.rows:,} rows" if self.rows else ""))
        return "\n".join([*said, *_first(self.faults), *_first(self.for_a_person)]) or "nothing new"


def _first(told: Sequence[str]) -> list[str]:
    """The first few, and how many more there are."""
    more = len(told) - TOLD
    return [*told[:TOLD], *([f"and {more} more like these"] if more > 0 else [])]


@dataclass(slots=True)
class Run:
    """One run over sources. `home` is the folder of everything that is kept."""

    home: Path
    only_named: bool = False
    dry_run: bool = False
    no_fetch: bool = False

    def update(self, chosen: Sequence[Source]) -> list[Outcome]:
        """What became of each source that there is something to say of; at the end those that need a person."""
        known = _known_releases()
        aged = {} if self.only_named or self.dry_run else _stale_by_hand(chosen)
        outcomes: list[Outcome] = []
        with polite_client() as client, _line_a_source() as line:
            for source in chosen:
                folder = self.home / "fetched" / source.name
                files = SourceFiles(source, folder, known.get(source.name, ()))
                outcome = Outcome(source)
                with line(source.name) as say:
                    self._update_one(outcome, files, client, say)
                if source.name in aged and outcome.state == "unchanged":
                    outcome.for_a_person.append(aged[source.name])
                if self._is_worth_telling(outcome, files):
                    outcomes.append(outcome)
        return sorted(outcomes, key=lambda each: each.state == "needs a person")

    def _update_one(self, outcome: Outcome, files: SourceFiles, client: PoliteClient, say: Say) -> None:
        source = outcome.source
        if not self.dry_run:
            files.make_ready()
        if not self.no_fetch and _may_fetch(source, outcome):
            self._fetch(outcome, files, client, say)
        if self.dry_run:
            return
        refused_before = files.refused()
        with _told(outcome, "reading"):
            if source.reads == "reports":
                _load_reports(outcome, files, say)
            else:
                _load_tables(outcome, files, say)
        outcome.for_a_person += [
            f"{path.name} was refused and is in {path.parent}: {why}" for path, why in refused_before
        ]
        _record(outcome)

    def _fetch(self, outcome: Outcome, files: SourceFiles, client: PoliteClient, say: Say) -> None:
        watched = Watched(client, outcome, say)
        looking = Looking(watched, outcome)
        with _told(outcome, "fetching"):
            for found in outcome.source.fetch(looking if self.dry_run else watched, files):
                if isinstance(found, NotFetched):
                    outcome.faults.append(str(found))
                    continue
                outcome.fetched += found.is_new
                if not found.path.is_relative_to(files.folder):
                    outcome.elsewhere.append(found.path)

    def _is_worth_telling(self, outcome: Outcome, files: SourceFiles) -> bool:
        """A publication that has ended, or that only a person fetches and is here, needs no line of its own."""
        source = outcome.source
        is_idle = outcome.state == "unchanged" and not outcome.known
        if self.only_named and is_idle and type(source).fetch is Source.fetch:
            # "Nothing new" would say that somebody had looked.
            asked = f"nobody was asked: it is brought by hand. {_by_hand(source)}"
            outcome.for_a_person.append(asked if source.how else "its publisher has ended it")
            return True
        if self.only_named or source.access in ("open", "key") or outcome.state != "unchanged":
            return True
        if source.access != "manual" or files.latest is not None:
            return False
        outcome.for_a_person.append(f"not loaded yet. {_by_hand(source)}")
        return True


def _by_hand(source: Source) -> str:
    """What a person does to get an edition, and where."""
    return f"{source.how} The page: {source.url}" if source.url else source.how


def _stale_by_hand(chosen: Sequence[Source]) -> dict[str, str]:
    """The sources that only a person brings and of which a newer edition is likely, with what to do."""
    from oneplace.evidence import queries

    by_hand = [source for source in chosen if source.access == "manual" and source.months is not None]
    today = dt.datetime.now(dt.UTC).date()
    return {
        state.source.name: f"{state.reason}. {_by_hand(state.source)}"
        for state in queries.source_states(by_hand, today)
        if state.condition == "stale"
    }


def polite_client() -> PoliteClient:
    """A client as the environment asks for it.

    `ONEPLACE_CONTACT` is how the sites can reach whoever runs this. `ONEPLACE_MIRRORS` names sites that are asked
    in place of others, separated by white space: "https://www.gov.uk=https://mirror.example". `ONEPLACE_PAUSE` is
    the number of seconds between two requests to one host.
    """
    mirrors = {}
    for pair in os.environ.get("ONEPLACE_MIRRORS", "").split():
        origin, equals, other = pair.partition("=")
        if not equals or not origin.startswith(("http://", "https://")) or not other.startswith("http"):
            raise click.ClickException(
                f"ONEPLACE_MIRRORS: “{pair}” is not of the form https://site=https://mirror"
            )
        mirrors[origin] = other
    try:
        pause = float(os.environ.get("ONEPLACE_PAUSE") or Limits().pause)
    except ValueError:
        raise click.ClickException("ONEPLACE_PAUSE: a number of seconds was expected") from None
    limits = Limits(pause=max(0.0, pause))
    return PoliteClient(os.environ.get("ONEPLACE_CONTACT", ""), limits=limits, instead=mirrors)


def _may_fetch(source: Source, outcome: Outcome) -> bool:
    if source.access == "key" and not os.environ.get(source.key_setting or ""):
        outcome.for_a_person.append(f"needs a key: set {source.key_setting}. {source.how}")
        return False
    return type(source).fetch is not Source.fetch


@contextmanager
def _told(outcome: Outcome, doing: str) -> Iterator[None]:
    """Whatever goes wrong is a fault of this source's and ends there."""
    from oneplace.evidence.errors import EvidenceError
    from oneplace.places.actions import RegisterError

    try:
        yield
    except (NotFetched, SourceError, EvidenceError, RegisterError) as fault:
        outcome.faults.append(str(fault))
    except click.ClickException as fault:
        outcome.faults.append(fault.message)
    except OSError as fault:
        outcome.faults.append(f"{fault.filename or outcome.source.name}: {fault.strerror or fault}")
    except Exception as fault:
        # A fault of ours in one source must not stop the others.
        kind = type(fault).__name__
        outcome.faults.append(f"our {doing} failed ({kind}: {fault}); please report it, with the file")


def _load_tables(outcome: Outcome, files: SourceFiles, say: Say) -> None:
    from oneplace.evidence import actions, queries
    from oneplace.evidence.errors import LeavesMuchOut, UnplacedValue

    source = outcome.source
    known = queries.known_shas(source.name, source.reader)
    waiting = []
    for path in (*outcome.elsewhere, *files.editions()):
        release = release_of(source, path)
        if release is not None and release.sha256 in known:
            outcome.known += 1
        else:
            day = (release.as_at or release.published) if release else None
            waiting.append((day.isoformat() if day else "", path))
    for _, path in sorted(waiting):
        say(f"loading {path.name}")
        receipt = receipt_of(path)
        with _told(outcome, "reading"):
            try:
                parcels = list(source.releases(path))
            except SourceError as fault:
                if path in outcome.elsewhere:
                    raise
                put = files.refuse(path, str(fault), source.reader)
                outcome.refused += 1
                outcome.faults.append(f"{fault} The file is in {put.parent}.")
                continue
            if receipt is not None:
                parcels = [(replace(release, url=receipt.url), records) for release, records in parcels]
            try:
                results = list(actions.publish_many(parcels))
            except (LeavesMuchOut, UnplacedValue) as fault:
                told = f"{path.name}: {fault}"
                if isinstance(fault, UnplacedValue):
                    told = told_of_unplaced(fault, source, path.name)
                put = files.refuse(path, told, source.reader)
                outcome.refused += 1
                outcome.faults.append(f"{told}. The file is in {put.parent}.")
                continue
            outcome.for_a_person += [
                f"{path.name}: {told_of_older(each)}" for each in results if each.is_older
            ]
            if all(each.already_known for each in results):
                outcome.known += 1
            else:
                outcome.loaded += 1
                outcome.rows += sum(len(records) for _, records in parcels)


def _load_reports(outcome: Outcome, files: SourceFiles, say: Say) -> None:
    from oneplace.commands.read_folders import read_into_record, refuse_without_councils

    paths = list(files.editions())
    if not paths:
        return
    refuse_without_councils()
    urls = {path: receipt.url for path in paths if (receipt := receipt_of(path))}
    done = 0

    def more(number: int) -> None:
        nonlocal done
        done += number
        say(f"reading {done} of {len(paths)} reports")

    tally = read_into_record(paths, done=more, urls=urls)
    outcome.loaded, outcome.known = tally.read, tally.known
    for unreadable in tally.failed:
        why = f"{Path(unreadable.path).name}: {unreadable.kind}: {unreadable.message}"
        if unreadable.kind in ("reader_fault", "missing"):
            outcome.faults.append(why)
            continue
        put = files.refuse(Path(unreadable.path), why, files.reader)
        outcome.refused += 1
        outcome.faults.append(f"{why}. The file is in {put.parent}.")


def _record(outcome: Outcome) -> None:
    """Keep in the record that the source was asked, and what came of it."""
    from django.conf import settings

    from oneplace.evidence import actions

    if not (outcome.url or outcome.loaded or outcome.failed):
        return
    if outcome.refused:
        came = "refused"
    elif outcome.failed:
        came = "failed"
    else:
        came = "new" if outcome.loaded else "unchanged"
    # The record is shown to everybody, and where this machine keeps its files is nobody's business.
    message = outcome.message.replace(f"{settings.ONEPLACE_HOME}/", "")
    actions.record_attempt(outcome.source.name, came, message, outcome.url, started_at=outcome.began)


def _known_releases() -> Mapping[str, list[Known]]:
    from oneplace.evidence import queries

    known: dict[str, list[Known]] = {}
    for release in queries.releases():
        is_whole = not queries.is_only_facts(release)
        known.setdefault(release.source, []).append(Known(release.slot, is_whole, release.retrieved_at))
        if release.reader != release.source:
            # Facts of a report are in the report's slot, and were read by another source.
            known.setdefault(release.reader, []).append(Known(release.slot, True, release.retrieved_at))
    return known


@contextmanager
def _line_a_source() -> Iterator[Callable[[str], AbstractContextManager[Say]]]:
    """A line on standard error for each source while it is under way."""
    console = Console(stderr=True, highlight=False)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:

        @contextmanager
        def line(name: str) -> Iterator[Say]:
            if not console.is_terminal:
                # Into a file or a pipe: what each begins with, so that a long wait says whom it is for.
                told: list[str] = []

                def once(what: str) -> None:
                    if not told:
                        told.append(what)
                        console.print(f"{name}: {what}")

                yield once
                return
            task = bar.add_task(name, total=1)
            yield lambda what: bar.update(task, description=f"{name}: {what}")
            bar.update(task, description=name, completed=1)

        yield line


def show_outcomes(outcomes: Sequence[Outcome], *, dry_run: bool) -> None:
    """What came of each, at the end, on standard output."""
    if not outcomes:
        click.echo("There is nothing to update.")
        return
    show((_entry(outcome, dry_run=dry_run) for outcome in outcomes), ("source", "state", "what came of it"))


def _entry(outcome: Outcome, *, dry_run: bool) -> Entry:
    name, state, said = outcome.source.name, str(outcome.state), outcome.message
    style = STYLES[outcome.state]
    if dry_run and not outcome.failed:
        state, style = ("would ask", "bold") if outcome.would_ask else ("would ask nobody", "dim")
        said = "\n".join(outcome.would_ask or outcome.for_a_person) or "nothing"
    lines = tuple(said.split("\n"))
    return Entry(name=name, state=state, style=style, lines=lines, cells=(name, state, "; ".join(lines)))
