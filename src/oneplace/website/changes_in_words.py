"""One change to the record as a sentence, with where it leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from oneplace.evidence.queries import EventView, flag_rules
from oneplace.frameworks import edition
from oneplace.sources import sources
from oneplace.website.wording import thing
from oneplace.wording import many


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change in words. `href` is the page that shows it, `release` the address of what brought it."""

    sequence: int
    learned: dt.date
    kind: str
    sentence: str
    href: str | None
    release: str


_KINDS = {
    "new": "New inspection",
    "changed_grade": "Grade changed",
    "corrected": "Corrected by its publisher",
    "withdrawn": "Withdrawn",
    "superseded": "New edition",
    "figures": "New figures",
    "flag_raised": "Flag raised",
    "flag_lowered": "Flag came down",
}


def told(event: EventView, names: Mapping[str, str]) -> Change:
    """The event for a reader. `names` has the name of its body."""
    body = names.get(event.body_id or "", event.body_id or "")
    source, _, sha12 = event.release_id.partition("/")
    return Change(
        sequence=event.sequence,
        learned=event.at.date(),
        kind="No longer listed" if _is_left_out(event) else _KINDS.get(event.kind, thing(event.kind)),
        sentence=_sentence(event, body),
        href=f"/inspections/{event.inspection}/" if event.inspection else None,
        release=f"/releases/{source}/{sha12}/",
    )


def _sentence(event: EventView, body: str) -> str:
    before, after = thing(event.before), thing(event.after)
    source = _title(event.source)
    if event.kind == "new":
        of = edition(event.family, event.on).name if event.family else "inspection"
        return f"{body}: {after} ({of})" if after else f"{body}: {of}, without an overall grade"
    if event.kind == "changed_grade":
        return f"{body}: from {before} to {after}" + (f" ({event.direction})" if event.direction else "")
    if event.kind == "corrected":
        field = thing(event.field.removeprefix("judgement:"))
        return f"{body}: {field}, from {before or 'nothing'} to {after or 'nothing'}"
    if event.kind in ("flag_raised", "flag_lowered"):
        names = {each.key: each.name for each in flag_rules()}
        key = event.field.removeprefix("flag:")
        return f"{body}: {event.after or event.before} flag, “{names.get(key, key)}”"
    if event.measures is not None and event.periods is not None:
        return f"{source}: {many(event.measures, 'measure')}, {many(event.periods, 'period')}"
    if event.kind == "superseded":
        return f"{source}: a newer edition took the place of the one before"
    if _is_left_out(event):
        return f"{body}: an inspection that the newer edition of “{source}” leaves out ({event.inspection})"
    return f"{source}: its publisher took it back"


def _is_left_out(event: EventView) -> bool:
    """Whether an inspection went as a newer edition does not have it, and no release was taken back."""
    return event.kind == "withdrawn" and bool(event.inspection) and event.before != event.release_id


def _title(source: str) -> str:
    known = sources().get(source)
    return known.title if known else source.replace("_", " ")
