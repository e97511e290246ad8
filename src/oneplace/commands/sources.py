"""`oneplace sources`: every publication, what the record has of it, how old it is, and how to get what is missing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from textwrap import shorten
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from oneplace.commands.record import open_record

if TYPE_CHECKING:
    from oneplace.commands.listing import Entry
    from oneplace.evidence.queries import SourceState
    from oneplace.sources import Source

CHECK = "check"
STYLES = {
    "loaded": "green",
    "stale": "bold yellow",
    "failed": "bold red",
    "not loaded yet": "yellow",
    "needs a key": "yellow",
    "by hand": "yellow",
}


@click.command("sources")
@click.argument("name", required=False, metavar="[SOURCE | check]")
@click.option(
    "--json", "to_json", is_flag=True, help="For machines: one JSON object a line, one for each source."
)
def sources_command(name: str | None, to_json: bool) -> None:
    """List every source: its publisher, licence, cadence, last release, rows and state.

    With the name of a SOURCE, tell all there is to say of it, and how a person gets an edition of it.

    With the word check, prove that each source is documented and tested, and say what is missing where one is not; the
    exit status is then 1.
    """
    from oneplace.sources import sources

    if name == CHECK:
        _check(list(sources().values()), to_json)
        return
    if name is not None and name not in sources():
        raise click.UsageError(f"there is no source {name!r}; `oneplace sources` lists them")
    open_record()
    from oneplace.evidence.queries import source_states

    chosen = [sources()[name]] if name else list(sources().values())
    states = source_states(chosen, dt.datetime.now(dt.UTC).date())
    if to_json:
        for state in states:
            click.echo(json.dumps(state.as_json(), ensure_ascii=False))
    elif name:
        _show_one(states[0])
    else:
        _show_all(states)


def _show_all(states: Sequence[SourceState]) -> None:
    from oneplace.commands.listing import show

    show([_entry(state) for state in states], _HEADINGS)
    counts: dict[str, int] = {}
    for state in states:
        counts[state.condition] = counts.get(state.condition, 0) + 1
    click.echo(", ".join(f"{number} {condition}" for condition, number in counts.items()), err=True)
    click.echo("`oneplace sources SOURCE` tells all of one, and how to get it.", err=True)


_HEADINGS = (
    "source",
    "publisher",
    "licence",
    "new editions",
    "last release",
    "fetched",
    "rows",
    "state",
    "why",
)


def _entry(state: SourceState) -> Entry:
    """A source in four or five lines: what it is, whose, how old, and what is to be done."""
    from oneplace.commands.listing import Entry

    source = state.source
    by = f"{source.publisher}, compiled by {source.compiled_by}" if source.compiled_by else source.publisher
    rows = f"{state.rows:,} rows" if state.rows else ""
    told = [source.title, f"{by} · {_short(source.licence)} · new editions: {source.cadence}"]
    if state.is_held:
        likely = ": a newer edition is likely" if state.condition == "stale" else ""
        told.append(f"{state.describes or 'names no day'}{likely}")
    if state.reason and state.condition != "stale":
        told.append(_first(state.reason))
    if state.todo:
        told.append(_first(state.todo))
    return Entry(
        name=source.name,
        state=state.condition,
        style=STYLES[state.condition],
        aside=rows,
        lines=tuple(told),
        cells=(
            source.name, by, _short(source.licence), source.cadence,
            state.describes, state.retrieved_at.date().isoformat() if state.retrieved_at else "",
            str(state.rows or ""), state.condition, state.why,
        ),
    )  # fmt: skip


def _show_one(state: SourceState) -> None:
    from oneplace.sources.about import Undocumented, about

    source, out = state.source, Console(highlight=False)
    out.print(Text(source.title, style="bold"))
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in _facts(state):
        if value:
            table.add_row(label, Text(value))
    out.print(table)
    try:
        said = about(source)
    except Undocumented:
        said = {}
    for heading, text in said.items():
        out.print()
        out.print(Text(heading, style="bold"))
        out.print(Text(" ".join(text.split())))


def _facts(state: SourceState) -> list[tuple[str, str]]:
    from oneplace.settings import ONEPLACE_HOME

    source = state.source
    files = ", ".join((source.filename, *source.companions))
    if source.access == "package":
        put = ""
    else:
        put = f"put {files} into {ONEPLACE_HOME / 'fetched' / source.name} and run oneplace update {source.name}"
        if source.reads == "tables":
            put += f"; or run oneplace ingest {source.name} FILE"
    if "`oneplace ingest " in source.how:
        put = ""
    held = [
        f"{number:,} {what}"
        for number, what in (
            (state.inspections, "inspections told of"),
            (state.values, "values"),
            (state.areas, "areas"),
            (state.bodies, "bodies"),
            (state.likenesses, "pairs of areas that are alike"),
            (state.postcodes, "postcodes"),
        )
        if number
    ]
    return [
        ("source", source.name),
        ("publisher", source.publisher),
        ("compiled by", source.compiled_by or ""),
        ("licence", source.licence),
        ("new editions", source.cadence),
        ("stale after", f"{source.months} months" if source.months else ""),
        ("state", state.condition + (f": {state.why}" if state.why else "")),
        ("in the record", ", ".join(held) or "nothing"),
        ("releases", f"{state.releases:,}" if state.releases else ""),
        ("how old", state.describes or ("it names no day" if state.is_held else "")),
        ("fetched", f"{state.retrieved_at:%Y-%m-%d %H:%M} UTC" if state.retrieved_at else ""),
        ("last asked", f"{state.last_attempt:%Y-%m-%d %H:%M} UTC" if state.last_attempt else ""),
        ("address", source.url or ""),
        ("fetched by", _by(source)),
        (
            "by hand",
            f"{source.how} Then {put}." if put and source.how else (f"{put}." if put else source.how),
        ),
    ]


def _by(source: Source) -> str:
    if source.access == "open":
        return f"oneplace update {source.name}"
    if source.access == "key":
        return f"oneplace update {source.name}, with the key in {source.key_setting}"
    return {
        "manual": "a person, as told below",
        "closed": "nobody: it has ended, and what there is comes with Oneplace",
        "package": "nobody: it comes in a Python package with Oneplace",
    }[source.access]


def _check(chosen: Sequence[Source], to_json: bool) -> None:
    from oneplace.commands.source_checks import checkout, faults_of

    root = checkout()
    found = {source.name: faults_of(source, root) for source in chosen}
    for name, faults in found.items():
        if to_json:
            click.echo(json.dumps({"source": name, "faults": faults}, ensure_ascii=False))
        else:
            for fault in faults:
                click.echo(f"{name}: {fault}")
    wrong = sum(bool(faults) for faults in found.values())
    if not to_json:
        what = "documented and tested" if root else "documented (its tests are not installed here)"
        click.echo(f"{len(found) - wrong} of {len(found)} sources are {what}.")
    if wrong:
        raise SystemExit(1)


def _first(text: str) -> str:
    """The beginning: the whole is told of a source by its name."""
    return shorten(text, 150, placeholder=" …")


def _short(licence: str) -> str:
    return "OGL v3.0" if licence == "Open Government Licence v3.0" else licence
