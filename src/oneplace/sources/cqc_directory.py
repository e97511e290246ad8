"""The care directory with filters: every active location that the Care Quality Commission registers.

Data source
    Each location of health or adult social care in England, rated or not: where it stands, how many beds a care
    home has, since when it is registered and whether it is dormant; and its provider.
Format
    An OpenDocument workbook with over a hundred columns, mostly flags; sheet `HSCA_Active_Locations`, the header
    in row 1 or 2. Dates are date cells or DD/MM/YYYY.
Cadence
    Monthly, as at the first days of the month, which are in the file's name.
What needs care
    It names registered managers, nominated individuals and partners, with telephone numbers: none is loaded. A
    provider whose ownership is "Individual" is a person, and so is many a partnership: such names are withheld,
    with the postcode. A care home with 0 beds has none; other services have 0 or an empty cell. The latest
    rating stands here too, without the key questions: it is taken from the ratings, not from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from oneplace.records import BodyRecord, Record
from oneplace.sources.cqc_names import public_name
from oneplace.sources.cqc_services import (
    LOCATION,
    PROVIDER,
    MonthlyDownload,
    area,
    body_id,
)
from oneplace.sources.streamed_ods import streamed_rows
from oneplace.sources.tables import Row

SHEET = "HSCA_Active_Locations"
START, PROVIDER_START = "Location HSCA start date", "Provider HSCA start date"
LATITUDE, LONGITUDE, BEDS = "Location Latitude", "Location Longitude", "Care homes beds"
COLUMNS = (
    "Location ID",
    START,
    "Dormant (Y/N)",
    "Care home?",
    "Location Name",
    "Location ODS Code",
    BEDS,
    "Location Type/Sector",
    "Location Primary Inspection Category",
    "Location Local Authority",
    "Location Postal Code",
    LATITUDE,
    LONGITUDE,
    "Provider ID",
    "Provider Name",
    PROVIDER_START,
    "Provider Type/Sector",
    "Provider Primary Inspection Category",
    "Provider Ownership Type",
    "Provider Postal Code",
    "Provider Local Authority",
)
OWNERSHIP = ("Individual", "Partnership", "Organisation", "NHS Body")
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S")
# The British isles, so that two figures in the wrong columns, or a 0 for none, are noticed.
LATITUDES, LONGITUDES = (49.0, 61.0), (-9.0, 2.0)


class CqcDirectory(MonthlyDownload):
    # The data source
    name = "cqc_directory"
    title = "Care directory with filters: active locations and their providers"

    # Its format
    filename = "01_October_2025_HSCA_Active_Locations.ods"
    personal = (
        "Registered manager",
        "Location Telephone Number",
        "Provider Telephone Number",
        "Provider Nominated Individual Name",
        "Provider Main Partner Name",
        "Provider Name",
        "Provider Postal Code",
    )
    named = re.compile(
        r"(?:\d{1,2}_[A-Za-z]+_\d{4}_)?HSCA_Active_Locations(?:_\d{1,2}_[A-Za-z]+_\d{4})?\.ods"
    )

    def records(self, path: Path) -> Iterator[Record]:
        """Each provider before the first of its locations, each location once."""
        providers: set[str] = set()
        seen: dict[str, int] = {}
        for row in streamed_rows(path, {SHEET: COLUMNS}, header_rows=(1, 2)):
            location = _location(row)
            if first := seen.get(location.body_id):
                raise row.fault("Location ID", f"a location once (row {first} has it too)")
            seen[location.body_id] = row.number
            if location.parent and location.parent not in providers:
                providers.add(location.parent)
                yield _provider(row, location.parent)
            yield location


def _location(row: Row) -> BodyRecord:
    cells = row.cells
    is_home = row.one_of("Care home?", ("Y", "N")) == "Y"
    beds = _beds(row)
    details = (
        ("Type", cells["Location Type/Sector"]),
        ("Primary inspection category", cells["Location Primary Inspection Category"]),
        ("Care home", "Yes" if is_home else "No"),
        ("Beds", str(beds) if beds else ""),
        ("Dormant", "Yes" if row.one_of("Dormant (Y/N)", ("Y", "N")) == "Y" else ""),
    )
    return BodyRecord(
        body_id=body_id(row, "Location ID"),
        name=row.text("Location Name"),
        kind=LOCATION,
        stands_in=area(cells["Location Local Authority"]),
        parent=body_id(row, "Provider ID"),
        codes=(("ods", code),) if (code := cells["Location ODS Code"].strip("-")) else (),
        postcode=cells["Location Postal Code"] or None,
        latitude=_degrees(row, LATITUDE, LATITUDES),
        longitude=_degrees(row, LONGITUDE, LONGITUDES),
        opened=row.optional_date(START, DATES),
        details=tuple((name, value) for name, value in details if value and value != "-"),
        address=row.address,
    )


def _provider(row: Row, number: str) -> BodyRecord:
    cells = row.cells
    ownership = cells["Provider Ownership Type"]
    if ownership:
        row.one_of("Provider Ownership Type", OWNERSHIP)
    name, is_withheld = public_name(row.text("Provider Name"), number, ownership)
    details = (
        ("Type", cells["Provider Type/Sector"]),
        ("Primary inspection category", cells["Provider Primary Inspection Category"]),
        ("Ownership", ownership),
    )
    return BodyRecord(
        body_id=number,
        name=name,
        kind=PROVIDER,
        stands_in=None if is_withheld else area(cells["Provider Local Authority"]),
        postcode=None if is_withheld else cells["Provider Postal Code"] or None,
        opened=row.optional_date(PROVIDER_START, DATES),
        details=tuple((name, value) for name, value in details if value and value != "-"),
        address=row.address,
    )


def _beds(row: Row) -> int:
    if row.cells[BEDS] in ("", "0"):
        return 0
    return row.whole_number(BEDS)


def _degrees(row: Row, column: str, bounds: tuple[float, float]) -> float | None:
    degrees = row.decimal(column)
    if degrees is not None and not bounds[0] <= degrees <= bounds[1]:
        raise row.fault(column, f"degrees from {bounds[0]:g} to {bounds[1]:g}")
    return degrees
