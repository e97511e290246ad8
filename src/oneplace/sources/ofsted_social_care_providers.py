"""Ofsted's management information of children's social care: every home and agency, with its latest inspection.

Data source
    Each children's home, fostering or adoption agency, residential school, family centre and provider of
    supported accommodation that was registered on 31 March, and the grades of its latest full inspection;
    in the edition of 2024 those of the one before too.
Format
    A CSV file a year. Title lines, encoding, headings and questions change between years: the facts file
    beside this module has the headings of each edition read so far, and the nearest of them is expected.
Cadence
    Yearly, in the summer or autumn, as at 31 March.
What needs care
    The names and addresses of children's homes are REDACTED by Ofsted: such a home is shown by its kind, its
    council and its number. Owners and addresses are left out, as some are people and their houses; so is the
    name of an adoption support agency or a provider of supported accommodation that does not say that it is an
    organisation, as some of them trade under a person's name. The numbers of inspections in the edition of
    2015 are of another series than all later ones (of four inspections that both name on one day, none agrees)
    and are not carried; one in 2023 was spoilt by a spreadsheet ("1.02E+07"). The edition of 2017 gives the
    last day of an inspection (for each of 95 inspections that are also in 2019, a later day), the others the
    first. "Adequate" and "Satisfactory" are the grades of their day; the edition of 2019 prints two of them
    as "Requires improvement to be good", which no inspector had said in 2011 or 2012. In the edition of 2017
    forty judgements of agencies are known to be wrong: they are told and not used. A monitoring
    inspection that gave new grades stands among the full ones. Four providers are in Wales.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from oneplace.frameworks import edition
from oneplace.records import AreaRef, BodyRecord, BodyRef, InspectionRecord, Problem
from oneplace.sources.days import day_in_words
from oneplace.sources.errors import SourceError
from oneplace.sources.facts import facts_in
from oneplace.sources.fetching import Client, Fetched, Held
from oneplace.sources.gov_uk import Edition
from oneplace.sources.ofsted_layouts import DATES, ENCODINGS, nearest
from oneplace.sources.source import Source, date_in_name
from oneplace.sources.tables import Row, csv_beginning, csv_rows, unique

LAYOUTS = "ofsted_social_care_providers.toml"
HIDDEN = "REDACTED"

# Kinds as shown. Editions print them with other capitals.
KINDS = (
    "Adoption support agency",
    "Boarding school",
    "Children's home",
    "Further education college with residential accommodation",
    "Independent fostering agency",
    "Residential family centre",
    "Residential holiday scheme for disabled children",
    "Residential special school",
    "Residential special school (registered as a children's home)",
    "Secure children's home",
    "Secure training centre",
    "Supported accommodation",
    "Voluntary adoption agency",
)
# What the edition of 2015 calls the special schools that are homes too, by the law that makes them homes.
HOMES_TOO = {"Residential special school (>295 days/year)": KINDS[8]}

SECTORS = ("Academy", "Health authority", "Local authority", "Private", "Voluntary")
STAYS = {
    "Yes": "Short breaks only",  # under the heading “Short breaks only”
    "Short-break-only children's home": "Short breaks only",
    "Short breaks only": "Short breaks only",
    "Short breaks and long term care": "Short breaks and long-term care",
    "Long term care only": "Long-term care only",
}

# Of these kinds some are one person under their own name: a name is shown if it has a word of an organisation,
# or one that no name of a person has, or a figure, or is a single word.
MAYBE_A_PERSON = ("Adoption support agency", "Supported accommodation")
ORGANISATION = re.compile(
    r"^\S+$|\d|\b(?:and|for|my|next|our|the|to|uk|you|accommodation|adoption|agency|association|borough|care|centre|"
    r"charity|child|children'?s?|c\.?i\.?c|college|community|council|counselling|development|families|family|"
    r"fellowship|fostering|foundation|foyer|futures?|group|healthcare|homes?|hostel|house|housing|hub|"
    r"independence|independent|limited|living|llp|lodge|lodgings|ltd|outreach|people|placements|plc|practice|"
    r"projects?|provision|psychology|region|residential|school|services?|society|solutions?|steps?|support|"
    r"supported|therapy|therapeutic|transitions?|trust|ymca|young|youth)\b",
    re.IGNORECASE,
)


# Each edition has a page of its own, "Children's social care data in England 2025", with tables as CSV among others.
NEWEST = Edition(
    page="/government/collections/childrens-social-care-statistics",
    document=r"^children.s social care (data )?in england\b",
    file=r"provider[- ]level( data)? (as )?at .*\.csv$",
    saved_as="social_care_providers_{edition}.csv",
    expect="text/csv",
)


@dataclass(frozen=True, slots=True)
class Inspections:
    """Where a table has one inspection of each provider, by our names for the columns."""

    columns: dict[str, str]
    questions: dict[str, str]  # heading → question


@dataclass(frozen=True, slots=True)
class Doubted:
    """Cells of an edition that are known to be wrong: told at their row, and not used."""

    kinds: tuple[str, ...]
    before: dt.date
    printed: str
    except_for: str  # the one question that is not in doubt
    message: str


@dataclass(frozen=True, slots=True)
class Layout:
    """One edition's headings, by our names for them."""

    header_row: int
    day: str  # which day of an inspection the table gives: "first" or "last"
    ended: bool
    columns: dict[str, str]
    inspections: tuple[Inspections, ...]
    doubted: Doubted | None

    @property
    def headings(self) -> tuple[str, ...]:
        asked = (name for each in self.inspections for name in (*each.columns.values(), *each.questions))
        return (*self.columns.values(), *asked)


