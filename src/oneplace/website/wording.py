"""Days, spans, numbers and things in words, as the pages say them."""

from __future__ import annotations

import datetime as dt

from oneplace.wording import day, listed, span

__all__ = ["ago", "counted", "day", "listed", "month", "span", "thing", "things"]

_THINGS = {
    "recommendation": "Recommendation",
    "priority_action": "Priority action",
    "area_for_improvement": "Area for improvement",
    "lscb_recommendation": "For the Local Safeguarding Children Board",
    "addressed": "addressed",
    "partly": "partly addressed",
    "not_addressed": "not addressed",
    "unclear": "not clear whether addressed",
    "london_borough": "London borough",
    "city_corporation": "City of London",
    "metropolitan_district": "metropolitan borough",
    "unitary": "unitary authority",
    "county": "county council",
    "district": "district council",
    "isles_of_scilly": "Isles of Scilly",
    "combined_authority": "combined authority",
    "regional_authority": "regional authority",
    "ofsted": "Ofsted",
    "cqc": "the Care Quality Commission",
    "hmicfrs": "HM Inspectorate of Constabulary and Fire & Rescue Services",
    "hmi-prisons": "HM Inspectorate of Prisons",
    "hmi-probation": "HM Inspectorate of Probation",
    "home-office": "the Home Office",
    "local-auditors": "the council’s auditors",
    "social-housing-regulator": "the Regulator of Social Housing",
    "ombudsman": "the Local Government and Social Care Ombudsman",
    "councils": "the council’s chief finance officer",
    "audit-commission": "the Audit Commission",
    "dfe": "the Department for Education",
    "defra": "the Department for Environment, Food & Rural Affairs",
    "mhclg": "the Ministry of Housing, Communities and Local Government",
    "ons": "the Office for National Statistics",
    "oneplace": "Oneplace",
    "better": "Better",
    "worse": "Worse",
    "same": "Same",
    "not_comparable": "Not comparable",
    "not_again": "No newer inspection held",
    "first": "No earlier grade held",
    "none": "No grade held",
    "unnamed": "Not known: graded, not named by the sources held",
    "mysociety": "mySociety",
    "inspection_start": "first day of the inspection",
    "inspection_end": "last day of the inspection",
    "published": "day of publication",
    "lead_inspector": "lead inspector",
    "title": "title",
    "overall": "overall grade",
    "leadership": "leadership",
    "help_and_protection": "children who need help and protection",
    "care": "children in care",
    "care_and_leavers": "children in care and care leavers",
    "care_leavers": "care leavers",
    "adoption": "adoption",
    "lscb": "the safeguarding board",
    "send_outcome": "outcome",
}


_SEVERAL = {
    "recommendation": "Recommendations",
    "priority_action": "Priority actions",
    "area_for_improvement": "Areas for improvement",
}


def things(key: str) -> str:
    """A kind of list in words: "Areas for improvement"."""
    return _SEVERAL.get(key, thing(key))


def thing(key: str) -> str:
    """A key in words: "Area for improvement"."""
    return _THINGS.get(key, key.replace("_", " "))


def month(date: dt.date) -> str:
    """ "December 2018"."""
    return f"{date:%B %Y}"


def ago(date: dt.date, on: dt.date) -> str:
    """ "four years and two months ago", "six days ago", "today"."""
    return "today" if date == on else f"{span(date, on)} ago"


def counted(value: int, one: str, more: str | None = None) -> str:
    """ "1 council", "3 councils"."""
    return f"{value:,} {one if value == 1 else more or one + 's'}"
