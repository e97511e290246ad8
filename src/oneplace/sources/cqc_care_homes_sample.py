"""The care homes of one city with their ratings, as somebody compiled them from the Care Quality Commission's data.

Data source
    271 care homes in Birmingham: register entry, beds, the overall rating and the five key questions.
Format
    A CSV file. Dates are YYYY-MM-DD; an empty cell is no rating.
Cadence
    Once, in December 2025.
What needs care
    It is a third party's table, which does not say whose: the commission's own files are to be preferred. It gives
    the day of the last inspection and not of publication, and the ratings need not all come from that inspection.
    A home with key questions rated but no day has none of them loaded: a rating that cannot be dated has no place
    in a history. Providers who are people are named by their number, without a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from oneplace.frameworks import edition
from oneplace.records import BodyRecord, BodyRef, InspectionRecord, JudgementRecord, Record
from oneplace.sources.cqc_names import public_name
from oneplace.sources.cqc_services import (
    DOMAINS,
    LOCATION,
    PROVIDER,
    PUBLISHER,
    area,
    body_id,
    family,
)
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique

INSPECTED = "cqc_last_inspection_date"
RATINGS = {question: f"cqc_rating_{question}" for question in DOMAINS.values()}
COLUMNS = (
    "cqc_location_id",
    "location_ods_code",
    "name",
    "provider_name",
    "provider_id",
    "postcode",
    "latitude",
    "longitude",
    "local_authority",
    "beds_total",
    "care_nursing",
    INSPECTED,
    "cqc_latest_report_url",
    *RATINGS.values(),
)
# The category of every care home.
CATEGORY = "Residential social care"


class CqcCareHomesSample(Source):
    # The data source
    name = "cqc_care_homes_sample"
    publisher = PUBLISHER
    title = "Care homes of one city with their ratings, compiled from the commission's data"
    cadence = "once, in December 2025"
    compiled_by = "an unnamed third party"

    # Its format
    media_type = "text/csv"
    filename = "care_homes_birmingham_2025-12.csv"
    facts = ("cqc_names.toml",)
    personal = ("provider_name",)
    is_snapshot = True

    # How it is reached
    access = "manual"
    how = "There is one edition, and Oneplace has it; the commission's own files replace it."

    def accepts(self, path: Path) -> bool:
        return bool(re.fullmatch(r"care_homes_[a-z_]+_\d{4}-\d\d\.csv", path.name))

    def records(self, path: Path) -> Iterator[Record]:
        """Each provider before the first of its homes, each home before its inspection."""
        rows = csv_rows(path, COLUMNS)
        unique(rows, ("cqc_location_id",), "a care home once")
        providers: set[str] = set()
        for row in rows:
            parent = body_id(row, "provider_id")
            if parent not in providers:
                providers.add(parent)
                name, _ = public_name(row.text("provider_name"), parent)
                yield BodyRecord(body_id=parent, name=name, kind=PROVIDER, address=row.address)
            home = _home(row, parent)
            yield home
            if row.cells[INSPECTED] and (judgements := tuple(_judgements(row))):
                yield InspectionRecord(
                    publisher=PUBLISHER,
                    framework=family(CATEGORY),
                    body=BodyRef(name=home.name, kind=LOCATION, body_id=home.body_id),
                    inspection_start=row.date(INSPECTED, ("%Y-%m-%d",)),
                    report_url=row.optional("cqc_latest_report_url"),
                    judgements=judgements,
                    address=row.address,
                )


def _home(row: Row, parent: str) -> BodyRecord:
    nursing = row.one_of("care_nursing", ("True", "False")) == "True"
    return BodyRecord(
        body_id=body_id(row, "cqc_location_id"),
        name=row.text("name"),
        kind=LOCATION,
        stands_in=area(row.text("local_authority")),
        parent=parent,
        codes=(("ods", code),) if (code := row.cells["location_ods_code"]) else (),
        postcode=row.optional("postcode"),
        latitude=row.decimal("latitude"),
        longitude=row.decimal("longitude"),
        details=(
            ("Primary inspection category", CATEGORY),
            ("Care home", "Yes, with nursing" if nursing else "Yes"),
            ("Beds", str(row.whole_number("beds_total"))),
        ),
        address=row.address,
    )


def _judgements(row: Row) -> Iterator[JudgementRecord]:
    rated = edition(family(CATEGORY), row.date(INSPECTED, ("%Y-%m-%d",)))
    for domain, question in DOMAINS.items():
        if row.optional(RATINGS[question]):
            yield row.judgement(RATINGS[question], rated, question, wording=domain)
