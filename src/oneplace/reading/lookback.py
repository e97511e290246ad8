"""Looking back: sentences that say what became of the points of an earlier inspection.

"Not all of the recommendations made at the last inspection have been addressed." Such a sentence names an earlier
inspection or visit and a point that it made: an area for improvement, a recommendation, a weakness it identified.
That services changed since the last inspection, or how they were judged then, is not a look back at a point.

The status is what the sentence says of the point; where it only recalls it ("This was an area for improvement at the
last inspection"), what the sentences around it say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from oneplace.reading.pages import Line, around
from oneplace.reading.report import Report
from oneplace.reading.words import sentences
from oneplace.records import Address, FindingRecord, LookBackRecord, LookBackStatus, RecommendationRecord

_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_WHEN = rf"(?:in |of |from |since |during )?(?:the )?(?:(?:summer|autumn|spring|early|late|{_MONTH}) (?:of )?)?20[012]\d"
_EVENT = (
    r"(?:(?:full|short|standard|single|judgement|graded|ILACS|SIF|Ofsted|focused|focus|monitoring|joint|targeted|area|"
    r"children[’']s|services|social care|local authority|re-?|CQC|and)[ -]){0,5}"
    r"(?:inspections?|visits?|JTAIs?|reviews? by inspectors|Ofsted reports?)"
)
_EARLIER = re.compile(
    # "the last inspection", "the previous ILACS inspection", "these previous inspection visits", "the last ILACS"
    rf"\b(?:last|previous|earlier|prior|preceding|subsequent|both) (?:two |three )?(?:last )?(?:{_EVENT}|ILACS|SIF)\b"
    # "the 2019 focused visit", "the September 2016 SIF inspection", "in February 2020, a focused visit"
    rf"|\b20[012]\d,? (?:an? |the )?(?:{_EVENT}|ILACS|SIF)\b"
    # "a joint targeted inspection in 2016", "the ILACS inspection in July 2018"
    rf"|\b{_EVENT}(?: report)?(?: \([A-Z]+\))?,?(?: carried out| held| undertaken| that took place| report)? {_WHEN}"
    # "at that inspection", "the focused visit earlier this year", "identified in the JTAI", "when inspectors last visited"
    rf"|\b(?:at|from|during|in) that (?:{_EVENT})\b|\bfocused visit earlier\b"
    rf"|\b(?:identified|highlighted|raised|noted|made) (?:in|at|by|during) (?:the|a) (?:JTAI|focused visit)\b"
    r"|\binspectors last visited\b|\binspection (?:\w+ ){1,3}years? ago\b"
    # "an area for improvement in 2018", "priority actions identified in June 2022", "weakness previously identified"
    rf"|\b(?:improvement|action|development|recommendations?|identified|highlighted) {_WHEN}"
    r"|\bpreviously (?:been )?(?:identified|highlighted|raised|recommended)\b|\bprevious recommendations?\b"
)
_POINT = re.compile(
    r"\b(?:areas?|priority|priorities|practice|aspects?|actions?|issues?|weaknesses|shortfalls?|concerns?|deficits|"
    r"failings|deficiencies|problems|points|matters)\b[^.;]{0,60}?"
    r"\b(?:identified|highlighted|noted|raised|requir(?:ed|ing|e)|need(?:ed|ing)|considered|set|recommended|reported on)\b"
    r"|\b(?:identified|highlighted|noted|raised|reported|considered|recognised|recommended|required)\b[^.;]{0,90}?"
    r"\b(?:areas?|weaknesses|shortfalls?|issues|concerns|deficits|failings|weakest)\b"
    r"|\bareas? (?:for|of|requiring|needing) (?:significant |further |priority |immediate )?"
    r"(?:improvement|development|action|attention|weakness|concern|practice improvement)s?\b"
    r"|\bpriority actions?\b|\brecommendations?\b|\bas recommended\b|\b(?:was|were) (?:also )?(?:identified|highlighted|noted|raised)\b"
    r"|\b(?:these|such|similar|identified|this|those) (?:\w+ )?(?:weakness(?:es)?|shortfalls?|issues?|concerns?|deficits?|failings?)\b"
    r"|\bissues have (?:not )?(?:been|now)\b|\bfindings of\b|\bactions? (?:taken )?to address\b"
    r"|\bwhich (?:identified|found|highlighted|noted)\b|\bfound\b[^.;]{0,60}\bweaknesses\b"
    r"|\b(?:as|which) was (?:also |not )?the case\b"
    r"|\bhighlighted the need\b|\bneed (?:to|for)\b[^.;]{0,90}\b(?:noted|raised)\b",
    re.IGNORECASE,
)
# Not a point that was made: how services were judged, what leaders know of themselves, what an earlier visit led to.
_NO_POINT = re.compile(
    r"\brequires? improvement to be good, as was the case\b|\b(?:leaders|managers) (?:had|have|also) (?:\w+ )?identified\b"
    r"|\b(?:understanding|awareness|assessment|knowledge) of\b[^.;]{0,90}\bareas (?:for|of)\b"
    r"|\bresult(?:ed|ing) in\b[^.;]{0,60}\b(?:actions?|areas)\b|\bto a point where\b"
    r"|^An? [^,;.]{0,60}\b(?:identified|concluded) that\b",
    re.IGNORECASE,
)
_JUDGED = re.compile(r"\b(?:was|were) (?:judged|rated|graded)\b|\bjudged to\b", re.IGNORECASE)
_MADE = re.compile(
    r"\b(?:identified|highlighted|noted|raised|recommend\w+|areas? for (?:improvement|priority|development))\b",
    re.IGNORECASE,
)
# Cheap tests before the patterns: most paragraphs have none of these words.
_HINTS = ("inspection", "visit", "JTAI", "ecommend", "previously", "improvement", "priority action")

# Said of the points as a whole: too little was done, whatever else the sentence grants.
_HARDLY = re.compile(
    r"\b(?:too slow\w*|slow (?:progress|pace)|little (?:progress|improvement|evidence of)|insufficient (?:pace|progress)|lack of progress|"
    r"not (?:made|seen) (?:sufficient|enough) progress|(?:has|have|had) not (?:acted|improved|resulted)|not (?:been )?(?:fully|sufficiently) "
    r"(?:addressed|embedded|resolved)|not acted|fail(?:ure|ed) to|still prevalent|continues? to be (?:a feature|areas?|those|an area)|"
    r"remains? (?:an? )?areas?|has been an area (?:for|of) \w+ since|despite (?:this |it )?(?:being|having been) (?:a|an|identified|raised)\b)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\bremains? (?:an? |the |areas?|variable|inconsistent|weak|too|challeng)|\bremain\b|\bremains\b|\bstill\b"
    r"|\b(?:has|have|had|is|are|was|were) not\b(?! only)|\bnot (?:been |yet |fully |sufficient)|\bfail(?:ure|ed)\b"
    r"|\btoo slow|\bslow progress\b|\blittle progress\b|\binsufficient\b|\black of progress\b|\brepeat(?:ed)?\b"
    r"|\bcontinues? to (?:be|receive|use)\b|\bdeteriorat|\bdeclin|\bdespite (?:this )?being a\b|\bas was the case\b"
    r"|\bsimilar (?:issues|concerns)\b|\bprevalent\b|\bpersist",
    re.IGNORECASE,
)
# Progress, begun or made in part; and words that speak of a part of the points, or of something else in a neighbour.
_PROGRESS = re.compile(
    r"\bnot all\b|\bsome,? (?:progress|improvement|changes|but not)|\bvarying degrees\b|\bprogress\b|\bbegun\b|\bbeginning to\b"
    r"|\bpartly\b|\bpartial|\bsome delay\b|\bto some extent\b|\bmore to do\b|\bwork (?:has been )?ongoing\b|\bfurther strengthening\b",
    re.IGNORECASE,
)
_PART = re.compile(r"\b(?:most|many|largely|mainly|(?:vast )?majority)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:has|have|had) (?:now |all |since )?been (?:\w+ly )?(?:addressed|improved|actioned|resolved|tackled|rectified|remedied|"
    r"acted on|acted upon|dealt with|implemented|met|strengthened|sustained|responded to)\b|\baction has been taken to address all\b"
    r"|\btaken to address all\b|\bsustained (?:and|changes|improvements?)|\bsignificant and sustained\b|\bbuilt on\b"
    r"|\bpromptly\b|\bsubstantive increase\b|\bimprovement since\b|\brapid focus\b|\bsignificantly (?:improved|strengthened)\b"
    r"|\bsuccessfully\b|\bno longer\b|\bare now (?:good|effective|strong)",
    re.IGNORECASE,
)
_EFFORT = re.compile(
    r"\btaken (?:steps|action)\b|\bresponded\b|\bresponses?\b|\bin response to\b|\bplans? (?:for|to|supported)\b|\bimprovement plan\b"
    r"|\bundertaken (?:\w+ )?work\b|\bwork to address\b|\bdetermined\b|\bcommitted to\b|\bfocus(?:ed|ing)? on addressing\b",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"\b(?:improve[ds]|improvements?|improving|strengthened|stronger|better|effective(?:ly)?|strong|good|well|timely|positive|"
    r"increase[ds]? in|robust|regular|embedded|notable|significant(?:ly)? (?:improved|better)|now|appropriate(?:ly)?)\b",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(?:not|too (?:few|many|long|often|slow|variable)|insufficient(?:ly)?|lack(?:s|ing)?|inconsisten\w+|variable|varie[sd]|vary|"
    r"poor(?:ly)?|weak(?:er|ness|nesses)?|delays?|delayed|remains?|still|fails?|limited|drift|gaps?|missed|declined|less|few|"
    r"however|needs? (?:to|further)|requires? (?:further )?improvement|unclear|absent|without)\b",
    re.IGNORECASE,
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

    `passages` are the report's findings, and the items of its lists where they may look back too, in reading order.
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
    # "Since the last inspection, when services were judged …, progress has been made" recalls a grade.
    return not _JUDGED.search(sentence) or bool(_MADE.search(sentence))


def status_of(told: Sequence[str], index: int) -> LookBackStatus:
    """What became of the point, from the sentence itself or, where it only recalls the point, from its neighbours."""
    own = _verdict(told[index])
    if own is not None:
        return own
    before = told[index - 1] if index else ""
    after = told[index + 1] if index + 1 < len(told) else ""
    # "This was an area for improvement at …" speaks of the sentence before; a sentence that names its subject, of the next.
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
    if _NOT.search(said):
        return "not_addressed"
    if _DONE.search(said):
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
    """The page on which the sentence begins and the box around its lines there. `start` is its paragraph's."""
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
