"""Focused visits: a letter of three to seven pages to the director of children's services, from 2018.

Below the addresses stands the title in bold, then a paragraph with the dates of the visit, what inspectors
looked at, headline findings (until 2021 "Overview"), what needs to improve, main findings, and the
signature of the inspector who led. A letter gives no grade. Some have no list of what needs to improve, or
a heading over the words that the earlier list stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from oneplace.reading.dates import first_date, period
from oneplace.reading.findings import findings
from oneplace.reading.front import name_alone
from oneplace.reading.lists import items, records
from oneplace.reading.lookback import looks_back
from oneplace.reading.pages import Line
from oneplace.reading.report import Report
from oneplace.reading.words import join, sentences
from oneplace.records import BodyRef, FindingRecord, InspectionRecord, ListKind, Problem, RecommendationRecord

_TITLE = re.compile(r"^Focus(?:s?ed)? [Vv]isit to\b")
_SUMMARY = re.compile(
    r"\bsummarises (?:the|our) findings of (?:a|the|our) (?:recent )?focused visit\b", re.IGNORECASE
)
# A line that is a date and nothing else: the letter's own. A year may be misprinted with five digits.
_LETTER_DATE = re.compile(
    r"^(?:Date:?\s*)?(?:[A-Z][a-z]+day,?\s+)?\d{1,2}\s?(?:st|nd|rd"
    r"|th)?\s+(?:of\s+)?[A-Z][a-z]{2,8},?\s+\d{2,6}$"
)
_SINCERELY = re.compile(r"^Yours?\s+(?:sincerely|faithfully|truly)\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"^(?:Senior\s+)?(?:(?:Her|His)\s+Majest"
    r"|(?:S?HMI|Ofsted|Social Care|Regional|National Director|Lead Inspector)\b)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?:Ofsted will take the findings from this|I am copying this letter|Yours?\s+sincerely\b)",
    re.IGNORECASE,
)
_PRIORITY = re.compile(r"^(?:Areas? for (?:immediate |urgent )?)?priority actions?\s*:?$", re.IGNORECASE)
_IMPROVE = re.compile(
    r"^What needs to improve\b[^.,;]{0,60}$|^Areas? (?:for|of) (?:improvement|development)\s*:?$"
    r"|^Areas? that need to improve\b[^.,;]{0,40}$",
    re.IGNORECASE,
)
_FINDINGS = re.compile(
    r"^(?:Overview|Summary|(?:Headline |Main |Key |Summary of )?findings|Areas of strength"
    r"|What (?:is|was) working well)\s*:?$",
    re.IGNORECASE,
)
# Not an item: that there are none, or that an earlier visit's or inspection's list stands.
_NO_NEW_ITEM = re.compile(
    r"^(?:there (?:are|were|is) no (?:\w+ ){0,2}(?:areas?|priority|priorities|recommendations?)\b|none\b"
    r"|no (?:new |additional |further )?(?:areas|priority)\b"
    r"|(?:the |all |these )?(?:previous(?:ly identified)? )?"
    r"(?:areas? (?:for|of|requiring) (?:improvement|development|priority actions?)|priority actions?"
    r"|recommendations?)\b.{0,120}?\b(?:remain|continue|still stand|stand|are unchanged|are the same|are those))",
    re.IGNORECASE,
)
# What a council is called in a title beside its name: "Leeds City Council children's services".
_SERVICES = re.compile(
    r"(?:[’']s)?\s*\bchildren[’']s(?:\s+(?:social care\s+)?services?)?\s*\.?$", re.IGNORECASE
)
_AUTHORITY = re.compile(
    r"(?:[’']s?)?\s+(?:local authority|(?:(?:Metropolitan|City|County|Borough|District)\s+)*Council(?:[’']s)?"
    r"|(?:(?:Metropolitan|City|County)\s+)?(?:Borough|City|County)|MBC)(?:[’']s)?$",
    re.IGNORECASE,
)


class FocusedVisitLetter:
    """The letter that follows a focused visit under ILACS."""

    name = "focused-visit-letter"

    def recognises(self, report: Report) -> bool:
        head = list(report.lines(1, 2))
        if not any(_TITLE.match(line.text) for line in head):
            return False
        # A full inspection's summary may have a line that begins with these words; it is no letter.
        return any(line.text.startswith("Dear ") for line in head) or bool(
            _SUMMARY.search(" ".join(line.text for line in head))
        )

    def read(self, report: Report) -> InspectionRecord:
        lines = list(report.lines())
        problems: list[Problem] = []
        at, title = _title(lines)
        introduction = _introduction(lines, at, report)
        published, unclear = _letter_date(lines[:at] + [line for line in lines[at:] if line.page == 1])
        start, end = _visit(introduction, published)
        lead = _signatory(lines, report)
        improve, found, told = _sections(lines[at + 1 :], report)
        if published is None:
            problems.append(
                Problem(
                    kind="date_unreadable",
                    field="published",
                    message=f"The letter's date is printed as {unclear!r}.",
                )
                if unclear
                else Problem(kind="field_missing", field="published", message="The letter carries no date.")
            )
        problems.extend(_doubts(start, end, published, lead))
        return InspectionRecord(
            publisher="ofsted",
            framework="focused-visit",
            form=self.name,
            body=BodyRef(name=_body_name(title, *introduction)),
            title=title,
            inspection_start=start,
            inspection_end=end,
            published=published,
            published_source="text" if published else None,
            lead_inspector=lead,
            pages=len(report.pages),
            improve=tuple(improve),
            findings=tuple(found),
            looks_back=looks_back(told, report),
            problems=tuple(problems),
        )


def _title(lines: Sequence[Line]) -> tuple[int, str]:
    """The index of the title's last line, and the title. It runs on while its weight and line spacing do."""
    start = next(index for index, line in enumerate(lines) if _TITLE.match(line.text))
    end = start
    while end + 1 < len(lines):
        last, following = lines[end], lines[end + 1]
        if (
            following.page != last.page
            or following.bold != last.bold
            or abs(following.size - last.size) > 0.6
            or last.bottom - following.top > last.height
            or following.text.startswith(("This letter", "Her Majesty", "His Majesty"))
            or _FINDINGS.match(following.text)
        ):
            break
        end += 1
    return end, " ".join(line.text for line in lines[start : end + 1])