class OfstedSocialCareProviders(Source):
    # The data source
    name = "ofsted_social_care_providers"
    publisher = "ofsted"
    title = "Children's social care providers and their latest inspections, management information"
    cadence = "yearly, in the summer or autumn, as at 31 March"

    # Its format
    media_type = "text/csv"
    filename = "social_care_providers_2025-03-31.csv"
    facts = (LAYOUTS,)
    personal = ("Organisation which owns the provider", "Address 1", "Address 2")
    is_snapshot = True

    # How it is reached
    url = "https://www.gov.uk/government/collections/childrens-social-care-statistics"
    access = "open"
    how = (
        "Open the page, choose the newest “Children's social care in England”, save the provider level data "
        "as CSV and name it social_care_providers_YYYY-03-31.csv by the day that it describes."
    )
    months = 18

    def fetch(self, client: Client, held: Held) -> Iterator[Fetched]:
        yield NEWEST.fetch(client, held)

    def records(self, path: Path) -> Iterator[BodyRecord | InspectionRecord]:
        """Each provider, followed by its inspections, in the order of the file."""
        layout = nearest(path, _layouts())
        if self.as_at(path) is None:
            raise SourceError(path, "its day, “as at 31 March 2025”, in the title or the file's name")
        rows = csv_rows(
            path,
            layout.headings,
            header_row=layout.header_row,
            encodings=ENCODINGS,
            ended=layout.ended,
        )
        rows = tuple(row for row in rows if any(row.cells.values()))
        number = layout.columns["urn"]
        unique(rows, (number,), "a provider once")
        for row in rows:
            provider = _provider(row, layout)
            yield provider
            for part in layout.inspections:
                if inspection := _inspection(row, layout, part, provider):
                    yield inspection

    def as_at(self, path: Path) -> dt.date | None:
        """The day in the title, else that in the file's name: the first editions have no title."""
        for line in csv_beginning(path, 1, encodings=ENCODINGS):
            if found := re.search(r"as at (\d{1,2} [A-Z][a-z]+ 20\d\d)", " ".join(line)):
                return day_in_words(found[1])
        return date_in_name(path)


@cache
def _layouts() -> tuple[Layout, ...]:
    """Every edition's headings, the newest edition first."""
    return tuple(
        Layout(
            header_row=each["header_row"],
            day=each["day"],
            ended=each.get("ended", True),
            columns=each["columns"],
            inspections=tuple(Inspections(**part) for part in each["inspections"]),
            doubted=Doubted(**each["doubted"]) if "doubted" in each else None,
        )
        for each in reversed(facts_in(LAYOUTS)["editions"])
    )


def _provider(row: Row, layout: Layout) -> BodyRecord:
    columns = layout.columns
    urn = row.like(columns["urn"], r"SC\d{6}|\d{5,7}", "a number like SC037454 or 1027076")
    kind = _kind(row, columns["kind"])
    council = row.text(columns["council"])
    name = row.text(columns["name"])
    is_hidden = name == HIDDEN or (kind in MAYBE_A_PERSON and not ORGANISATION.search(name))
    postcode = row.text(columns["postcode"])
    in_wales = row.text(columns["region"]) == "Wales"
    return BodyRecord(
        body_id=urn.lower() if urn.startswith("SC") else f"urn-{urn}",
        name=f"{kind} in {council} ({urn})" if is_hidden else name,
        kind="social_care_provider",
        stands_in=None if in_wales else AreaRef(name=council),
        codes=(("ofsted_urn", urn),),
        postcode=None if is_hidden or postcode == HIDDEN else postcode,
        details=tuple(_details(row, columns, kind)),
        address=row.address,
    )


