"""What the Care Quality Commission's interface says of each location: its register entry, and every rating it had.

Data source
    The service by which the commission answers programmes: what it holds of each location that has changed since it
    was last asked.
Format
    The answers of `/public/v1/locations/{id}` for the locations that `/public/v1/changes/location` names.
    One answer a line, as JSON; or one answer as the interface gives it, over many lines; or a list of answers.
    `currentRatings` and `historicRatings` have an overall rating, the key questions
    and, where a location has several, its services; `assessment` has the ratings of assessments under the
    single assessment framework, with scores. Dates are YYYY-MM-DD.
Cadence
    As reports are published: every day.
What needs care
    A key is needed. A current rating of a key question may come from another report than the overall one: ratings
    are gathered by report, and the report's number tells two of one day apart. The answers name managers and
    nominated individuals and give telephone numbers, which are never read; the provider's name is not given.
    What an empty answer would say, its key leaves out. A location that has left the register is closed.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from oneplace.records import (
    Address,
    BodyRecord,
    BodyRef,
    InspectionRecord,
    JudgementRecord,
    Problem,
    Record,
)
from oneplace.sources.cqc_answers import Answer, answers
from oneplace.sources.cqc_feed import fetch_changed
from oneplace.sources.cqc_services import DOMAINS, LOCATION, PUBLISHER, area, body_id, family
from oneplace.sources.fetching import Client, Fetched, Held, NotFetched
from oneplace.sources.source import Source, retrieved_at

PAGE = "https://www.cqc.org.uk/location/"


class CqcApi(Source):
    # The data source
    name = "cqc_api"
    publisher = PUBLISHER
    title = "Locations, with their current and historic ratings"
    cadence = "as reports are published, every day"

    # Its format
    media_type = "application/x-ndjson"
    filename = "cqc_locations_2025-10-31.jsonl"
    personal = ("contacts", "nominatedIndividual", "mainPhoneNumber")
    is_snapshot = True
    is_partial = True

    # How it is reached
    url = "https://api.service.cqc.org.uk/public/v1/locations"
    access = "key"
    key_setting = "ONEPLACE_CQC_KEY"
    how = (
        "Sign up at https://api-portal.service.cqc.org.uk/, subscribe to the product “Syndication” and put the "
        "key that you are given into ONEPLACE_CQC_KEY."
    )
    months = 3

    def fetch(self, client: Client, held: Held) -> Iterator[Fetched | NotFetched]:
        yield from fetch_changed(client, held, os.environ.get("ONEPLACE_CQC_KEY", ""), self.personal)

    def as_at(self, path: Path) -> dt.date | None:
        """The day in the file's name; where it has none, the day it was saved, as the answers are of that day."""
        return super().as_at(path) or retrieved_at(path).date()

    def records(self, path: Path) -> Iterator[Record]:
        """Each location with its inspections, oldest first, in the order of the lines."""
        seen: dict[str, int] = {}
        for answer in answers(path):
            location = _location(answer)
            if first := seen.get(location.body_id):
                raise answer.fault("locationId", f"a location once (line {first} has it too)")
            seen[location.body_id] = answer.line
            yield location
            yield from _inspections(answer, location)


def _location(answer: Answer) -> BodyRecord:
    location = body_id(answer, "locationId")
    registration = answer.one_of("registrationStatus", ("Registered", "Deregistered"))
    closed = answer.date("deregistrationDate") if registration == "Deregistered" else None
    beds = answer.number("numberOfBeds")
    details = (
        ("Type", answer.optional("type")),
        ("Primary inspection category", _category(answer)),
        ("Care home", {"Y": "Yes", "N": "No"}.get(answer.optional("careHome"), "")),
        ("Beds", f"{beds:.0f}" if beds else ""),
        ("Dormant", "Yes" if answer.optional("dormancy") == "Y" else ""),
    )
    return BodyRecord(
        body_id=location,
        name=answer.text("name"),
        kind=LOCATION,
        stands_in=area(answer.optional("localAuthority")),
        parent=answer.text("providerId").lower(),
        codes=(("ods", code),) if (code := answer.optional("odsCode")) else (),
        postcode=answer.optional("postalCode") or None,
        latitude=answer.number("onspdLatitude"),
        longitude=answer.number("onspdLongitude"),
        opened=answer.date("registrationDate"),
        closed=closed,
        details=tuple((name, value) for name, value in details if value),
        address=Address(row=answer.line),
    )


