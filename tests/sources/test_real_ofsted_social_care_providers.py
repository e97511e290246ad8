"""The eight real editions of Ofsted's table of children's homes and agencies, counted apart with the csv module."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from oneplace.evidence import queries
from oneplace.evidence.actions import publish_release
from oneplace.frameworks import edition
from oneplace.places.actions import load_areas
from oneplace.records import AreaRecord, BodyRecord, InspectionRecord
from oneplace.sources import sources

pytestmark = pytest.mark.shared

# Year → row of the header, and encoding.
EDITIONS = {
    2015: (1, "utf-8-sig"),
    2017: (2, "utf-8-sig"),
    2019: (2, "utf-8-sig"),
    2021: (2, "utf-8-sig"),
    2022: (5, "cp1252"),
    2023: (4, "utf-8-sig"),
    2024: (4, "cp1252"),
    2025: (4, "utf-8-sig"),
}
# Rows that are not empty, and inspections in them: counted with a spreadsheet too.
PROVIDERS = {2015: 2605, 2017: 2688, 2019: 2864, 2021: 3402, 2022: 3576, 2023: 3546, 2024: 3876, 2025: 5600}
INSPECTIONS = {2015: 2605, 2017: 2688, 2019: 2864, 2021: 2837, 2022: 3309, 2023: 3546, 2024: 7187, 2025: 4343}
# The third grade, by its words of the day.
THIRD = {
    2015: Counter({"adequate": 626, "requires_improvement": 20}),
    2017: Counter({"adequate": 6, "requires_improvement": 409}),
    2019: Counter({"requires_improvement": 468}),
    2021: Counter({"requires_improvement": 432}),
}


def _path(shared: Path, year: int) -> Path:
    return shared / f"data/ofsted/social_care_providers_{year}-03-31.csv"


@cache
def _records(path: Path) -> tuple[tuple[BodyRecord, ...], tuple[InspectionRecord, ...]]:
    records = list(sources()["ofsted_social_care_providers"].parse(path))
    bodies = tuple(record for record in records if isinstance(record, BodyRecord))
    inspections = tuple(record for record in records if isinstance(record, InspectionRecord))
    assert len(bodies) + len(inspections) == len(records)
    return bodies, inspections


def _rows(shared: Path, year: int) -> tuple[list[str], list[list[str]]]:
    header_row, encoding = EDITIONS[year]
    with _path(shared, year).open(encoding=encoding, newline="") as file:
        lines = list(csv.reader(file))
    header = [" ".join(cell.split()) for cell in lines[header_row - 1]]
    return header, [line for line in lines[header_row:] if any(cell.strip() for cell in line)]


def _day(text: str) -> dt.date:
    return dt.datetime.strptime(text.strip(), "%d/%m/%Y").replace(tzinfo=dt.UTC).date()


@pytest.mark.parametrize("year", EDITIONS)
def test_every_provider_and_inspection_of_an_edition_is_read(shared: Path, year: int) -> None:
    bodies, inspections = _records(_path(shared, year))
    _, rows = _rows(shared, year)
    assert len(bodies) == len(rows) == PROVIDERS[year]
    assert len(inspections) == INSPECTIONS[year]
    assert len({body.body_id for body in bodies}) == len(bodies)
    source = sources()["ofsted_social_care_providers"]
    assert source.release(_path(shared, year)).slot == f"{year}-03-31"


@pytest.mark.parametrize("year", EDITIONS)
def test_every_grade_of_an_edition_is_read_as_it_stands(shared: Path, year: int) -> None:
    _, inspections = _records(_path(shared, year))
    header, rows = _rows(shared, year)
    read = Counter(
        (each.question, each.grade_printed) for record in inspections for each in record.judgements
    )
    asked = [number for number, name in enumerate(header) if name in {question for question, _ in read}]
    doubted = Counter(
        (problem.field, "Inadequate")
        for record in inspections
        for problem in record.problems
        if problem.kind == "grades_disagree"
    )
    assert doubted.total() == (40 if year == 2017 else 0)
    assert read + doubted == Counter(
        (header[number], row[number].strip()) for row in rows for number in asked if row[number].strip()
    )


@pytest.mark.parametrize("year", THIRD)
def test_adequate_is_a_grade_of_its_own(shared: Path, year: int) -> None:
    _, inspections = _records(_path(shared, year))
    overall = Counter(
        each.grade for record in inspections for each in record.judgements if each.question_key == "overall"
    )
    words = ("adequate", "requires_improvement")
    assert Counter({key: overall[key] for key in words if overall[key]}) == THIRD[year]


def test_from_2017_on_an_inspection_has_one_number_in_every_edition(shared: Path) -> None:
    """Else two inspections would arise of one: every later edition gives it the same number for the provider."""
    numbers: dict[tuple[str | None, dt.date], set[str]] = defaultdict(set)
    days: dict[tuple[str | None, str], set[dt.date]] = defaultdict(set)
    for year in EDITIONS:
        for record in _records(_path(shared, year))[1]:
            if year >= 2017 and record.reference:
                if record.inspection_start:
                    numbers[record.body.body_id, record.inspection_start].add(record.reference)
                    days[record.body.body_id, record.reference].add(record.inspection_start)
                assert record.reference.isdigit()
    assert {len(each) for each in numbers.values()} == {1}
    assert {len(each) for each in days.values()} == {1}
    spoilt = [record for record in _records(_path(shared, 2023))[1] if not record.reference]
    assert [(record.body.body_id, record.problems[0].kind) for record in spoilt] == [
        ("sc379199", "field_missing")
    ]


def test_the_numbers_of_2015_are_of_another_series(shared: Path) -> None:
    """On each day that both name an inspection of a provider, the older number is another."""
    header, rows = _rows(shared, 2015)
    urn, day, number = (header.index(name) for name in ("URN", "Inspection Date", "Inspection ID"))
    old = {(row[urn], _day(row[day])): row[number] for row in rows if row[number]}
    new = {
        (record.body.body_id or "", record.inspection_start): record.reference
        for year in (2019, 2021, 2022, 2023, 2024)
        for record in _records(_path(shared, year))[1]
    }
    both = [(key, old[key], new[key[0].lower(), key[1]]) for key in old if (key[0].lower(), key[1]) in new]
    assert len(both) == 4
    assert all(was != now for _, was, now in both)
    assert not any(record.reference for record in _records(_path(shared, 2015))[1])


def test_the_edition_of_2017_gives_the_last_day_of_an_inspection(shared: Path) -> None:
    last = {record.reference: record.inspection_end for record in _records(_path(shared, 2017))[1]}
    first = {record.reference: record.inspection_start for record in _records(_path(shared, 2019))[1]}
    both = [
        (last_day - first_day).days
        for number in last.keys() & first.keys()
        if (last_day := last[number]) and (first_day := first[number])
    ]
    assert len(both) == 95
    assert min(both) == 1


def test_what_2017_calls_inadequate_of_an_agency_before_2015_was_requires_improvement(shared: Path) -> None:
    """Why those cells are not used: where both editions have the judgement, each of them differs in this way."""
    before, after = _rows(shared, 2015), _rows(shared, 2017)
    questions = {
        "Outcomes for children and young people": "Outcomes for children and young people",
        "Quality of care": "Quality of care",
        "The safety of children and young people": "Safeguarding children and young people",
        "Leadership and management": "Leadership and management",
        "Overall effectiveness": "Overall effectiveness",
    }
    old = {line[before[0].index("URN")]: dict(zip(before[0], line, strict=True)) for line in before[1]}
    changed: Counter[tuple[str, str, str]] = Counter()
    for line in after[1]:
        new = dict(zip(after[0], line, strict=True))
        was = old.get(new["URN"])
        if was is None or "gency" not in new["Provision type"]:
            continue
        if not 0 <= (_day(new["Inspection date"]) - _day(was["Inspection Date"])).days <= 14:
            continue
        for question, later in questions.items():
            part = "overall" if question.startswith("Overall") else "part"
            changed[part, was[question].casefold(), new[later].casefold()] += 1
    requires = {key: count for key, count in changed.items() if key[1] == "requires improvement"}
    assert requires == {
        ("overall", "requires improvement", "requires improvement"): 5,
        ("part", "requires improvement", "inadequate"): 39,
    }


def test_no_home_is_named_and_no_owner(shared: Path) -> None:
    for year in EDITIONS:
        bodies, _ = _records(_path(shared, year))
        for body in bodies:
            kind = dict(body.details)["Kind"]
            assert "REDACTED" not in repr(body)
            if kind in ("Children's home", "Secure children's home"):
                assert (
                    body.name
                    == f"{kind} in {body.stands_in.name if body.stands_in else ''} ({body.codes[0][1]})"
                )
                assert body.postcode is None
    header, rows = _rows(shared, 2025)
    owner, name = header.index("Organisation which owns the provider"), header.index("Name")
    owners = {row[owner].strip() for row in rows} - {row[name].strip() for row in rows} - {"0", ""}
    said = {body.name for body in _records(_path(shared, 2025))[0]}
    assert not owners & said


def test_grades_are_of_the_framework_of_their_day(shared: Path) -> None:
    for year in EDITIONS:
        for record in _records(_path(shared, year))[1]:
            framework = edition(record.framework, record.inspection_start or record.inspection_end)
            assert all(framework.grade(each.grade) for each in record.judgements)


@pytest.mark.parametrize(("year", "withheld"), [(2015, 7), (2025, 45)])
def test_few_names_are_withheld_because_they_may_be_a_persons(shared: Path, year: int, withheld: int) -> None:
    header, rows = _rows(shared, year)
    urn, name = header.index("URN"), header.index("Setting Name" if year == 2015 else "Name")
    printed = {row[urn].strip(): row[name].strip() for row in rows}
    hidden = [
        body
        for body in _records(_path(shared, year))[0]
        if body.name != printed[body.codes[0][1]] != "REDACTED"
    ]
    assert len(hidden) == withheld
    assert {dict(body.details)["Kind"] for body in hidden} <= {
        "Adoption support agency",
        "Supported accommodation",
    }
    assert {body.postcode for body in hidden} == {None}


@pytest.mark.slow
@pytest.mark.django_db
def test_in_the_record_an_inspection_of_two_editions_is_one(shared: Path) -> None:
    """2015 has no number that 2017 knows, and 2017 the last day: their 183 inspections in common are found by date."""
    register = sources()["mysociety_register"].parse(shared / "data/places/uk_local_authorities.csv")
    load_areas([each for each in register if isinstance(each, AreaRecord)], "mysociety_register/test")
    source = sources()["ofsted_social_care_providers"]
    for year in (2015, 2017):
        publish_release(source.release(_path(shared, year)), source.parse(_path(shared, year)))
    first, last = ({}, {})  # type: tuple[dict[str, dt.date], dict[str, dt.date]]
    for days, year, column in ((first, 2015, "Inspection Date"), (last, 2017, "Inspection date")):
        header, rows = _rows(shared, year)
        days.update({row[header.index("URN")]: _day(row[header.index(column)]) for row in rows})
    both = sum(0 <= (last[urn] - first[urn]).days <= 14 for urn in first.keys() & last.keys())
    assert both == 183
    assert len(queries.inspection_ids()) == PROVIDERS[2015] + PROVIDERS[2017] - both
