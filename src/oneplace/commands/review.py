"""`oneplace review`: what sources disagree about, and the decisions of people about it."""

from __future__ import annotations

import click

from oneplace.commands.record import open_record, said_plainly


@click.command()
@click.argument("key", required=False)
@click.option("--all", "everything", is_flag=True, help="List what has been decided too.")
@click.option(
    "--decide",
    "decision",
    type=click.Choice(["keep", "correct", "dismiss", "reopen"]),
    help="Decide the item KEY: keep what is shown, correct it to --value, dismiss the item, or reopen it. "
    "The decision is added to the record with your name and reason.",
)
@click.option("--value", help="With --decide correct: the right value (a date, words, a grade's key).")
@click.option("--reason", help="Why; shown wherever the decision is.")
@click.option("--by", "decided_by", help="Your name; shown wherever the decision is.")
def review(
    key: str | None,
    everything: bool,
    decision: str | None,
    value: str | None,
    reason: str | None,
    decided_by: str | None,
) -> None:
    """List the review queue, or decide the item KEY of it."""
    if decision and not (key and reason and decided_by):
        raise click.UsageError("--decide needs KEY, --reason and --by")
    if decision == "correct" and not value:
        raise click.UsageError("--decide correct needs --value: the right date, words or grade")
    open_record()
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    from oneplace.evidence import actions, queries
    from oneplace.evidence.errors import EvidenceError

    if decision and key and reason and decided_by:
        with said_plainly(EvidenceError):
            actions.decide(key, decision, reason=reason, decided_by=decided_by, value=value)
        click.echo(f"{key}: {decision}")
        return
    items = queries.review_queue(include_decided=everything)
    if key:
        items = tuple(item for item in queries.review_queue(include_decided=True) if item.key == key)
        if not items:
            raise click.ClickException(
                f"there is no item {key} in the review queue; `oneplace review --all` lists them"
            )
    console = Console(highlight=False)
    if not items:
        console.print("Nothing waits for a decision.")
        return
    for item in items:
        console.print(
            Text(item.inspection or "(no inspection)", style="bold") + Text(f"  {item.field}  key {item.key}")
        )
        console.print(Padding(Text(item.message), (0, 0, 0, 2)))
        if item.kind == "reported" and (told := queries.report(item.key)):
            for label, words in (
                ("what is wrong", told.wrong),
                ("what it should be", told.should_be),
                ("where it says so", told.says_so),
                ("e-mail", told.email),
            ):
                if words:
                    console.print(Padding(Text(f"{label}: {_printable(words)}"), (0, 0, 0, 2)))
        if item.decided:
            console.print(Padding(Text(f"decided: {item.decided}", style="dim"), (0, 0, 0, 2)))
    waiting = sum(not item.decided for item in items)
    console.print(
        f"\n{waiting} wait{'s' * (waiting == 1)} for a decision: `oneplace review KEY --decide keep --reason … --by …`"
    )


def _printable(words: str) -> str:
    """A reader's words without what would steer a terminal."""
    return "".join(each if each.isprintable() else " " for each in words)