def _category(answer: Answer) -> str:
    for each in answer.each("inspectionCategories"):
        if each.optional("primary") == "true":
            return each.text("name")
    return ""


@dataclass
class Report:
    """What one report, known by number and date, gave: ratings by group and key question."""

    number: str
    published: dt.date
    rated: dict[tuple[str, str], JudgementRecord] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Reports:
    """The reports of a location, gathered from the places of an answer that quote them."""

    def __init__(self, family: str) -> None:
        self._family = family
        self.found: dict[tuple[str, dt.date], Report] = {}

    def take(self, rating: Answer, group: str, number: str, published: dt.date | None) -> None:
        """A rating with its key questions. What says no report of its own is of the report around it."""
        self._rate(rating, group, "Overall", number, published)
        for each in rating.each("keyQuestionRatings"):
            self._rate(each, group, each.one_of("name", tuple(DOMAINS)), number, published)

    def _rate(self, said: Answer, group: str, domain: str, number: str, published: dt.date | None) -> None:
        if not (printed := said.optional("rating")):
            return
        number = said.optional("reportLinkId") or number
        published = said.date("reportDate") or published
        if published is None:
            raise said.fault("reportDate", "the date of the report")
        report = self.found.setdefault((number, published), Report(number, published))
        judgement = JudgementRecord(
            question=domain,
            question_key=DOMAINS[domain],
            grade_printed=printed,
            grade=said.grade("rating", self._family, published),
            subject=group,
            score=said.number("percentageScore"),
            address=Address(row=said.line),
        )
        known = report.rated.setdefault((group, DOMAINS[domain]), judgement)
        if known.grade != judgement.grade:
            message = f"{domain} is “{known.grade_printed}” and “{printed}” in one report"
            report.problems.append(
                Problem(kind="grades_disagree", message=message, field="judgements", address=known.address)
            )


def _inspections(answer: Answer, location: BodyRecord) -> Iterator[InspectionRecord]:
    reports = Reports(family(_category(answer)))
    _take_ratings(reports, answer.only("currentRatings"))
    for each in answer.each("historicRatings"):
        _take_ratings(reports, each)
    for each in answer.each("assessment"):
        _take_assessment(reports, each)
    visits = {each.optional("linkId"): each.date("firstVisitDate") for each in answer.each("reports")}
    for report in sorted(reports.found.values(), key=lambda each: (each.published, each.number)):
        visited = visits.get(report.number)
        yield InspectionRecord(
            publisher=PUBLISHER,
            framework=family(_category(answer)),
            body=BodyRef(name=location.name, kind=LOCATION, body_id=location.body_id),
            inspection_start=visited if visited and visited <= report.published else None,
            published=report.published,
            published_source="list",
            report_url=PAGE + answer.text("locationId"),
            reference=report.number,
            judgements=tuple(report.rated.values()),
            problems=tuple(report.problems),
            address=Address(row=answer.line),
        )


def _take_ratings(reports: Reports, ratings: Answer) -> None:
    number, published = ratings.optional("reportLinkId"), ratings.date("reportDate")
    overall = ratings.only("overall")
    number = overall.optional("reportLinkId") or number
    published = overall.date("reportDate") or published
    reports.take(overall, "", number, published)
    for service in ratings.each("serviceRatings"):
        reports.take(service, service.text("name"), number, published)


def _take_assessment(reports: Reports, assessment: Answer) -> None:
    """A location with one group of services has that group's rating for its own, where no other is given."""
    published = assessment.date("assessmentPlanPublishedDateTime")
    ratings = assessment.only("ratings")
    overall, groups = ratings.each("overall"), ratings.each("asgRatings")
    number = next((said for each in groups if (said := each.optional("assessmentPlanId"))), "")
    for each in overall:
        reports.take(each, "", number, published)
    for each in groups:
        is_whole = not overall and len(groups) == 1
        reports.take(each, "" if is_whole else each.text("name"), number, published)
