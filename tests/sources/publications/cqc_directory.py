"""A small edition of what `cqc_directory` reads."""

from __future__ import annotations

from tests.sources.making import Fault, Publication

_ODS = "01_October_2025_HSCA_Active_Locations.ods"
_ACTIVE = (_ODS, "HSCA_Active_Locations")
_CELLS = (
    ("Location ID", "1-900000001", "1-900000002", "1-900000003"),
    ("Location HSCA start date", "2011-02-15", "2014-06-01", ""),
    ("Dormant (Y/N)", "N", "N", "Y"),
    ("Care home?", "Y", "N", "N"),
    ("Location Name", "Larkspur House", "The Made Up Surgery", "Larkspur Home Care"),
    ("Location ODS Code", "VZZ01", "-", ""),
    ("Location Telephone Number", "02079460123", "02079460124", "02079460125"),
    ("Registered manager", "Quillfeather, Ada", "Quillfeather, Zebedee", ""),
    ("Location Web Address", "www.example.org", "", ""),
    ("Care homes beds", "30", "0", ""),
    ("Location Type/Sector", "Social Care Org", "Primary Medical Services", "Social Care Org"),
    ("Location Inspection Directorate", "Adult social care", "Primary medical services", "Adult social care"),
    (
        "Location Primary Inspection Category",
        "Residential social care",
        "GP Practices",
        "Community based adult social care services",
    ),
    ("Location Latest Overall Rating", "Good", "Good", ""),
    ("Location Local Authority", "Haringey", "Barnsley", "Haringey"),
    ("Location Postal Code", "N15 4QQ", "S70 2QQ", "N15 5QQ"),
    ("Location Latitude", "51.5842", "53.5526", ""),
    ("Location Longitude", "-0.0727", "-1.4797", ""),
    ("Provider ID", "1-800000001", "1-800000002", "1-800000001"),
    ("Provider Name", "Zebedee and Ada Quillfeather", "Quillfeather Quillfeather Quince", "Z. Quillfeather"),
    ("Provider HSCA start date", "01/10/2010", "01/04/2013", "01/10/2010"),
    ("Provider Type/Sector", "Social Care Org", "Primary Medical Services", "Social Care Org"),
    (
        "Provider Primary Inspection Category",
        "Residential social care",
        "GP Practices",
        "Residential social care",
    ),
    ("Provider Ownership Type", "Partnership", "Individual", "Partnership"),
    ("Provider Telephone Number", "02079460126", "02079460127", "02079460126"),
    ("Provider Postal Code", "N99 9ZQ", "S99 9ZQ", "N99 9ZQ"),
    ("Provider Local Authority", "Haringey", "Barnsley", "Haringey"),
    ("Provider Nominated Individual Name", "Quillfeather, Ada", "", ""),
    ("Provider Main Partner Name", "Quillfeather, Zebedee", "", ""),
    ("Service type - Care home service with nursing", "Y", "", ""),
)
_NEEDED = frozenset(
    """
    Location ID|Location HSCA start date|Dormant (Y/N)|Care home?|Location Name|Location ODS Code|Care homes beds
    |Location Type/Sector|Location Primary Inspection Category|Location Local Authority|Location Postal Code
    |Location Latitude|Location Longitude|Provider ID|Provider Name|Provider HSCA start date|Provider Type/Sector
    |Provider Primary Inspection Category|Provider Ownership Type|Provider Postal Code|Provider Local Authority
    """.replace("\n    ", "")
    .strip()
    .split("|")
)

PUBLICATION = Publication(
    main=_ODS,
    tables={
        (_ODS, "README"): [["Active locations", ""], ["Source: the register as at 01 October 2025", ""]],
        _ACTIVE: [
            ["Active locations", *([""] * (len(_CELLS) - 1))],
            *([column[line] for column in _CELLS] for line in range(4)),
        ],
    },
    records=2 + 3,
    header_row=2,
    untitled=frozenset({(_ODS, "README")}),
    spare=frozenset(column[0] for column in _CELLS) - _NEEDED,
    personal=("Quillfeather", "020794601", "N99 9ZQ", "S99 9ZQ"),
    faults=(
        Fault(_ACTIVE, 3, "Location ID", "One", "a number of the Care Quality Commission", kind="code"),
        Fault(
            _ACTIVE, 4, "Location ID", "1-900000001", "a location once (row 3 has it too)", kind="duplicate"
        ),
        Fault(_ACTIVE, 4, "Location HSCA start date", "1900-01-01", "a date from", kind="date"),
        Fault(_ACTIVE, 3, "Dormant (Y/N)", "Maybe", "one of Y, N"),
        Fault(_ACTIVE, 3, "Care home?", "", "a value"),
        Fault(_ACTIVE, 3, "Care homes beds", "-4", "a whole number", kind="number"),
        Fault(_ACTIVE, 3, "Location Latitude", "0", "degrees from 49 to 61", kind="number"),
        Fault(_ACTIVE, 4, "Location Longitude", "53.5", "degrees from -9 to 2", kind="number"),
        Fault(_ACTIVE, 4, "Location Longitude", "west", "a number or an empty cell", kind="number"),
        Fault(_ACTIVE, 4, "Provider Ownership Type", "Nobody's", "one of Individual, Partnership"),
        Fault(_ACTIVE, 5, "Location Name", "", "a value"),
    ),
    without={"grade": "the register's ratings are not read: cqc_ratings has them"},
)
