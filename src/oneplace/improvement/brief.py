"""What a brief says about points told again: each with the inspectors' words, its page, and since when."""

from __future__ import annotations

from dataclasses import replace

from oneplace.evidence.brief.contents import Brief, Fact, Section, source
from oneplace.improvement.queries import PointTold, Retold, Thread, retold
from oneplace.wording import day, listed, many

KEY = "told_again"
# The section follows what must improve and what is said of earlier inspections.
_AFTER = ("looks_back", "improve", "among_others", "now")
HOW = (
    "Found by comparing the words of the points in these reports; no inspectorate says so, and a reader may "
    "judge otherwise."
)


def with_told_again(made: Brief) -> Brief:
    """The brief with its section on points told again; an area without reports that list points has none."""
    section = told_again_section(made.name, retold(made.area_id, made.as_at), made.area_id)
    if section is None:
        return made
    keys = [each.key for each in made.sections]
    at = next((keys.index(key) + 1 for key in _AFTER if key in keys), len(keys))
    return replace(made, sections=(*made.sections[:at], section, *made.sections[at:]))


def told_again_section(name: str, found: Retold, body_id: str) -> Section | None:
    """The threads of one body's points, those that came back last first, and what could not be compared.

    None where no report of the body lists points: there is nothing to be told again.
    """
    threads = sorted(
        (thread for thread in found.threads if thread.points[0].body_id == body_id), key=_newest_and_longest
    )
    compared = [public_id for public_id in found.compared if _is_of(public_id, body_id)]
    unread = [public_id for public_id in found.unread if _is_of(public_id, body_id)]
    if not compared and not unread:
        return None
    if not threads:
        return Section(key=KEY, title="Told again", absence=_nothing(name, len(compared), len(unread)))
    facts = [fact for thread in threads for fact in _facts(thread)]
    return Section(
        key=KEY,
        title=f"Told again: {many(len(threads), 'point')}",
        facts=(*facts, Fact(text=HOW)),
        absence=_unread(len(unread)) if unread else "",
    )


def _facts(thread: Thread) -> list[Fact]:
    """A fact for each time it was told; the first names the rest, so that it can be read alone."""
    first, *again = thread.points
    subject = thread.subject[0].upper() + thread.subject[1:]
    when = listed([day(point.published) for point in again])
    return [
        _fact(
            f"{subject}: told again on {when}. First on {day(first.published)}, point {first.item.ordinal}:",
            first,
        ),
        *(_fact(f"Again on {day(point.published)}, point {point.item.ordinal}:", point) for point in again),
    ]


def _fact(text: str, point: PointTold) -> Fact:
    return Fact(text=text, quote=point.item.text, sources=(source(point.item.source),), anchor=point.path)


def _newest_and_longest(thread: Thread) -> tuple[int, int, int]:
    last = thread.points[-1]
    return -last.published.toordinal(), -len(thread.points), last.item.ordinal


def _is_of(public_id: str, body_id: str) -> bool:
    return public_id.split("/")[1] == body_id


def _nothing(name: str, compared: int, unread: int) -> str:
    if compared > 1:
        said = (
            f"No point of {name}'s {many(compared, 'report')} compared was found to come back in a later one."
        )
    elif unread:
        said = "Whether a point of one report comes back in a later one cannot be said."
    else:
        said = f"{name} has one report that lists points: there is no other to compare it with."
    return f"{said} {_unread(unread)}" if unread else said


def _unread(count: int) -> str:
    return (
        f"Not compared: {many(count, 'report')} of which this copy holds the numbers and pages of the points "
        "but not their words, until whoever runs it reads the report into it."
    )
