"""A brief for a terminal, as Markdown, and as JSON."""

from __future__ import annotations

import msgspec
from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from oneplace.evidence.brief.contents import Brief, BriefSource, Fact
from oneplace.wording import day

# A count of many authorities has as many sources: a terminal shows the first.
SOURCES_SHOWN = 3


def as_json(brief: Brief) -> bytes:
    """One JSON object, fields as in `contents`."""
    return msgspec.json.format(msgspec.json.encode(brief), indent=2)


def as_markdown(brief: Brief) -> str:
    """Headings, a list item a fact, sources as numbered notes at the end."""
    notes: dict[BriefSource, int] = {}
    lines = [f"# {brief.name}", "", f"As at {day(brief.as_at)}.", ""]
    for section in brief.sections:
        lines += [f"## {section.title}", ""]
        for fact in section.facts:
            marks = "".join(f"[^{number}]" for number in _numbers(fact, notes))
            lines.append(f"- {_escape(fact.text)}{marks}")
            if fact.quote:
                lines += ["", f"  > {_escape(fact.quote)}", ""]
        if section.absence:
            lines.append(f"*{_escape(section.absence)}*")
        lines.append("")
    lines += [f"[^{number}]: {_escape(ref.words)}{_link(ref)}" for ref, number in notes.items()]
    return "\n".join(lines).rstrip() + "\n"


def _numbers(fact: Fact, notes: dict[BriefSource, int]) -> list[int]:
    return [notes.setdefault(ref, len(notes) + 1) for ref in dict.fromkeys(fact.sources)]


def _escape(text: str) -> str:
    for mark in "\\*_[]<>":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def _link(ref: BriefSource) -> str:
    return f". <{ref.url}>" if ref.url else ""


def as_rich(brief: Brief) -> Group:
    """For a terminal: a fact, its source dim beneath it, the inspectors' sentences indented."""
    parts: list[Text | Padding] = [
        Text(brief.name, style="bold"),
        Text(f"As at {day(brief.as_at)}", style="dim"),
    ]
    for section in brief.sections:
        parts += [Text(), Text(section.title, style="bold cyan")]
        for fact in section.facts:
            parts.append(Padding(Text(fact.text), (0, 0, 0, 2)))
            if fact.quote:
                parts.append(Padding(Text(f"“{fact.quote}”", style="italic"), (0, 0, 0, 6)))
            refs = list(dict.fromkeys(fact.sources))
            for ref in refs[:SOURCES_SHOWN]:
                parts.append(Padding(Text(ref.words, style="dim"), (0, 0, 0, 6)))
            if len(refs) > SOURCES_SHOWN:
                more = f"and {len(refs) - SOURCES_SHOWN} more sources (all are in --markdown and --json)"
                parts.append(Padding(Text(more, style="dim"), (0, 0, 0, 6)))
        if section.absence:
            parts.append(Padding(Text(section.absence, style="yellow"), (0, 0, 0, 2)))
    return Group(*parts)
