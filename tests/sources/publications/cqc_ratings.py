"""A small edition of what `cqc_ratings` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication, Table

_ODS = "01_October_2025_Latest_ratings.ods"
_LOCATIONS, _PROVIDERS = (_ODS, "Locations"), (_ODS, "Providers")
_HEADER = (
    "Location ID|Location ODS Code|Location Name|Care Home?|Location Type|Location Primary Inspection Category"
    "|Location Street Address|Location Address Line 2|Location City|Location Post Code|Location Local Authority"
    "|Location Region|Location NHS Region|Location ONSPD CCG Code|Location ONSPD CCG"
    "|Location Commissioning CCG Code|Location Commissioning CCG Name|Service / Population Group|Domain"
    "|Latest Rating|Publication Date|Report Type|Inherited Rating (Y/N)|URL|Provider ID|Provider Name|Brand ID"
    "|Brand Name"
)
_PROVIDER_HEADER = (
    "Provider ID|Provider ODS Code|Provider Name|Provider Type|Provider Primary Inspection Category"
    "|Provider Street Address|Provider Address Line 2|Provider City|Provider Post Code|Provider Local Authority"
    "|Provider Region|Provider NHS Region|Service / Population Group|Domain|Latest Rating|Publication Date"
    "|Report Type|Inherited Rating (Y/N)|URL|Brand ID|Brand Name"
)
_SPARE = frozenset(
    heading
    for header in (_HEADER, _PROVIDER_HEADER)
    for heading in header.split("|")
    if any(word in heading for word in ("Street", "Line 2", "City", "Region", "CCG", "Report Type", "Brand"))
)
_HOME = (
    "1-900000001|VZZ01|Larkspur House|Y|Social Care Org|Residential social care|1 Made Up Road||Tottenham|N15 4QQ"
    "|Haringey|London|London|E38|A board|E38|A board|{}|{}|{}|{}|Location|{}|https://example.org/1-900000001"
    "|1-800000001|Mr Zebedee Quillfeather & Mrs Ada Quillfeather|-|-"
)
_SURGERY = (
    "1-900000002|VZZ02|The Made Up Surgery|N|Primary Medical Services|GP Practices|2 Made Up Road||Barnsley|S70 2QQ"
    "|Barnsley|North|North|E38|A board|E38|A board|{}|{}|{}|{}|Location|{}|https://example.org/1-900000002"
    "|1-800000002|Larkspur Medical Limited|BD001|BRAND Larkspur"
)
_TRUST = (
    "RZZ|RZZ|Made Up Hospitals NHS Foundation Trust|NHS Healthcare Organisation"
    "|Acute hospital - NHS non-specialist|3 Made Up Road||Leeds|LS1 1QQ|Leeds|North|North|{}|{}|{}|{}|Provider|N"
    "|https://example.org/RZZ|-|-"
)
_SOLE = (
    "1-800000003|-|Zebulon Quillfeather|Social Care Org|Residential social care|9 Private Lane||Leeds|LS9 9ZQ|Leeds"
    "|North|North|Overall|Overall|Good|01/02/2016|Provider|N||-|-"
)


def _sheet(header: str, *rows: str) -> Table:
    width = header.count("|")
    return [line.split("|") for line in ("Ratings as at 1 October 2025" + "|" * width, header, *rows)]


PUBLICATION = Publication(
    main=_ODS,
    tables={
        _LOCATIONS: _sheet(
            _HEADER,
            _HOME.format("Overall", "Overall", "Requires improvement", "31/10/2019", "N"),
            _HOME.format("Overall", "Safe", "Requires improvement", "31/10/2019", "N"),
            _HOME.format("Overall", "Well-led", "Good", "31/10/2019", "N"),
            _HOME.format("Overall", "Caring", "Outstanding", "02/03/2017", ""),
            # The same day has another overall rating: both stay.
            _HOME.format("Overall", "Overall", "Good", "31/10/2019", "N"),
            _SURGERY.format("Overall", "Overall", "Good", "05/02/2024", "Y"),
            _SURGERY.format("Older people", "Safe", "Inadequate", "05/02/2024", "Y"),
            _SURGERY.format("Older people", "Effective", "Insufficient evidence to rate", "05/02/2024", "Y"),
        ),
        _PROVIDERS: _sheet(
            _PROVIDER_HEADER,
            _TRUST.format("Overall", "Overall", "Good", "01/02/2020"),
            _TRUST.format("Maternity", "Safe", "Inspected but not rated", "01/02/2020"),
            _SOLE,
        ),
    },
    # Four providers and two locations; three inspections of the home, and one of each of the others.
    records=4 + 2 + 3 + 1 + 1 + 1,
    header_row=2,
    spare=_SPARE,
    personal=("Quillfeather", "LS9 9ZQ", "Private Lane"),
    faults=(
        Fault(
            _LOCATIONS,
            3,
            "Latest Rating",
            "Splendid",
            "one of “Outstanding”, “Good”, “Requires improvement”",
            kind="grade",
        ),
        Fault(_LOCATIONS, 4, "Latest Rating", "", "a value"),
        Fault(_LOCATIONS, 4, "Publication Date", "01/01/1900", "a date from", kind="date"),
        Fault(_LOCATIONS, 4, "Publication Date", "13/31/2019", "a date like 31/03/2024"),
        Fault(_LOCATIONS, 5, "Domain", "Lovely", "one of Overall, Safe, Effective"),
        Fault(_LOCATIONS, 8, "Care Home?", "Perhaps", "one of Y, N"),
        Fault(
            _LOCATIONS, 3, "Location ID", "Larkspur", "a number of the Care Quality Commission", kind="code"
        ),
        Fault(_LOCATIONS, 3, "Location ID", "", "a value"),
        Fault(_LOCATIONS, 8, "Provider ID", "none", "a number of the Care Quality Commission", kind="code"),
        Fault(_LOCATIONS, 3, "Inherited Rating (Y/N)", "?", "Y, N or an empty cell"),
        Fault(_PROVIDERS, 3, "Latest Rating", "Bad", "one of “Outstanding”, “Good”", kind="grade"),
        Fault(_PROVIDERS, 4, "Service / Population Group", "", "a value"),
    ),
    without={"number": "no column has numbers"},
    repeats=dict.fromkeys(
        (_LOCATIONS, _PROVIDERS),
        "A few ratings stand in two rows that are alike; more than a few are refused: tests/sources/test_cqc.py",
    ),
)
