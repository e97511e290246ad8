"""`oneplace brief AREA`: what the record says about a council, each fact with its source and page."""

from __future__ import annotations

import datetime as dt

import click

from oneplace.commands.record import open_record


@click.command()
@click.argument("area")
@click.option(
    "--as-at",
    type=click.DateTime(["%Y-%m-%d"]),
    help="What was known by the end of this day, and nothing later.  [default: today]",
)
@click.option("--json", "form", flag_value="json", help="For machines: one JSON object.")
@click.option("--markdown", "form", flag_value="markdown", help="As Markdown, with sources as notes.")
def brief(area: str, as_at: dt.datetime | None, form: str | None) -> None:
    """Print what the record says about AREA ("haringey"), each fact with its source and page."""
    open_record()
    from django.utils import timezone
    from rich.console import Console

    from oneplace.evidence import brief as briefs
    from oneplace.improvement.brief import with_told_again

    try:
        made = with_told_again(briefs.brief(area, as_at.date() if as_at else timezone.localdate()))
    except briefs.UnknownArea as fault:
        raise click.ClickException(str(fault)) from fault
    if form == "json":
        click.echo(briefs.as_json(made))
    elif form == "markdown":
        click.echo(briefs.as_markdown(made), nl=False)
    else:
        Console().print(briefs.as_rich(made))
