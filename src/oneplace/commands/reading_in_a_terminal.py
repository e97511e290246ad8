"""A reading as a person reads it in a terminal: grades in colour and in words, each fact with its page."""

from __future__ import annotations

from collections import Counter
from datetime import date

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from oneplace.records import Address, Reading

# A colour never stands alone: the grade is always printed beside it.
GRADE_STYLES = {
    "outstanding": "bold blue",
    "good": "bold green",
    "positive": "bold green",
    "requires_improvement": "bold yellow",
    "adequate": "bold yellow",
    "inconsistent": "bold yellow",
    "inadequate": "bold red",
    "widespread_failings": "bold red",
}
STATUS_WORDS = {
    "addressed": "addressed",
    "partly": "partly addressed",
    "not_addressed": "not addressed",
    "unclear": "not clear whether addressed",
}
LIST_WORDS = {
    "recommendation": "Recommendations",
    "priority_action": "Priority actions",
    "area_for_improvement": "Areas for improvement",
    "lscb_recommendation": "For the Local Safeguarding Children Board",
}


def show(reading: Reading, console: Console | None = None) -> None:
    """Print it: the header, the judgements, what must improve, what looks back, where the findings are, and doubts."""
    out = console or Console(highlight=False)
    said = reading.inspection
    out.print()
    out.print(Text(said.title or "(no title)", style="bold"))
    out.print(_header(reading))
    if said.judgements:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        table.add_column("Judgement")
        table.add_column("Grade")
        table.add_column("Page", justify="right")
        for judgement in said.judgements:
            grade = Text(judgement.grade_printed, style=GRADE_STYLES.get(judgement.grade, "bold"))
            table.add_row(Text(judgement.question), grade, _page(judgement.address))
        out.print(table)
    else:
        out.print(
            "\nNo grades: this kind of inspection gives none.\n"
            if said.framework == "focused-visit"
            else "\nNo grades.\n"
        )
    _improve(reading, out)
    if said.looks_back:
        out.print(Text("Looks back at earlier inspections", style="bold"))
        for back in said.looks_back:
            status = STATUS_WORDS.get(back.status or "", "status not read")
            out.print(
                Padding(
                    Text(f"“{back.text}” — {status}, page {back.address.page}"), (0, 0, 0, 2), expand=False
                )
            )
        out.print()
    if said.findings:
        out.print(Text("Findings", style="bold"))
        sections = Counter(finding.section for finding in said.findings)
        first = {finding.section: finding.address.page for finding in reversed(said.findings)}
        for section, count in sections.items():
            out.print(
                Padding(
                    Text(f"{section} ({count} paragraph{'s' * (count != 1)}, from page {first[section]})"),
                    (0, 0, 0, 2),
                    expand=False,
                )
            )
        out.print()
    for problem in said.problems:
        out.print(Text.assemble(("To look at: ", "bold magenta"), problem.message))


def _header(reading: Reading) -> Table:
    said = reading.inspection
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column()
    rows = [
        ("Council", said.body.name or "not printed"),
        (
            "Framework",
            said.framework if said.form == said.framework.lower() else f"{said.framework} ({said.form})",
        ),
        ("Inspected", _period(said.inspection_start, said.inspection_end)),
        ("Published", f"{_day(said.published)}" if said.published else "not printed in this report"),
        ("Lead inspector", said.lead_inspector or "not found"),
        ("Pages", str(said.pages)),
        ("SHA-256", reading.sha256),
    ]
    for name, value in rows:
        table.add_row(name, Text(value))
    return table


def _improve(reading: Reading, out: Console) -> None:
    items = reading.inspection.improve
    if not items:
        out.print("Nothing is listed under what must improve.\n")
        return
    kind = theme = ""
    for item in items:
        if item.list_kind != kind:
            if kind:
                out.print()
            kind, theme = item.list_kind, ""
            out.print(Text(LIST_WORDS.get(kind, kind), style="bold"))
        if item.subheading != theme:
            theme = item.subheading
            out.print(Padding(Text(theme, style="italic"), (0, 0, 0, 2), expand=False))
        line = Table.grid(padding=(0, 1), expand=True)
        line.add_column(justify="right", min_width=4)
        line.add_column(ratio=1)
        line.add_column(justify="right", style="dim", no_wrap=True)
        text = Text(item.text or "")
        if item.responsible_body:
            text.append(f" ({item.responsible_body})", style="italic")
        line.add_row(f"{item.ordinal}.", text, f"p. {item.address.page}")
        out.print(line)
    out.print()


def _page(address: Address) -> str:
    return str(address.page) if address.page else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _period(start: date | None, end: date | None) -> str:
    if start is None or end is None:
        return "not printed"
    return _day(start) if start == end else f"{_day(start)} to {_day(end)}"
