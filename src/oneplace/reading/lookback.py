"""Looking back: sentences that say what became of the points of an earlier inspection.

"Not all of the recommendations made at the last inspection have been addressed." Such a sentence names an
earlier inspection or visit and a point that it made: an area for improvement, a recommendation, a weakness
it identified. That services changed since the last inspection, or how they were judged then, is not a look
back at a point.

The status is what the sentence says of the point; where it only recalls it ("This was an area for
improvement at the last inspection"), what the sentences around it say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from oneplace.reading.pages import Line, around
from oneplace.reading.report import Report
from oneplace.reading.words import sentences
from oneplace.records import Address, FindingRecord, LookBackRecord, LookBackStatus, RecommendationRecord


def _any(*alternatives: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """One pattern of several, each at the edges of words."""
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b", flags)


_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_WHEN = (
    r"(?:in |of |from |since |during )?(?:the )?"
    rf"(?:(?:summer|autumn|spring|early|late|{_MONTH}) (?:of )?)?20[012]\d"
)
_EVENT = (
    r"(?:(?:full|short|standard|single|judgement|graded|ILACS|SIF|Ofsted|focused|focus|monitoring|joint"
    r"|targeted|area|"
    r"children[’']s|services|social care|local authority|re-?|CQC|and)[ -]){0,5}"
    r"(?:inspections?|visits?|JTAIs?|Ofsted reports?)"
)
# An earlier inspection or visit. Case counts: "May 2018" is a month, "may 2018 …" is not.
_EARLIER = _any(
    # the last inspection; these previous inspection visits; the last ILACS
    rf"(?:last|previous|earlier|prior|preceding|subsequent|both) (?:two |three )?(?:last )?(?:{_EVENT}"
    rf"|ILACS|SIF)",
    # the 2019 focused visit; the September 2016 SIF inspection; in February 2020, a focused visit
    rf"20[012]\d,? (?:an? |the )?(?:{_EVENT}|ILACS|SIF)",
    # a joint targeted inspection in 2016; the ILACS inspection in July 2018
    rf"{_EVENT}(?: report)?(?: \([A-Z]+\))?,?(?: carried out| held| undertaken| that took place)? {_WHEN}",
    # at that inspection; the focused visit earlier this year; identified in the JTAI
    rf"(?:at|from|during|in) that {_EVENT}",
    r"focused visit earlier",
    r"(?:identified|highlighted|raised|noted|made) (?:in|at|by|during) (?:the|a) (?:JTAI|focused visit)",
    r"inspectors last visited",
    r"inspection (?:\w+ ){1,3}years? ago",
    # an area for improvement in 2018; identified in June 2022; weakness previously identified
    rf"(?:improvement|action|development|recommendations?|identified|highlighted) {_WHEN}",
    r"(?:weakness(?:es)?|improvement|shortfalls|concerns?|deficits|failings) (?:that were )?previously identified",
    r"previously identified (?:weakness(?:es)?|shortfalls|deficits|failings|areas (?:for|of) (?:improvement|weakness))",
    flags=0,
)
_FAULTS = (
    r"(?:weakness(?:es)?|gaps?|shortfalls?|issues?|concerns?|deficits?|failings?|deficiencies|problems?)"
)
_FOUND = (
    r"(?:identified|highlighted|noted|raised|recommended|considered|set|reported on|"
    r"requir(?:ed|ing|e)|need(?:ed|ing))"
)
# A point that it made.
_POINT = _any(
    rf"(?:areas?|priority|priorities|practice|aspects?|actions?|points|matters"
    rf"|{_FAULTS})\b[^.;]{{0,60}}?\b{_FOUND}",
    r"(?:identified|highlighted|noted|raised|reported|considered|recognised|recommended"
    r"|required)\b[^.;]{0,90}?"
    rf"\b(?:areas?|weakest|{_FAULTS})",
    r"areas? (?:for|of|requiring|needing) (?:significant |further |priority |immediate |practice )?"
    r"(?:improvement|development|action|attention|weakness|concern)s?",
    r"priority actions?",
    r"recommendations?",
    r"as recommended",
    r"(?:was|were) (?:also )?(?:identified|highlighted|noted|raised)",
    rf"(?:these|such|similar|identified|this|those) (?:\w+ )?{_FAULTS}",
    r"issues have (?:not )?(?:been|now)",
    r"(?:last|previous) (?:\w+ ){0,2}(?:inspection|visit)\b[^.;]{0,20}\b(?:identified|highlighted|raised"
    r"|recommended)",
    r"findings (?:of|from)",
    r"actions? (?:taken )?to address",
    r"which (?:identified|found|highlighted|noted)",
    r"found\b[^.;]{0,60}\bweaknesses",
    r"(?:as|which) was (?:also |not )?the case",
    r"highlighted the need",
    r"need (?:to|for)\b[^.;]{0,90}\b(?:noted|raised)",
)
# Not a point that was made: what leaders know of themselves, what a visit led to, a grade that stands.
_NO_POINT = _any(
    r"requires? improvement to be good, as was the case",
    r"(?:leaders|managers) (?:had|have|also) (?:\w+ )?identified",
    r"(?:understanding|awareness|assessment|knowledge) of\b[^.;]{0,90}\bareas (?:for|of)",
    r"result(?:ed|ing) in\b[^.;]{0,60}\b(?:actions?|areas)",
    r"to a point where",
    r"good practice\b[^.;]{0,40}\bidentified",
    r"areas where\b[^.;]{0,40}\b(?:is|are) (?:needed|required)",
    r"Inspectorate of Constabulary",
)
_FOUND_THEN = re.compile(r"^An? [^,;.]{0,60}\b(?:identified|concluded) that\b")
_JUDGED = _any(r"(?:was|were) (?:judged|rated|graded)", r"judged to")
_MADE = _any(
    r"identified|highlighted|noted|raised|recommend\w+", r"areas? for (?:improvement|priority|development)"
)
# Cheap tests before the patterns: most paragraphs have none of these words.
_HINTS = ("inspection", "visit", "JTAI", "ecommend", "previously", "improvement", "priority action")

# Said of the points as a whole: too little was done, whatever else the sentence grants.
_HARDLY = _any(
    r"too slow\w*",
    r"remain(?:s|ed|ing)? (?:incomplete|outstanding|unmet|unresolved)",
    r"too many\b[^.;]{0,120}\bnot (?:been )?(?:\w+ )?(?:addressed|resolved|completed|implemented)",
    r"struggled to (?:make progress|address|improve)",
    r"slow (?:progress|pace)",
    r"little (?:progress|improvement|evidence of)",
    r"insufficient (?:pace|progress)",
    r"lack of progress",
    r"not (?:made|seen) (?:sufficient|enough) progress",
    r"(?:has|have|had) not (?:acted|improved|resulted)",
    r"not (?:been )?(?:fully|sufficiently|successfully|effectively) (?:addressed|embedded|resolved)",
    r"not acted",
    r"fail(?:ure|ed) to",
    r"still prevalent",
    r"continues? to be (?:a feature|areas?|those|an area)",
    r"remains? (?:an? )?areas?",
    r"has been an area (?:for|of) \w+ since",
    r"despite (?:this |it )?(?:being|having been) (?:a|an|identified|raised)",
)
_NOT = _any(
    r"remains?|still|repeat(?:ed)?|prevalent|persist\w*|insufficient|deteriorat\w+|declin\w+"
    r"|similar (?:issues|concerns)",
    r"(?:has|have|had|is|are|was|were) not(?! only)",
    r"not (?:been|yet|fully|sufficient\w*)",
    r"fail(?:ure|ed)",
    r"continues? to (?:be|receive|use)",
    r"as was the case",
)
# Progress, begun or made in part; then words for a part of the points, which mean little in a neighbour.
_PROGRESS = _any(
    r"not all|progress|begun|beginning to|partly|partial\w*|more to do|to some extent|varying degrees",
    r"some,? (?:progress|improvement|changes|delay|but not)",
    r"work (?:has been )?ongoing",
    r"further strengthening",
)
_PART = _any(r"most|many|largely|mainly|majority")
_DONE = _any(
    r"(?:has|have|had) (?:now |all |since )?been (?:\w+ly )?(?:addressed|improved|actioned|resolved"
    r"|tackled|rectified|"
    r"remedied|acted (?:up)?on|dealt with|implemented|met|strengthened|sustained|responded to)",
    r"(?:has|have) (?:now |since |fully |successfully |effectively |largely )*"
    r"(?:addressed|resolved|tackled|rectified|remedied|acted (?:up)?on|implemented|strengthened|improved)",
    r"(?:action has been )?taken to address all",
    r"sustained (?:and|changes|improvements?)",
    r"promptly|built on|successfully|no longer|rapid focus|substantive increase|improvement (?:since|from"
    r"|on)",
    r"significantly (?:improved|strengthened)",
    r"are now (?:good|effective|strong)",
)
_EFFORT = _any(
    r"taken (?:steps|action)|responded|responses?|improvement plan|work to address|determined|committed to",
    r"plans? (?:for|to|supported)",
    r"undertaken (?:\w+ )?work",
    r"focus(?:ed|ing)? on addressing",
    r"too (?:soon|early)",
)
_GOOD = _any(
    r"improve[ds]|improvements?|improving|strengthened|stronger|better|effective(?:ly)?|strong|good|well"
    r"|timely|positive",
    r"increase[ds]? in|robust|regular|embedded|notable|now|appropriate(?:ly)?",
)
_BAD = _any(
    r"not|too (?:few|many|long|often|slow|variable)|insufficient(?:ly)?|lack(?:s|ing)?|inconsisten\w+"
    r"|variable|varie[sd]",
    r"vary|poor(?:ly)?|weak(?:er|ness|nesses)?|delays?|delayed|remains?|still|fails?|limited|drift|gaps?"
    r"|missed|declined",
    r"less|few|however|needs? (?:to|further)|requires? (?:further )?improvement|unclear|absent|without",
)
_ANAPHORA = re.compile(r"^(?:However, |While )?(?:This|These|It|That|Both|They)\b", re.IGNORECASE)
# What the earlier inspection found is not what became of it.
_RECALLED = re.compile(
    r"\b(?:which|that) (?:had )?(?:identified|found|highlighted|noted) that\b.*$", re.IGNORECASE
)
_WAS_NOT_SO = re.compile(r",? which was not the case\b", re.IGNORECASE)


def looks_back(
    passages: Iterable[FindingRecord | RecommendationRecord], report: Report
) -> tuple[LookBackRecord, ...]:
    """The sentences that look back at an earlier inspection's points, each with its page and box.

    `passages` are the report's findings, and its lists' items where they may look back too, in reading order.
    """
    made: list[LookBackRecord] = []
    for passage in passages:
        text = passage.text or ""
        if not any(hint in text for hint in _HINTS) or not _EARLIER.search(text):
            continue
        told = sentences(text)
        for index, sentence in enumerate(told):
            if is_look_back(sentence):
                made.append(
                    LookBackRecord(
                        ordinal=len(made) + 1,
                        text=sentence,
                        status=status_of(told, index),
                        address=_place(sentence, passage.address, report),
                    )
                )
    return tuple(made)


def is_look_back(sentence: str) -> bool:
    """Whether a sentence recalls a point that an earlier inspection or visit made."""
    if not _EARLIER.search(sentence) or not _POINT.search(sentence) or _NO_POINT.search(sentence):
        return False
    if _FOUND_THEN.match(sentence):
        return False
    # "Since the last inspection, when services were judged …, progress has been made" recalls a grade.
    return not _JUDGED.search(sentence) or bool(_MADE.search(sentence))


def status_of(told: Sequence[str], index: int) -> LookBackStatus:
    """What became of the point: by the sentence itself or, where it only recalls it, its neighbours."""
    own = _verdict(told[index])
    if own is not None:
        return own
    before = told[index - 1] if index else ""
    after = told[index + 1] if index + 1 < len(told) else ""
    # "This was an area for improvement at …" speaks of the sentence before; one with a subject, of the next.
    neighbours = (before, after) if _ANAPHORA.match(told[index]) else (after, before)
    for neighbour in neighbours:
        if neighbour and (found := _verdict(neighbour, neighbour=True) or _tone(neighbour)):
            return found
    return "unclear"


def _verdict(sentence: str, *, neighbour: bool = False) -> LookBackStatus | None:
    """What the sentence says became of the point, or None where it only recalls it."""
    said = _RECALLED.sub("", sentence)
    if _WAS_NOT_SO.search(said):
        return "partly" if _BAD.search(_WAS_NOT_SO.sub("", said)) else "addressed"
    if _HARDLY.search(said) and not re.search(r"\bnot all\b", said, re.IGNORECASE):
        return "not_addressed"
    if _PROGRESS.search(said) or (_PART.search(said) and not neighbour):
        return "partly"
    done = _DONE.search(said)
    if _NOT.search(said):
        return "partly" if done else "not_addressed"
    if done:
        return "addressed"
    return "unclear" if _EFFORT.search(said) else None


def _tone(sentence: str) -> LookBackStatus | None:
    """Whether a neighbouring sentence tells of good practice, of bad, or of both."""
    good, bad = bool(_GOOD.search(sentence)), bool(_BAD.search(sentence))
    if good and bad:
        return "partly"
    if bad:
        return "not_addressed"
    return "addressed" if good else None


def _place(sentence: str, start: Address, report: Report) -> Address:
    """The page on which a sentence begins and the box around its lines there; `start` is its paragraph's."""
    if start.page is None:
        return start
    for page in report.pages[start.page - 1 : start.page + 1]:
        if found := _lines_of(sentence, page.lines):
            return Address(page=page.number, box=around([line.box for line in found]))
    return start


def _lines_of(sentence: str, lines: Sequence[Line]) -> list[Line]:
    """The lines that hold the sentence's beginning and as much of the rest as stands on the page."""
    offsets: list[int] = []
    text = ""
    for line in lines:
        offsets.append(len(text))
        text += line.text + ("" if line.broken else " ")
    words = sentence.split()
    for count in (6, 4):
        at = text.find(" ".join(words[:count]))
        if at >= 0:
            end = at + len(sentence)
            return [
                line
                for line, offset in zip(lines, offsets, strict=True)
                if offset < end - 1 and offset + len(line.text) > at
            ]
    return []
