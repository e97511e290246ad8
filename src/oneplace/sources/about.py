"""What a source says of itself in words: of the publication, its format, new editions, and what needs care.

A module says it in its docstring, a TOML file under four keys.
"""

from __future__ import annotations

import sys
from inspect import cleandoc
from textwrap import dedent

from oneplace.sources.plain_table import PlainTable
from oneplace.sources.source import Source

HEADINGS = ("Data source", "Format", "Cadence", "What needs care")


class Undocumented(ValueError):
    """A source whose docstring lacks one of the headings: which source, and which heading."""


def about(source: Source) -> dict[str, str]:
    """Heading → text, each of `HEADINGS`. Raises `Undocumented`."""
    if isinstance(source, PlainTable):
        found = source.definition
        texts = (found.data_source, found.format, found.new_editions, found.needs_care)
        said = {heading: " ".join(text.split()) for heading, text in zip(HEADINGS, texts, strict=True)}
    else:
        said = _sections(sys.modules[type(source).__module__].__doc__ or "")
    for heading in HEADINGS:
        if not said.get(heading):
            raise Undocumented(f"{source.name} says nothing under “{heading}”")
    return {heading: said[heading] for heading in HEADINGS}


def _sections(docstring: str) -> dict[str, str]:
    """The indented text beneath each heading of a docstring."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in cleandoc(docstring).splitlines():
        if line.rstrip() in HEADINGS:
            lines = sections.setdefault(line.rstrip(), [])
        else:
            lines.append(line)
    return {heading: dedent("\n".join(text)).strip() for heading, text in sections.items()}
