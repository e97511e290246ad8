"""A small edition of what `ofsted_schools` reads, in the layout since November 2025."""

from __future__ import annotations

from tests.sources.making import Fault, Publication

_FILE = "Management_information_-_state-funded_schools_-_latest_inspections_as_at_31_Jan_2026.csv"
_TABLE = (_FILE, "")
_AREAS = (
    ("Safeguarding standards", "Safeguarding standards"),
    ("Inclusion", "Inclusion"),
    ("Curriculum and teaching", "Curriculum and teaching"),
    ("Achievement", "Achievement"),
    ("Attendance and behaviour", "Attendance and behaviour"),
    ("Personal development and wellbeing", "Personal development and wellbeing"),
    ("Early years (where applicable)", "Early years"),
    ("Post-16 provision (where applicable)", "Post-16 provision"),
    ("Leadership and governance", "Leadership and governance"),
)
_SPARE = (
    "Web Link (opens in new window)", "Admissions policy", "Sixth form", "Designated religious character",
    "Religious ethos", "Faith grouping", "Ofsted region", "Region", "Parliamentary constituency",
    "Multi-academy trust UID", "Multi-academy trust name", "Academy sponsor UID", "Academy sponsor name",
    "The income deprivation affecting children index (IDACI) quintile", "Statutory lowest age",
    "Statutory highest age", "Inspection type grouping", "Event type grouping",
    "Does the latest full inspection relate to the URN of the current school?",
    "LAESTAB at time of latest full inspection", "School type at time of latest full inspection",
    "Most recent category of concern",
)  # fmt: skip
_OEIF = (
    "Latest OEIF category of concern", "Latest OEIF overall effectiveness",
    "Latest OEIF quality of education", "Latest OEIF behaviour and attitudes",
    "Latest OEIF personal development", "Latest OEIF effectiveness of leadership and management",
    "Latest OEIF safeguarding is effective?", "Latest OEIF early years provision (where applicable)",
    "Latest OEIF sixth form provision (where applicable)",
)  # fmt: skip
_DAY = "Inspection start date"
_GRADED = "Inspection start date of latest OEIF graded inspection"
_UNGRADED = "Date of latest ungraded inspection"
_WAS = "URN at time of latest OEIF graded inspection"
_OUTCOME = "Ungraded inspection overall outcome"
_HEADER = [
    "URN", "LAESTAB", "School name", "Ofsted phase", "Type of education", "School open date",
    "Local authority", "Postcode", "Total number of pupils", *_SPARE,
    "Inspection number of latest full inspection", "Inspection type", _DAY, "Publication date",
    "URN at time of latest full inspection", "School name at time of latest full inspection",
    "Category of concern",
    *(heading for area, short in _AREAS for heading in (area, f"{short} - date of grade")),
    "Inspection number of latest OEIF graded inspection", "Inspection type of latest OEIF graded inspection",
    _GRADED, "Publication date of latest OEIF graded inspection", _WAS,
    "School name at time of latest OEIF graded inspection", *_OEIF, "Latest ungraded inspection number",
    _UNGRADED, "Ungraded inspection publication date", "URN at time of the ungraded inspection",
    "School name at time of the ungraded inspection", _OUTCOME,
]  # fmt: skip


def _row(cells: dict[str, str]) -> list[str]:
    return [cells.get(name, "NULL") for name in _HEADER]