def _introduction(lines: Sequence[Line], title_at: int, report: Report) -> list[str]:
    """The sentences between the title and the first heading."""
    below = lines[title_at + 1 : title_at + 30]
    end = next((index for index in range(len(below)) if _heading(below, index) is not None), len(below))
    return sentences(join(below[:end], report.vocabulary))


def _letter_date(lines: Sequence[Line]) -> tuple[dt.date | None, str]:
    """The letter's date; where it cannot be one ("6 November 20205"), None and what is printed."""
    unclear = ""
    for line in lines:
        if _LETTER_DATE.match(line.text):
            if found := first_date(line.text):
                return found, ""
            unclear = unclear or line.text
    return None, unclear


def _visit(told: Sequence[str], published: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of the visit. A year that is left out is the letter's, or the year before it."""
    year = published.year if published else None
    # The days stand where the letter "summarises the findings of the focused visit to … on …", or soon after.
    for sentence in sorted(told, key=lambda one: "summarises" not in one):
        if "visit" not in sentence and "summarises" not in sentence:
            continue
        start, end = period(sentence, year)
        if start and published and year and start > published and not re.search(r"\b20\d\d\b", sentence):
            start, end = period(sentence, year - 1)
        if start:
            return start, end
    return None, None


def _signatory(lines: Sequence[Line], report: Report) -> str:
    """Who signed: the name between "Yours sincerely" and the office, or before the letter's last office."""
    signed = next((i for i in range(len(lines) - 1, -1, -1) if _SINCERELY.match(lines[i].text)), None)
    if signed is not None:
        return "; ".join(_names(lines[signed + 1 : signed + 8]))
    last_pages = [line for line in lines if line.page >= len(report.pages) - 1]
    offices = [
        i for i, line in enumerate(last_pages) if i and _OFFICE.match(line.text) and len(line.text) < 60
    ]
    return _name(last_pages[offices[-1] - 1].text) if offices else ""


def _names(block: Sequence[Line]) -> list[str]:
    """The names that an office stands below; where none does, the first name."""
    signed: list[str] = []
    names = [("", True) if _OFFICE.match(line.text) else (_name(line.text), False) for line in block]
    for (name, _), (_, office) in pairwise([*names, ("", False)]):
        if name and office:
            signed.append(name)
    return signed or [name for name, _ in names if name][:1]


def _name(printed: str) -> str:
    """A person's name without the office, or "" where the line is no name."""
    name = name_alone(printed)
    is_name = 2 <= len(name.split()) <= 6 and not re.search(r"[\d@:]|\.$", name)
    return name if is_name else ""


def _sections(
    lines: Sequence[Line], report: Report
) -> tuple[list[RecommendationRecord], list[FindingRecord], list[FindingRecord | RecommendationRecord]]:
    """What stands below the title: the lists' items, the findings, and all that may look back, in order."""
    closing = next(
        (i for i, line in enumerate(lines) if _CLOSING.match(line.text) and not line.bullet), len(lines)
    )
    body = lines[:closing]
    headings = {index: text for index in range(len(body)) if (text := _heading(body, index)) is not None}
    starts = sorted(headings)
    introduction = body[: starts[0] if starts else len(body)]
    told: list[FindingRecord | RecommendationRecord] = [
        *findings(introduction, lambda _: None, report.vocabulary, first_section="Introduction")
    ]
    improve: list[RecommendationRecord] = []
    found: list[FindingRecord] = []
    for start, stop in pairwise([*starts, len(body)]):
        first, heading = _whole_heading(body, start, headings[start])
        section = body[first:stop]
        kind = _list_kind(heading)
        listed = _items(section, kind, heading, len(improve) + 1, report) if kind else []
        improve += listed
        told += listed
        if not listed:
            # A list's section without an item says that there is none, or that the earlier list stands.
            paragraphs = findings(
                section,
                lambda _: None,
                report.vocabulary,
                first_section=heading,
                first_ordinal=len(found) + 1,
            )
            found += paragraphs
            told += paragraphs
    return improve, found, told


def _heading(lines: Sequence[Line], index: int) -> str | None:
    """The heading that a line is: by its wording, or set in bold on a line of its own."""
    line = lines[index]
    if line.bullet or len(line.text) > 110 or not line.text[:1].isupper():
        return None
    if _PRIORITY.match(line.text) or _IMPROVE.match(line.text) or _FINDINGS.match(line.text):
        return line.text
    following = lines[index + 1] if index + 1 < len(lines) else None
    alone = line.bold and line.text[-1:] not in ".,;"
    if alone and (following is None or following.bold or not following.text[:1].islower()):
        return line.text
    return None


def _whole_heading(lines: Sequence[Line], index: int, text: str) -> tuple[int, str]:
    """Where the section below a heading begins, and the heading, which may take a second line of the same weight."""
    line = lines[index]
    following = lines[index + 1] if index + 1 < len(lines) else None
    runs_on = (
        following is not None
        and line.bold
        and following.bold
        and following.text[:1].islower()
        and following.size == line.size
        and text[-1:] not in "?:"
    )
    return (index + 2, f"{text} {following.text}") if runs_on and following else (index + 1, text)


def _list_kind(heading: str) -> ListKind | None:
    if _PRIORITY.match(heading):
        return "priority_action"
    return "area_for_improvement" if _IMPROVE.match(heading) else None


def _items(
    section: Sequence[Line], kind: ListKind, heading: str, first_ordinal: int, report: Report
) -> list[RecommendationRecord]:
    """A list's items: its bullets or numbers, or, in a few early letters, its paragraphs."""
    found = items(section)
    if found:
        return records(found, kind, heading, first_ordinal, report.vocabulary)
    made: list[RecommendationRecord] = []
    for paragraph in findings(section, lambda _: None, report.vocabulary, first_section=heading):
        text = paragraph.text or ""
        if text.endswith(":") or _NO_NEW_ITEM.match(text):
            continue
        made.append(
            RecommendationRecord(
                ordinal=first_ordinal + len(made),
                list_kind=kind,
                text=text,
                heading=heading,
                address=paragraph.address,
            )
        )
    return made


def _body_name(*texts: str) -> str:
    """The council as the title names it; where that names none, as the first sentence does that names one."""
    for text in texts:
        named = re.search(r"focused visit to (?:the )?(.*?)(?:\s+on\s+(?:the\s+)?\d|$)", text, re.IGNORECASE)
        if not named:
            continue
        name = _SERVICES.sub("", named[1].strip()).strip()
        while (shorter := _AUTHORITY.sub("", name)) != name:
            name = shorter
        if name.lower() not in ("", "local authority"):
            return name
    return ""


def _doubts(
    start: dt.date | None, end: dt.date | None, published: dt.date | None, lead: str
) -> Iterator[Problem]:
    if start is None or end is None:
        yield Problem(
            kind="field_missing",
            field="inspection_start",
            message="The letter does not say on which days the visit was.",
        )
    elif (end - start).days > 31 or end < start:
        yield Problem(
            kind="date_implausible",
            field="inspection_start",
            message=f"The visit is printed as {start:%d %B %Y} to {end:%d %B %Y}; a visit takes days.",
        )
    if end and published and published < end:
        yield Problem(
            kind="date_implausible",
            field="published",
            message=f"The letter is dated {published:%d %B %Y}, before the visit's last day, {end:%d %B %Y}.",
        )
    if not lead:
        yield Problem(
            kind="field_missing",
            field="lead_inspector",
            message="No inspector's name stands at the letter's end.",
        )


FORMS = (FocusedVisitLetter(),)
