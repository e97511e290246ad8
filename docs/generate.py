"""Makes the pages of docs/reference that say what the code says. `script/docs` writes, a test compares."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from oneplace.cli import oneplace
from oneplace.frameworks import Framework, frameworks
from oneplace.sources import Source, sources

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
    yield f"How often: {framework.cadence.text}"


def sources_page() -> str:
    """Every publication that can be loaded."""
    parts = [
        NOTE,
        "# Sources",
        "Each publication is one module in `src/oneplace/sources`. A table that a third party compiled "
        "is shown as theirs wherever it is used.",
    ]
    for source in sources().values():
        parts += [f"## {source.name}", *_source(source)]
    return "\n\n".join(parts) + "\n"


def _source(source: Source) -> Iterator[str]:
    rows = [
        ("title", source.title),
        ("publisher", source.publisher),
        ("compiled by", source.compiled_by or "the publisher"),
        ("licence", source.licence),
        ("new editions", source.cadence),
        ("file", ", ".join(f"`{name}`" for name in (source.filename, *source.companions))),
    ]
    yield "| | |\n|---|---|\n" + "\n".join(f"| {name} | {value} |" for name, value in rows)


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
