"""`oneplace`: the command line. Each command is a module of `oneplace.commands`, imported when it is called."""

from __future__ import annotations

import importlib
from typing import Any

import click

# Name → where it is and its line of help, so that `oneplace --help` imports none of them.
COMMANDS = {
    "bench": ("oneplace.commands.bench:bench", "Measure speed beside a reference in the same run."),
    "brief": ("oneplace.commands.brief:brief", "Print what the record says about a council, with sources."),
    "export": ("oneplace.commands.export:export", "Write the whole record as Parquet files."),
    "ingest": ("oneplace.commands.ingest:ingest", "Publish a source's files into the record."),
    "load": ("oneplace.commands.load:load", "Load a pack that `oneplace export` wrote."),
    "read": (
        "oneplace.commands.read:read",
        "Read inspection reports: print them, or a folder into the record.",
    ),
    "review": ("oneplace.commands.review:review", "List and decide what sources disagree about."),
    "serve": ("oneplace.commands.serve:serve", "Serve the site on this machine."),
    "sources": (
        "oneplace.commands.sources:sources_command",
        "List every publication: what is loaded, how old it is.",
    ),
    "update": ("oneplace.commands.update:update", "Fetch what is new of every publication and load it."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports the one that is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in alphabetical order."""
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list in `--help`, from the lines above."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="oneplace", prog_name="oneplace")
def oneplace() -> None:
    """What inspectorates say about public services in every area of England, in one place."""


def main(*args: Any) -> None:
    """The console script."""
    oneplace(*args)


if __name__ == "__main__":
    main()
