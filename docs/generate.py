"""Makes the pages of docs/reference that say what the code says. `script/docs` writes, a test compares."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from oneplace.cli import oneplace
from oneplace.evidence.flags.rules import Grades, Rule, rules
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


def flags_page() -> str:
    """Every version of every rule, with what it is held against."""
    parts = [
        NOTE,
        "# The rules of the flags",
        "Each is a table of `src/oneplace/evidence/flags/rules.toml`, and is published at `/flags/rules/` in "
        "these words. Why there are no others is in [the decision](../decisions/0017-flags-follow-from-rules.md).",
    ]
    for rule in rules():
        parts += [f"## {rule.colour.capitalize()}: {rule.name}", *_rule(rule)]
    return "\n\n".join(parts) + "\n"


def _rule(rule: Rule) -> Iterator[str]:
    until = f" until {rule.until}" if rule.until else ""
    rows = [
        ("key", f"`{rule.key}`, version {rule.version} since {rule.since}{until}"),
        ("service", rule.service.replace("_", " ")),
        ("gone through", f"{rule.reviewed_on}, next by {rule.next_review}"),
        ("checked outside the project", f"by {rule.reviewed_by}" if rule.reviewed_by else "by nobody yet"),
        *((", ".join(f"`{key}`" for key in each.editions), _asks(each)) for each in rule.when),
    ]
    if rule.kind == "change":
        editions = ", ".join(f"`{key}`" for key in rule.editions)
        asked = (
            f"`{rule.question}`, {rule.grades_apart} grades {rule.direction}; counts for {rule.months} months"
        )
        rows.append((editions, asked))
    if rule.measure:
        end = "worst" if rule.colour == "red" else "best"
        asked = f"{end} {rule.share:.0%} in {rule.periods} periods running, of {rule.fewest} areas or more"
        rows.append((f"`{rule.measure}`", f"{asked}; counts for {rule.months} months"))
    yield "| | |\n|---|---|\n" + "\n".join(f"| {name} | {_cell(value)} |" for name, value in rows)
    yield f"**Raised when.** {rule.threshold}"
    yield f"**Lowered when.** {rule.lowered}"
    yield f"**Why.** {rule.why}"


def _asks(part: Grades) -> str:
    grades, questions = (", ".join(f"`{key}`" for key in keys) for keys in (part.grades, part.questions))
    least = f", {part.at_least} or more" if part.at_least > 1 else ""
    every = ", and no other grade for any" if part.of_all else ""
    running = f", at {part.in_a_row} inspections running" if part.in_a_row > 1 else ""
    return f"{grades} for {questions}{least}{every}{running}; counts for {part.months} months"


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli_page,
    "flags.md": flags_page,
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
