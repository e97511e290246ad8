"""`oneplace brief AREA`: what the record says about a council, each fact with its source and page."""

from __future__ import annotations

import datetime as dt

import click

from oneplace.commands.record import open_record

# On this day councils and their areas became those of the register; the first ratings held are of December.
FIRST_DAY = dt.date(2009, 4, 1)


def _day(context: click.Context, parameter: click.Parameter, typed: str | None) -> dt.date | None:
    """The day of `--as-at`: one that the record can speak of."""
    if typed is None:
        return None
    try:
        day = dt.date.fromisoformat(typed)
    except ValueError:
        raise click.BadParameter(f"“{typed}” is not a date: write it like 2018-12-20") from None
    if day > dt.datetime.now(dt.UTC).date():
        raise click.BadParameter(f"{day} is in the future: nobody knows yet what will be published by then")
    if day < FIRST_DAY:
        raise click.BadParameter(f"the record begins on {FIRST_DAY}")
    return day


@click.command()
@click.argument("area")
@click.option(
    "--as-at",
    callback=_day,
    metavar="YYYY-MM-DD",
    help="What was known by the end of this day, and nothing later.  [default: today]",
)
@click.option("--json", "to_json", is_flag=True, help="For machines: one JSON object.")
@click.option("--markdown", is_flag=True, help="As Markdown, with sources as notes.")
def brief(area: str, as_at: dt.date | None, to_json: bool, markdown: bool) -> None:
    """Print what the record says about AREA ("haringey"), each fact with its source and page."""
    if to_json and markdown:
        raise click.UsageError("--json and --markdown are two forms: give one of them")
    open_record()
    from django.utils import timezone
    from rich.console import Console

    from oneplace.evidence import brief as briefs
    from oneplace.improvement.brief import with_told_again

    try:
        made = with_told_again(briefs.brief(area, as_at or timezone.localdate()))
    except briefs.UnknownArea as fault:
        raise click.ClickException(str(fault)) from fault
    if to_json:
        click.echo(briefs.as_json(made))
    elif markdown:
        click.echo(briefs.as_markdown(made), nl=False)
    else:
        Console().print(briefs.as_rich(made))
