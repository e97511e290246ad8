"""A small edition of what `ofsted_social_care_providers` reads, in the layout of 2025."""

from __future__ import annotations

from tests.sources.making import Fault, Publication

_FILE = "social_care_providers_2025-03-31.csv"
_TABLE = (_FILE, "")
_OVERALL = "Overall experiences and progress of children and young people"
_LEADERS = "The effectiveness of leaders and managers"
_OUTCOME = "Supported Accommodation outcome"
_HEADER = (
    "Web link|URN|Linked Education URN|Provision type|Registration date|Registration status|Name|Address 1"
    "|Address 2|Town|County|Postcode|Ofsted Region|Government Office Region|Local authority"
    "|Parliamentary constituency|Sector|Places|Supported accommodation premises"
    "|Short-break-only children's home|Multi Building Children's Home|Organisation which owns the provider"
    "|Latest Full inspection event type|Latest full inspection date|Latest full inspection publication date"
    f"|Latest full inspection event number|{_OVERALL}|Outcomes in education and related learning activities"
    f"|Health services|How well children and young people are helped and protected|{_LEADERS}|{_OUTCOME}||"
)
_HIDDEN = dict.fromkeys(("Name", "Address 1", "Address 2", "Town", "County", "Postcode"), "REDACTED")
_DAY = "Latest full inspection date"
_OUT = "Latest full inspection publication date"
_TYPE = "Latest Full inspection event type"
_NUMBER = "Latest full inspection event number"
_SAFE = "How well children and young people are helped and protected"
_OWNER = "Organisation which owns the provider"
_LONDON = {"Ofsted Region": "London", "Government Office Region": "London", "Sector": "Private"}
_ROWS: tuple[dict[str, str], ...] = (
    {
        **_HIDDEN, **_LONDON, "URN": "SC900001", "Provision type": "Children's Home",
        "Registration date": "01/05/2004", "Registration status": "Active", "Local authority": "Haringey",
        "Places": "6", "Short-break-only children's home": "Short breaks only",
        "Multi Building Children's Home": "Y", _OWNER: "Mary Owner", _TYPE: "Full inspection",
        _DAY: "05/11/2024", _OUT: "14/01/2025", _NUMBER: "10900001", _OVERALL: "Good",
        _SAFE: "Requires improvement to be good", _LEADERS: "Good",
    },
    {
        **_HIDDEN, **_LONDON, "URN": "2900002", "Provision type": "Supported Accommodation",
        "Registration date": "12/09/2023", "Registration status": "Active", "Name": "Priya Landlord",
        "Local authority": "Camden", "Places": "12", "Supported accommodation premises": "3",
        _OWNER: "Priya Landlord", _TYPE: "Full inspection", _DAY: "15/01/2025", _OUT: "21/02/2025",
        _NUMBER: "10900002", _OUTCOME: "Inconsistent quality of service delivery",
    },
    {
        "URN": "SC900003", "Provision type": "Independent Fostering Agency",
        "Registration date": "17/09/2013", "Registration status": "Suspended", "Name": "Fen Fostering",
        "Address 1": "12 Garden Lane", "Address 2": "Upstairs", "Town": "Ely", "Postcode": "CB1 1AA",
        "Ofsted Region": "East of England", "Government Office Region": "East of England",
        "Local authority": "Cambridgeshire", "Sector": "Voluntary", _OWNER: "Fen Fostering Limited",
    },
    {
        **_HIDDEN, "URN": "SC900004", "Linked Education URN": "900123",
        "Provision type": "Secure children's home", "Registration date": "30/06/1999",
        "Registration status": "Active", "Government Office Region": "North East",
        "Local authority": "Durham", "Sector": "Local Authority", "Places": "20",
        _TYPE: "Monitoring inspection", _DAY: "03/12/2024", _OUT: "15/01/2025", _NUMBER: "1.09E+07",
        _OVERALL: "Good", "Outcomes in education and related learning activities": "Outstanding",
        "Health services": "Not judged", _SAFE: "Good", _LEADERS: "Inadequate",
    },
    {
        **_HIDDEN, "URN": "2900005", "Provision type": "Supported Accommodation",
        "Registration date": "10/01/2025", "Registration status": "Active", "Name": "Border Housing Ltd",
        "Government Office Region": "Wales", "Local authority": "Newport", "Sector": "Private",
        "Places": "0", "Supported accommodation premises": "2",
    },
)  # fmt: skip


def _line(text: str) -> list[str]:
    return text.split("|")


_WIDTH = len(_line(_HEADER))
PUBLICATION = Publication(
    main=_FILE,
    tables={
        _TABLE: [
            ["A made-up table – Provider level as at 31 March 2025", *[""] * (_WIDTH - 1)],
            ["It has one table.", *[""] * (_WIDTH - 1)],
            ["Some cells are empty.", *[""] * (_WIDTH - 1)],
            _line(_HEADER),
            *([row.get(name, "") for name in _line(_HEADER)] for row in _ROWS),
        ]
    },
    records=5 + 3,
    header_row=4,
    ended=False,
    spare=frozenset(
        {
            "", "Web link", "Address 1", "Address 2", "Town", "County", "Ofsted Region",
            "Parliamentary constituency", "Organisation which owns the provider",
        }
    ),
    personal=("Mary Owner", "Priya Landlord", "12 Garden Lane", "Upstairs"),
    faults=(
        Fault(_TABLE, 5, "URN", "12", "a number like SC037454", kind="code"),
        Fault(_TABLE, 6, "URN", "SC900001", "a provider once (row 5 has it too)", kind="duplicate"),
        Fault(_TABLE, 5, "Provision type", "Castle", "one of Adoption support agency"),
        Fault(_TABLE, 5, "Registration status", "Asleep", "one of Active"),
        Fault(_TABLE, 5, "Sector", "Black market", "one of Academy"),
        Fault(_TABLE, 5, "Short-break-only children's home", "Tea breaks", "one of Yes"),
        Fault(_TABLE, 5, "Multi Building Children's Home", "N", "one of Y"),
        Fault(_TABLE, 5, _TYPE, "Drop-in", "one of Full inspection"),
        Fault(_TABLE, 5, "Registration date", "01/01/1900", "a date from 1965-04-01", kind="date"),
        Fault(_TABLE, 5, "Places", "many", "a number of at most four figures", kind="number"),
        Fault(_TABLE, 5, "Local authority", "", "a value"),
        Fault(_TABLE, 5, "Latest full inspection publication date", "04/11/2024", "on or after the inspection"),
        Fault(_TABLE, 6, _OUTCOME, "Splendid", "one of “Consistently strong service delivery”", kind="grade"),
        Fault(_TABLE, 6, _LEADERS, "Good", "nothing, as “Inspection of supported accommodation” has no such grade"),
        Fault(_TABLE, 5, _LEADERS, "Adequate", "“Requires improvement to be good”", kind="grade"),
        Fault(_TABLE, 5, _OUTCOME, "Serious or widespread weaknesses", "” has no such grade"),
        Fault(_TABLE, 7, _LEADERS, "Good", "nothing, as no day of an inspection is given"),
    ),
    free=dict.fromkeys(("Linked Education URN", _NUMBER), "It is carried as printed and joins nothing"),
    latin="The editions of 2022 and 2024 are not UTF-8",
)  # fmt: skip
