"""What stands at the front of an inspection report: dates, lead inspector, the council's name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from oneplace.reading.dates import first_date, period
from oneplace.reading.pages import Line

_DATES = re.compile(r"^(?:Inspection|Re-?inspection|Review)\s*dates?\s*:?\s*", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"^(?:Report\s+)?published\s*(?:on|date)?\s*:?\s*|^Publication date\s*:?\s*", re.IGNORECASE
)
_LEAD = re.compile(r"^Lead inspectors?\s*:?\s*", re.IGNORECASE)
# Ranks and offices that follow or precede a name; the convention is the name alone.
_OFFICE = re.compile(
    r"[,;\s]*(?:\(?\b(?:Senior\s+)?(?:Her|His)\s+Majest(?:y|ies)?\s*(?:=\s*)?[’']?\s*s?\s+Inspectors?\b\)?(?:\s*\(S?HMI\))?"
    r"|\bSenior\s+HMI\b|\bS?HMI\b|\bOfsted\s+(?:Senior\s+)?Inspector\b|\bRegulatory\s+Inspection\s+Manager\b|\bSocial\s+Care\s+Regulatory\s+Inspector\b)\s*",
    re.IGNORECASE,
)


_TITLE_BEGINS = re.compile(r"(?:re-?)?inspection of |review of the effectiveness", re.IGNORECASE)
_FOOTNOTE_MARK = re.compile(r"(?<=[A-Za-z])\d{1,2}$")


def front_title(front: Sequence[Line]) -> tuple[str, str]:
    """The title as printed, and the council's name above it where there is one."""
    above: list[str] = []
    for index, line in enumerate(front):
        if not _TITLE_BEGINS.match(line.text):
            above.append(line.text)
            continue
        parts = [line.text]
        for following in front[index + 1 : index + 6]:
            if (
                abs(following.size - line.size) > 0.6
                or _DATES.match(following.text)
                or _LEAD.match(following.text)
            ):
                break
            parts.append(following.text)
        return _FOOTNOTE_MARK.sub("", " ".join(parts)), " ".join(above)
    return "", ""


def inspection_dates(front: Sequence[Line]) -> tuple[dt.date | None, dt.date | None]:
    """Start and end of the inspection as printed at the front; the period may take two lines."""
    for index, line in enumerate(front):
        if label := _DATES.match(line.text):
            text = line.text[label.end() :]
            if index + 1 < len(front) and _goes_on(text, front[index + 1]):
                text = f"{text} {front[index + 1].text}"
            found = period(text)
            if found[0]:
                return found
    return None, None


def _goes_on(text: str, following: Line) -> bool:
    """Whether the period goes on in the next line: it has no year yet, or ends in "and", "to" or a dash."""
    if _PUBLISHED.match(following.text) or _LEAD.match(following.text):
        return False
    # A day after the last year printed has its month in the next line.
    open_end = (
        not re.search(r"\d{4}", text)
        or bool(re.search(r"\d{4}\D+\d{1,2}\b(?!.*\d{4})", text))
        or bool(re.search(r"(?:\band|\bto|[–,-])\s*$", text, re.IGNORECASE))
    )
    if open_end or re.match(r"(?:and|to|–|-)\s*\d", following.text):
        return True
    # A second period of fieldwork on a line of its own.
    return bool(re.match(r"\d{1,2}\b", following.text)) and period(following.text)[0] is not None


def report_published(front: Sequence[Line]) -> dt.date | None:
    """The publication date as printed at the front, or None."""
    for index, line in enumerate(front):
        if label := _PUBLISHED.match(line.text):
            text = line.text[label.end() :]
            following = front[index + 1].text if index + 1 < len(front) else ""
            return first_date(text) or first_date(f"{text} {following}")
    return None


def name_alone(printed: str) -> str:
    """The inspector's name without rank or office."""
    name = _OFFICE.sub(" ", printed)
    return " ".join(name.split()).strip(" ,;:.–-")


def lead_inspector(lines: Sequence[Line]) -> str:
    """The lead inspector's name; two that are printed are separated by ";"."""
    for index, line in enumerate(lines):
        label = _LEAD.match(line.text)
        if not label or line.bullet:
            continue
        text = line.text[label.end() :]
        if text[:1].islower():
            continue  # a sentence about the lead inspector
        following = [each.text for each in lines[index + 1 : index + 3]]
        if not name_alone(text) and following:
            text = following.pop(0)
        if following and (re.search(r"(?:\band|&|;)\s*$", text) or following[0].startswith("and ")):
            text = f"{text} {following.pop(0)}"
        names = re.split(r";|\s+and\s+|&", text)
        if label[0].lower().startswith("lead inspectors"):
            names = [part for name in names for part in _OFFICE.sub(",", name).split(",")]
        if following and _is_name_and_office(following[0]):
            names.append(following[0])
        named = [name_alone(name) for name in names]
        return "; ".join(name for name in named if name)
    return ""


def _is_name_and_office(text: str) -> bool:
    """Whether a line is a second inspector's: a name with an office, and nothing else."""
    name = name_alone(text)
    return bool(_OFFICE.search(text)) and bool(re.fullmatch(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){1,4}", name))


_OF_COUNCIL = re.compile(
    r"Inspection of (?P<name>.+?)"
    r"(?:\s+(?:local authority|(?:(?:metropolitan|county|city|borough|district)\s+)*council))*"
    r"\s+children[’']s services",
    re.IGNORECASE,
)


def body_name(title: str, organisation: str) -> str:
    """The council as the title names it, or as printed above a title that names none."""
    named = _OF_COUNCIL.match(title)
    if named and named["name"].lower() not in ("local authority", "local authority’s"):
        return named["name"]
    return organisation


def without_contents(lines: Sequence[Line]) -> list[Line]:
    """The lines without the page of contents, whose entries read like the headings that they point to."""
    pages = {
        line.page
        for line in lines
        if len(line.text) < 14 and line.text.startswith("Contents") and re.match(r"Contents\b", line.text)
    }
    return [line for line in lines if line.page not in pages]
