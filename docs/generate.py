"""Makes the pages of docs/reference that say what the code says. `script/docs` writes, a test compares."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from oneplace.cli import oneplace
from oneplace.frameworks import Cadence, Framework, GradeCadence, frameworks
from oneplace.sources import Source, sources
from oneplace.sources.about import about
from oneplace.sources.plain_table import PlainTable

HERE = Path(__file__).parent / "reference"
WIDTH = 100
NOTE = "<!-- Made by script/docs from the code. Change the code, then run it. -->"


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command and all beneath it, with the words that call each."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=name)
        for child in command.list_commands(context):
            if found := command.get_command(context, child):
                yield from commands(found, f"{name} {child}")


def cli_page() -> str:
    """The help of every command."""
    parts = [NOTE, "# The command line", "Every command of `oneplace`, as its `--help` prints it."]
    for name, command in commands(oneplace, "oneplace"):
        context = click.Context(
            command,
            info_name=name,
            terminal_width=WIDTH,
            max_content_width=WIDTH,
            help_option_names=["-h", "--help"],
        )
        parts += [f"## {name}", f"```text\n{command.get_help(context).rstrip()}\n```"]
    return "\n\n".join(parts) + "\n"


def frameworks_page() -> str:
    """Every edition: its questions, its grades in order, and what may be compared with it."""
    parts = [
        NOTE,
        "# Inspection frameworks",
        "Each edition is one file in `src/oneplace/frameworks/editions`. Grades are listed best first. "
        "Dates are those of inspections, both included.",
    ]
    for framework in frameworks().values():
        parts += [f"## {framework.name}", *_framework(framework)]
    return "\n\n".join(parts) + "\n"


def _framework(framework: Framework) -> Iterator[str]:
    until = f"to {framework.ends}" if framework.ends else "and goes on"
    yield f"`{framework.key}`, by {framework.publisher}, from {framework.starts} {until}."
    yield textwrap.fill(framework.description, 110)
    if framework.questions:
        yield "| question | key |\n|---|---|\n" + "\n".join(
            f"| {question.label} | `{question.key}` |" for question in framework.questions
        )
    if framework.grades:
        yield "| grade | key | in the order of grades |\n|---|---|---|\n" + "\n".join(
            f"| {grade.label} | `{grade.key}` | {'yes' if grade.ranked else 'no'} |"
            for grade in framework.grades
        )
    comparable = ", ".join(f"`{key}`" for key in framework.comparability.editions) or "nothing else"
    yield f"May be compared with: {comparable}. {framework.comparability.reason}".rstrip()
    if framework.comparability.otherwise:
        yield f"Otherwise: {framework.comparability.otherwise.rstrip('.')}."
    yield f"How often: {' '.join(framework.cadence.text.split())}{_interval(framework.cadence)}"
    for rule in framework.cadence.by_grade:
        given = ", ".join(f"`{grade}`" for grade in rule.grades)
        yield f"After {given}: {' '.join(rule.text.split())}{_interval(rule)}"


def _interval(rule: Cadence | GradeCadence) -> str:
    """The interval by which a rating counts as overdue, where there is one."""
    if rule.months:
        return f" (Reckoned as {rule.months} months.)"
    if rule.months_most:
        least = f"{rule.months_least} to " if rule.months_least else "at most "
        return f" (Reckoned as {least}{rule.months_most} months.)"
    return ""


# How a new edition gets here, in words.
REACHED = {
    "open": "by `oneplace update`",
    "key": "by `oneplace update`, with a key",
    "manual": "by a person",
    "closed": "none come any more: what there is comes with the product",
    "package": "in a Python package",
}


def sources_page() -> str:
    """Every publication that can be loaded."""
    parts = [
        NOTE,
        "# Sources",
        "Each publication is one module in `src/oneplace/sources`, or one TOML file in its folder `plain` where its "
        "tables are plain ([how to write one](plain-tables.md)). A table that a third party compiled is shown as "
        "theirs wherever it is used.",
        "| source | publisher | new editions | reached |\n|---|---|---|---|\n"
        + "\n".join(
            f"| [{source.name}](#{source.name}) | {source.publisher} | {source.cadence} | {source.access} |"
            for source in sources().values()
        ),
    ]
    for source in sources().values():
        parts += [f"## {source.name}", *_source(source)]
    return "\n\n".join(parts) + "\n"


def _source(source: Source) -> Iterator[str]:
    names = (source.filename, *source.companions)
    stale = f"an edition older than {source.months} months" if source.months else "never"
    rows = [
        ("title", source.title),
        ("publisher", source.publisher),
        ("compiled by", source.compiled_by or "the publisher"),
        ("licence", source.licence),
        ("new editions", source.cadence),
        ("out of date", stale),
        ("reached", REACHED[source.access]),
        ("where", source.url or ""),
        ("how", source.how),
        ("key", f"`{source.key_setting}`" if source.key_setting else ""),
        ("file", ", ".join(f"`{name}`" for name in names if name)),
        ("not read, as it tells of people", ", ".join(source.personal)),
        ("measures", _measures(source)),
    ]
    yield "| | |\n|---|---|\n" + "\n".join(f"| {name} | {_cell(value)} |" for name, value in rows if value)
    for heading, text in about(source).items():
        yield f"**{heading}.** {' '.join(text.split())}"


def _measures(source: Source) -> str:
    """The measures of a plain table, which its file lists; those of other sources are in their publications."""
    if not isinstance(source, PlainTable):
        return ""
    return ", ".join(f"{measure.title} (`{measure.key}`)" for measure in source.definition.measures())


def _cell(value: str) -> str:
    return " ".join(value.replace("|", "\\|").split())


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "frameworks.md": frameworks_page,
    "sources.md": sources_page,
}


def main() -> None:
    """Write every page that is not as it should be."""
    HERE.mkdir(parents=True, exist_ok=True)
    for name, make in PAGES.items():
        path, text = HERE / name, make()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote docs/reference/{name}")


if __name__ == "__main__":
    main()