def _kind(row: Row, column: str) -> str:
    return HOMES_TOO.get(row.text(column)) or _one_of(row, column, KINDS)


def _one_of(row: Row, column: str, choices: tuple[str, ...]) -> str:
    """The choice that a cell has, whatever its capitals."""
    for choice in choices:
        if row.text(column).casefold() == choice.casefold():
            return choice
    raise row.fault(column, f"one of {', '.join(choices)}")


def _details(row: Row, columns: dict[str, str], kind: str) -> Iterator[tuple[str, str]]:
    yield "Kind", kind
    yield "Sector", _one_of(row, columns["sector"], SECTORS)
    for name, label in (("places", "Places"), ("premises", "Premises")):
        if name in columns and (count := row.optional(columns[name])):
            if not re.fullmatch(r"\d{1,4}", count):
                raise row.fault(columns[name], "a number of at most four figures or an empty cell")
            yield label, count
    if "short_breaks" in columns and row.optional(columns["short_breaks"]):
        yield "Stays", STAYS[row.one_of(columns["short_breaks"], tuple(STAYS))]
    if "buildings" in columns and row.optional(columns["buildings"]):
        row.one_of(columns["buildings"], ("Y",))
        yield "Buildings", "Several"
    yield "Registration", row.one_of(columns["status"], ("Active", "Suspended"))
    if "registered" in columns and (day := row.optional_date(columns["registered"], DATES)):
        yield "Registered on", f"{day.day} {day:%B %Y}"
    if school := row.optional(columns["school"]):
        yield "School's number", school


def _inspection(row: Row, layout: Layout, part: Inspections, provider: BodyRecord) -> InspectionRecord | None:
    """The inspection in one group of columns, or None where the provider has not had one."""
    columns = part.columns
    filled = [name for name in (*columns.values(), *part.questions) if row.cells[name]]
    if not filled:
        return None
    if columns["day"] not in filled:
        raise row.fault(filled[0], "nothing, as no day of an inspection is given,")
    day = row.date(columns["day"], DATES)
    published = row.date(columns["published"], DATES) if "published" in columns else None
    if published and published < day:
        raise row.fault(columns["published"], f"a date on or after the inspection of {day}")
    kind = row.one_of(columns["type"], ("Full inspection", "Monitoring inspection"))
    lodging = ("Kind", "Supported accommodation") in provider.details
    framework = edition("supported-accommodation" if lodging else "social-care", day)
    number = row.text(columns["number"]) if "number" in columns else ""
    problems = []
    if number and not number.isdigit():
        problems.append(
            Problem(
                kind="field_missing",
                message=f"The number of the inspection is spoilt: “{number}”",
                field=columns["number"],
                address=row.address,
            )
        )
        number = ""
    judgements = []
    for question, key in part.questions.items():
        if not (printed := row.optional(question)):
            continue
        if _is_doubted(layout.doubted, provider, day, key, printed):
            assert layout.doubted
            problems.append(
                Problem(
                    kind="grades_disagree",
                    message=layout.doubted.message,
                    field=question,
                    address=row.address,
                )
            )
            continue
        judgements.append(row.judgement(question, framework, key, wording=question))
    return InspectionRecord(
        publisher="ofsted",
        framework=framework.family,
        body=BodyRef(name=provider.name, kind=provider.kind, body_id=provider.body_id),
        title=kind,
        inspection_start=day if layout.day == "first" else None,
        inspection_end=day if layout.day == "last" else None,
        published=published,
        published_source="list" if published else None,
        reference=number,
        judgements=tuple(judgements),
        problems=tuple(problems),
        address=row.address,
    )


def _is_doubted(doubted: Doubted | None, provider: BodyRecord, day: dt.date, key: str, printed: str) -> bool:
    return (
        doubted is not None
        and dict(provider.details)["Kind"] in doubted.kinds
        and day < doubted.before
        and key != doubted.except_for
        and printed == doubted.printed
    )