_CARD = {
    "URN": "900001", "LAESTAB": "3094001", "School name": "Marsh School", "Ofsted phase": "Secondary",
    "Type of education": "Academy Converter", "School open date": "01/09/2011", "Local authority": "Haringey",
    "Postcode": "N15 4AA", "Total number of pupils": "812", "Academy sponsor name": "Sir Ada Sponsor",
    "Inspection number of latest full inspection": "10400001", "Inspection type": "Full inspection",
    _DAY: "02/12/2025", "Publication date": "20/01/2026", "URN at time of latest full inspection": "900001",
    "School name at time of latest full inspection": "Marsh School",
    **{area: "Expected standard" for area, _ in _AREAS},
    **{f"{short} - date of grade": "02/12/2025" for _, short in _AREAS},
    "Safeguarding standards": "Met", "Inclusion": "Strong standard",
    "Attendance and behaviour": "Needs attention", "Early years (where applicable)": "NULL",
    "Early years - date of grade": "NULL", "Achievement - date of grade": "20/01/2026",
}  # fmt: skip
_FOLLOWED = {
    "URN": "900002", "LAESTAB": "2024002", "School name": "Fen Academy", "Ofsted phase": "Primary",
    "Type of education": "Academy Sponsor Led", "School open date": "01/04/2023", "Local authority": "Camden",
    "Postcode": "NW1 1AA", "Total number of pupils": "199",
    "Inspection number of latest OEIF graded inspection": "10200002",
    "Inspection type of latest OEIF graded inspection": "S5 Inspection", _GRADED: "14/01/2020",
    "Publication date of latest OEIF graded inspection": "12/02/2020", _WAS: "900003",
    "School name at time of latest OEIF graded inspection": "Fen School",
    "Latest OEIF category of concern": "SM", "Latest OEIF overall effectiveness": "4",
    "Latest OEIF quality of education": "4", "Latest OEIF behaviour and attitudes": "3",
    "Latest OEIF personal development": "2", "Latest OEIF effectiveness of leadership and management": "4",
    "Latest OEIF safeguarding is effective?": "No",
    "Latest OEIF early years provision (where applicable)": "3",
    "Latest OEIF sixth form provision (where applicable)": "9",
}  # fmt: skip
_TWIN = {**_FOLLOWED, "URN": "900004", "LAESTAB": "2024004", "School name": "Fen Infants"}
_KEPT = {
    "URN": "900005", "LAESTAB": "2024005", "School name": "Dike School", "Ofsted phase": "Primary",
    "Type of education": "Community School", "Local authority": "Camden", "Postcode": "NW1 2BB",
    "Inspection number of latest OEIF graded inspection": "10300005",
    "Inspection type of latest OEIF graded inspection": "S5 Inspection", _GRADED: "17/09/2024",
    "Publication date of latest OEIF graded inspection": "22/10/2024", _WAS: "900005",
    "Latest OEIF overall effectiveness": "Not judged", "Latest OEIF quality of education": "1",
    "Latest OEIF behaviour and attitudes": "1", "Latest OEIF personal development": "1",
    "Latest OEIF effectiveness of leadership and management": "2",
    "Latest OEIF safeguarding is effective?": "Yes", "Latest ungraded inspection number": "10350005",
    _UNGRADED: "04/03/2025", "Ungraded inspection publication date": "01/04/2025",
    "URN at time of the ungraded inspection": "900005", _OUTCOME: "Standards maintained",
}  # fmt: skip
PUBLICATION = Publication(
    main=_FILE,
    tables={_TABLE: [_HEADER, *(_row(each) for each in (_CARD, _FOLLOWED, _TWIN, _KEPT))]},
    # Four schools and the one before two of them; a report card and a later grade, a graded inspection that
    # two schools share, and a graded and an ungraded one.
    records=5 + 2 + 1 + 2,
    spare=frozenset(_SPARE),
    personal=("Sir Ada Sponsor",),
    faults=(
        Fault(_TABLE, 2, "URN", "12", "a school's number, of six figures", kind="code"),
        Fault(_TABLE, 3, "URN", "900001", "a school once (row 2 has it too)", kind="duplicate"),
        Fault(_TABLE, 2, "Local authority", "", "a value"),
        Fault(_TABLE, 2, "Total number of pupils", "lots", "a number of at most five figures", kind="number"),
        Fault(_TABLE, 2, "School open date", "01/01/1900", "a date from 1965-04-01", kind="date"),
        Fault(_TABLE, 2, _DAY, "2025-12-02", "a date like 31/03/2024"),
        Fault(_TABLE, 2, "Publication date", "01/12/2025", "on or after the inspection of 2025-12-02"),
        Fault(_TABLE, 2, "Inclusion", "Marvellous", "one of “Exceptional”, “Strong standard”", kind="grade"),
        Fault(_TABLE, 2, "Inclusion", "2", "one of “Exceptional”, “Strong standard”", kind="grade"),
        Fault(_TABLE, 2, "Achievement - date of grade", "01/12/2025", "on or after the inspection"),
        Fault(_TABLE, 3, _WAS, "ninety", "a school's number, of six figures", kind="code"),
        Fault(
            _TABLE, 3, "Latest OEIF quality of education", "5", "one of “Outstanding”, “Good”", kind="grade"
        ),
        Fault(_TABLE, 5, "Latest OEIF overall effectiveness", "1", "” has no such grade"),
        Fault(_TABLE, 5, _OUTCOME, "Good", "one of School remains Outstanding", kind="grade"),
        Fault(_TABLE, 3, "Latest ungraded inspection number", "10", "nothing, as no day of an inspection"),
    ),
    free=dict.fromkeys(
        (
            "LAESTAB",
            "Inspection number of latest full inspection",
            "Inspection number of latest OEIF graded inspection",
            "Latest ungraded inspection number",
        ),
        "It is carried as printed and joins nothing",
    ),
    latin="Some editions are not UTF-8",
)
