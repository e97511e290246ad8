"""The Care Quality Commission's latest ratings of every health and adult social care service and provider.

Data source
    Each rated location (a care home, a surgery, a hospital) and provider in England, with the latest rating of
    every service or population group and key question, and the date when it was published.
Format
    An OpenDocument workbook of about 324,000 rows, over 1 GB unpacked: sheets `Locations` and `Providers`, one row
    for each rating; the header in row 1, in some months in row 2 under a banner. Dates are DD/MM/YYYY. The
    column `Domain` was called `Key Question` before about 2021.
Cadence
    Monthly, as at the first days of the month, which are in the file's name.
What needs care
    The rows of a location with one date are one inspection. Where two ratings of a location carry the same date
    the file has both, and its notes say so: they stay two inspections, each with a reference of its own, and a problem
    tells of it. A rating may be inherited from an earlier registration. The day of inspection is not given: by the
    day of publication a rating counts to the way of inspecting before or after November 2023. The name of a
    provider who is a person, or may be, is withheld with the postcode; a service's public name stays.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from oneplace.frameworks import edition
from oneplace.records import Address, BodyRecord, BodyRef, InspectionRecord, JudgementRecord, Problem, Record
from oneplace.sources.cqc_names import public_name
from oneplace.sources.cqc_services import (
    DOMAINS,
    INHERITED,
    LOCATION,
    PROVIDER,
    PUBLISHER,
    MonthlyDownload,
    area,
    body_id,
    family,
)
from oneplace.sources.streamed_ods import Heading, streamed_rows
from oneplace.sources.tables import Row

GROUP, RATING, PUBLISHED = "Service / Population Group", "Latest Rating", "Publication Date"
RATED: tuple[Heading, ...] = (
    GROUP,
    ("Domain", "Key Question"),
    RATING,
    PUBLISHED,
    "Inherited Rating (Y/N)",
    "URL",
    "Provider ID",
    "Provider Name",
)
LOCATIONS: tuple[Heading, ...] = (
    "Location ID",
    "Location ODS Code",
    "Location Name",
    "Care Home?",
    "Location Type",
    "Location Primary Inspection Category",
    "Location Post Code",
    "Location Local Authority",
    *RATED,
)
PROVIDERS: tuple[Heading, ...] = (
    "Provider ODS Code",
    "Provider Type",
    "Provider Primary Inspection Category",
    "Provider Post Code",
    "Provider Local Authority",
    *RATED,
)
# A few ratings stand in two rows that are alike, as two of one day may be. A file with more than this share
# of such rows was put together wrongly.
MOST_ALIKE = 0.01
FEW = 50
TWO_OF_A_DAY = (
    "The file has more than one rating of this date; the commission's website says which is current"
)


class CqcRatings(MonthlyDownload):
    # The data source
    name = "cqc_ratings"
    title = "Care directory with ratings: latest ratings of locations and providers"

    # Its format
    filename = "01_October_2025_Latest_ratings.ods"
    personal = ("Provider Name", "Provider Post Code")
    named = re.compile(r"\d{1,2}_[A-Za-z]+_\d{4}_Latest_ratings\.ods")

    def records(self, path: Path) -> Iterator[Record]:
        """Providers, then locations, then inspections: each in the order of the file."""
        ratings = Ratings()
        sheets = {"Locations": LOCATIONS, "Providers": PROVIDERS}
        for row in streamed_rows(path, sheets, header_rows=(1, 2)):
            ratings.take(row)
        yield from ratings.records()


@dataclass(slots=True)
class Inspection:
    """The ratings of one body and day, as far as no two of them are of one group and question."""

    address: Address
    is_inherited: bool = False
    rated: dict[tuple[str, str], JudgementRecord] = field(default_factory=dict)


@dataclass(slots=True)
class Service:
    """A location or provider that has been met, with its inspections by date; of one day there may be several."""

    body: BodyRef
    family: str
    url: str
    days: dict[dt.date, list[Inspection]] = field(default_factory=dict)


class Ratings:
    """The rows of both sheets, gathered. Texts that come again and again are kept once."""

    def __init__(self) -> None:
        self._providers: dict[str, BodyRecord] = {}
        self._locations: dict[str, BodyRecord] = {}
        self._services: dict[tuple[str, str], Service] = {}
        self._dates: dict[str, dt.date] = {}
        self._details: dict[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]] = {}
        self._words: dict[str, str] = {}
        # Family, date and rating as in the row → day, rating and grade; group and domain → what was asked of what.
        self._graded: dict[tuple[str, str, str], tuple[dt.date, str, str]] = {}
        self._asked: dict[tuple[str, str], tuple[tuple[str, str], str]] = {}
        self._rows = 0
        self._alike: list[Row] = []

    def take(self, row: Row) -> None:
        number = row.cells["Location ID" if row.sheet == "Locations" else "Provider ID"]
        service = self._services.get((row.sheet or "", number))
        if service is None:
            service = self._location(row) if row.sheet == "Locations" else self._provider(row)
            self._services[row.sheet or "", number] = service
        self._rate(row, service)
        self._rows += 1

    def records(self) -> Iterator[Record]:
        if len(self._alike) > max(FEW, self._rows * MOST_ALIKE):
            raise self._alike[0].fault("Domain", "each rating once, but for a few,")
        yield from self._providers.values()
        yield from self._locations.values()
        for key in list(self._services):
            service = self._services.pop(key)  # it is not needed twice, and there are many
            for day, inspections in sorted(service.days.items()):
                yield from _inspections(service, day, inspections)

    def _location(self, row: Row) -> Service:
        number = body_id(row, "Location ID")
        parent = body_id(row, "Provider ID")
        cells = row.cells
        name = row.text("Location Name")
        if parent not in self._providers:
            public, _ = public_name(row.text("Provider Name"), parent)
            self._providers[parent] = BodyRecord(
                body_id=parent, name=public, kind=PROVIDER, address=row.address
            )
        category = self._words.setdefault(text := cells["Location Primary Inspection Category"], text)
        self._locations[number] = BodyRecord(
            body_id=number,
            name=name,
            kind=LOCATION,
            stands_in=area(cells["Location Local Authority"]),
            parent=parent,
            codes=(("ods", code),) if (code := cells["Location ODS Code"].strip("-")) else (),
            postcode=cells["Location Post Code"] or None,
            details=self._once(
                ("Type", cells["Location Type"]),
                ("Primary inspection category", category),
                ("Care home", row.one_of("Care Home?", ("Y", "N")).replace("Y", "Yes").replace("N", "No")),
            ),
            address=row.address,
        )
        return Service(BodyRef(name=name, kind=LOCATION, body_id=number), family(category), cells["URL"])

    def _provider(self, row: Row) -> Service:
        number = body_id(row, "Provider ID")
        cells = row.cells
        name, is_withheld = public_name(row.text("Provider Name"), number)
        category = cells["Provider Primary Inspection Category"]
        self._providers[number] = BodyRecord(
            body_id=number,
            name=name,
            kind=PROVIDER,
            stands_in=None if is_withheld else area(cells["Provider Local Authority"]),
            codes=(("ods", code),) if (code := cells["Provider ODS Code"].strip("-")) else (),
            postcode=None if is_withheld else cells["Provider Post Code"] or None,
            details=self._once(("Type", cells["Provider Type"]), ("Primary inspection category", category)),
            address=row.address,
        )
        return Service(BodyRef(name=name, kind=PROVIDER, body_id=number), family(category), cells["URL"])

    def _once(self, *details: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        said = tuple((name, value) for name, value in details if value and value != "-")
        return self._details.setdefault(said, said)

    def _rate(self, row: Row, service: Service) -> None:
        cells = row.cells
        graded = self._graded.get((service.family, cells[PUBLISHED], cells[RATING]))
        day, printed, key = graded or self._grade(row, service.family)
        of, domain = self._asked.get((cells[GROUP], cells["Domain"])) or self._ask(row)
        inherited = cells["Inherited Rating (Y/N)"]
        if inherited not in ("", "N", "Y"):
            raise row.fault("Inherited Rating (Y/N)", "Y, N or an empty cell")
        address = row.address
        inspections = service.days.setdefault(day, [])
        for free in inspections:
            if (there := free.rated.get(of)) is None:
                break
            if there.grade == key:
                self._alike.append(row)
        else:
            free = Inspection(address)
            inspections.append(free)
        free.is_inherited = free.is_inherited or inherited == "Y"
        free.rated[of] = JudgementRecord(
            question=domain,
            question_key=of[1],
            grade_printed=printed,
            grade=key,
            subject=of[0],
            address=address,
        )

    def _grade(self, row: Row, family: str) -> tuple[dt.date, str, str]:
        published = row.cells[PUBLISHED]
        day = self._dates.get(published) or row.date(PUBLISHED, ("%d/%m/%Y", "%Y-%m-%d"))
        self._dates[published] = day
        printed = row.text(RATING)
        graded = day, printed, row.grade(RATING, edition(family, day))
        return self._graded.setdefault((family, published, printed), graded)

    def _ask(self, row: Row) -> tuple[tuple[str, str], str]:
        domain = row.cells["Domain"]
        question = DOMAINS.get(domain) or DOMAINS[row.one_of("Domain", tuple(DOMAINS))]
        group = row.text(GROUP)
        asked = ("" if group == "Overall" else group, question), domain
        return self._asked.setdefault((group, domain), asked)


def _inspections(
    service: Service, day: dt.date, inspections: Sequence[Inspection]
) -> Iterator[InspectionRecord]:
    """In an order that the next month's file keeps, whichever of the two it puts first."""
    ordered = sorted(
        inspections,
        key=lambda each: (-len(each.rated), sorted((*of, rated.grade) for of, rated in each.rated.items())),
    )
    problems: tuple[Problem, ...] = ()
    if len(ordered) > 1:
        problems = (Problem(kind="grades_disagree", message=TWO_OF_A_DAY, field="judgements"),)
    for number, each in enumerate(ordered, 1):
        yield InspectionRecord(
            publisher=PUBLISHER,
            framework=service.family,
            body=service.body,
            title=INHERITED if each.is_inherited else "",
            published=day,
            published_source="list",
            report_url=service.url or None,
            # The first has one too: without, the record would take the second for what is said of the first.
            reference=f"{day}/{number}" if len(ordered) > 1 else "",
            judgements=tuple(each.rated.values()),
            problems=problems,
            address=each.address,
        )
