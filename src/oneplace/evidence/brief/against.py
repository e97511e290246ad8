"""An inspection against the one before it, as far as the two may be compared."""

from __future__ import annotations

from oneplace.evidence.brief.contents import Fact, source
from oneplace.evidence.views import InspectionView
from oneplace.frameworks import NotComparable, UnknownGrade, compare, framework
from oneplace.wording import day, listed, span

_BEGINS = {"better": "Better", "same": "The same", "worse": "Worse"}


def against(whose: str, before: InspectionView, now: InspectionView) -> Fact:
    """The overall grade against the last one's and the time between them; or why the two are not compared."""
    then = _then(before, now)
    old, new = before.overall, now.overall
    refs = tuple(source(each.source) for each in (old or before, new or now))
    if old is None or new is None:
        which = "this inspection" if new is None else "the last one"
        text = (
            f"The last inspection of {whose} was {then} ({before.framework_name}); overall grades are not "
            f"compared, as {which} gave none."
        )
        return Fact(text=text, sources=refs, anchor=before.path)
    try:
        change = compare(
            framework(before.framework), old.grade, framework(now.framework), new.grade, "overall"
        )
    except (NotComparable, UnknownGrade) as reason:
        return Fact(
            text=f"The grade of {whose} before was “{old.grade_label}” ({before.framework_name}, {then}). {reason}",
            sources=refs,
            anchor=before.path,
        )
    told = f"{_published(before)}) to “{new.grade_label}” ({_published(now)}{_later(before, now)})"
    text = {
        "better": f"The overall grade of {whose} went up from “{old.grade_label}” ({told}.",
        "worse": f"The overall grade of {whose} went down from “{old.grade_label}” ({told}.",
        "same": (
            f"The overall grade of {whose} is “{new.grade_label}” ({_published(now)}), the same as at the inspection "
            f"before ({_published(before)}{_earlier(before, now)})."
        ),
    }[change]
    kinds = dict.fromkeys((before.framework_name, now.framework_name))
    return Fact(text=f"{text} Kind of inspection: {' and '.join(kinds)}.", sources=refs, anchor=now.path)


def _published(one: InspectionView) -> str:
    if one.published is None:
        return "on a day that is not told"
    return (
        f"published {day(one.published)}"
        if one.date_precision == "day"
        else f"published in {one.published:%Y}"
    )


def _later(before: InspectionView, now: InspectionView) -> str:
    apart = _apart(before, now)
    return f", {apart} later" if apart else ""


def _earlier(before: InspectionView, now: InspectionView) -> str:
    apart = _apart(before, now)
    return f", {apart} earlier" if apart else ""


def _apart(before: InspectionView, now: InspectionView) -> str:
    if not (before.published and now.published and before.date_precision == now.date_precision == "day"):
        return ""
    return span(before.published, now.published)


def _then(before: InspectionView, now: InspectionView) -> str:
    if before.published is None:
        return "of an earlier day"
    return _published(before) + _earlier(before, now)


def by_question(whose: str, before: InspectionView, now: InspectionView) -> list[Fact]:
    """Which questions were answered better, the same or worse: one fact, or none where nothing can be compared."""
    sides: dict[str, list[str]] = {"better": [], "same": [], "worse": []}
    refs = []
    for each in now.judgements:
        earlier = before.judgement(each.question_key, each.subject)
        if earlier is None or each.question_key == "overall":
            continue
        try:
            side = compare(
                framework(before.framework),
                earlier.grade,
                framework(now.framework),
                each.grade,
                each.question_key,
            )
        except (NotComparable, UnknownGrade):
            continue
        asked = f"{each.subject}: {each.question}" if each.subject else each.question
        sides[side].append(f"{asked[:1].lower()}{asked[1:]}")
        refs += [source(earlier.source), source(each.source)]
    told = [f"{words}: {listed(names)}" for key, words in _BEGINS.items() if (names := sides[key])]
    if not told:
        return []
    begins = whose[:1].upper() + whose[1:]
    return [
        Fact(
            text=f"{begins}, question by question, against the last inspection, {_then(before, now)}. "
            f"{'. '.join(told)}.",
            sources=tuple(dict.fromkeys(refs)),
            anchor=now.path,
        )
    ]
