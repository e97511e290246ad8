"""A small edition of what `police_crime` reads; in the real one some headings have line breaks in them."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, Table

_CSV = "recorded_crime_by_csp_ye_2025-06.csv"
_WHERE = (_CSV, "")
_WHO = (
    "Police Force Area code",
    "Police Force Area name",
    "Community Safety Partnership code",
    "Community Safety Partnership name",
    "Local Authority code",
    "Local Authority name",
)
_OFFENCES = (
    "Total recorded crime (excluding fraud)",
    "Violence against the person",
    "Homicide",
    "Death or serious injury caused by illegal driving",
    "Violence with injury",
    "Violence without injury",
    "Stalking and harassment",
    "Sexual offences",
    "Robbery",
    "Theft offences",
    "Burglary",
    "Residential burglary",
    "Non-residential burglary",
    "Vehicle offences",
    "Theft from the person",
    "Bicycle theft",
    "Shoplifting",
    "All other theft offences",
    "Criminal damage and arson",
    "Drug offences",
    "Possession of weapons offences",
    "Public order offences",
    "Miscellaneous crimes against society",
)
_ROWS = (
    ("E23000001|Metropolitan Police||||", "900,100 "),
    ("E23000001|Metropolitan Police|E22000196|Haringey|E09000014|Haringey", "33,000 "),
    ("E23000001|Metropolitan Police||Unassigned Metropolitan police||", "120 "),
    ("E23000022|Northamptonshire|E22000233|Corby|E06000061|North Northamptonshire", "5,946 "),
    ("E23000022|Northamptonshire|E22000236|Kettering|E06000061|North Northamptonshire", "8,277 "),
    ("E23000032|Kent|E22000352|Dartford and Gravesham|Combined Local Authorities|", "[x]"),
    ("E23000005|Greater Manchester||Manchester Airport||", "77 "),
    ("W15000002|Gwent|W14000001|Newport|W06000022|Newport", "12,345 "),
)


def _sheet() -> Table:
    width = len(_WHO) + len(_OFFENCES)
    above = [
        "Table C2: crimes, year ending June 2025 [note 1]",
        *(f"Line {number}" for number in range(2, 8)),
    ]
    rows = [
        [*who.split("|"), total, *(f"{number} " for number in range(1, len(_OFFENCES)))]
        for who, total in _ROWS
    ]
    return [*([line, *[""] * (width - 1)] for line in above), [*_WHO, *_OFFENCES], *rows]


PUBLICATION = Publication(
    main=_CSV,
    tables={_WHERE: _sheet()},
    records=23 + 23 * 4,
    header_row=8,
    spare=frozenset({"Police Force Area name", "Local Authority name"}),
    faults=(
        Fault(_WHERE, 9, "Police Force Area code", "E23000099", "one of E23000001", kind="code"),
        Fault(_WHERE, 10, "Local Authority code", "", "a value"),
        Fault(_WHERE, 10, "Local Authority code", "Several", "an area's code like E09000014", kind="code"),
        Fault(_WHERE, 10, "Homicide", "none", "a number or “[x]”", kind="number"),
        Fault(_WHERE, 10, "Homicide", "1,00", "a number or “[x]”", kind="number"),
        Fault(_WHERE, 14, "Community Safety Partnership code", "E22000999", "one of E22000352", kind="code"),
    ),
    without={
        "date": "the year is in the title: tests/sources/test_plain_table.py",
        "grade": "figures or places, no judgements",
    },
    free={"Community Safety Partnership code": "Most rows are of one council, whose own code says so"},
)
