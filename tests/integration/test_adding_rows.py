"""`oneplace ingest SOURCE FILE --add`: rows that people type stand beside those that are there."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from oneplace.cli import oneplace
from oneplace.evidence import queries
from oneplace.evidence.models import Inspection
from oneplace.places.actions import load_areas, load_bodies
from oneplace.records import BodyRecord, InspectionRecord
from oneplace.sources import sources
from tests.sources.making import Table, write
from tests.sources.publications import PUBLICATIONS
from tests.unit.evidence.making import area

pytestmark = pytest.mark.django_db(transaction=True)

GROWING = [name for name, source in sources().items() if source.grows]


@pytest.fixture(autouse=True)
def record(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ONEPLACE_HOME = tmp_path
    monkeypatch.setattr("oneplace.commands.ingest.open_record", lambda: None)
    load_areas(
        [
            area("northamptonshire", gss_codes=("E10000021",)),
            area("barnet", gss_codes=("E09000003",)),
        ],
        "register/1",
    )
    refs = {
        one.body
        for name in GROWING
        for one in sources()[name].parse(saved(tmp_path / name, name, table_of(name)[1:]))
        if isinstance(one, InspectionRecord) and one.body.kind != "local_authority"
    }
    named = {(ref.kind, ref.name) for ref in refs}
    named |= {("prison", "Wrongly Named"), ("prison", "Rightly Named")}
    load_bodies(
        [
            BodyRecord(body_id=re.sub(r"\W+", "-", f"{kind} {name}".lower()).strip("-"), name=name, kind=kind)
            for kind, name in named
        ],
        "bodies/1",
        None,
    )


def table_of(name: str) -> Table:
    (table,) = PUBLICATIONS[name].tables.values()
    return table


def saved(folder: Path, name: str, rows: Table, called: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    publication = PUBLICATIONS[name]
    (where,) = publication.tables
    path = write({where: [table_of(name)[0], *rows]}, publication.main, folder)
    return path.rename(path.with_name(called)) if called else path


def ingest(*arguments: object, status: int = 0) -> str:
    result = CliRunner().invoke(oneplace, ["ingest", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return " ".join(result.output.split())


def told() -> list[tuple[object, ...]]:
    """What the record tells of every inspection, but for the rows that it stands in."""
    found = [
        (
            one.public_id,
            one.published,
            one.report_url,
            each.question_key,
            each.subject,
            each.grade,
            each.score,
        )
        for body in set(Inspection.objects.values_list("body_id", flat=True))
        for one in queries.of_body(body, None)
        for each in one.judgements
    ]
    return sorted(found, key=repr)


@pytest.mark.parametrize("name", GROWING)
def test_a_table_in_two_parts_tells_what_the_whole_tells(name: str, tmp_path: Path) -> None:
    rows = table_of(name)[1:]
    bodies = list(dict.fromkeys(row[0] for row in rows))
    first = [row for row in rows if row[0] in bodies[1:]]
    rest = [row for row in rows if row[0] == bodies[0]]
    ingest(name, saved(tmp_path / "first", name, first))
    before = told()
    said = ingest(name, saved(tmp_path / "rest", name, rest, "new.csv"), "--add")
    assert "1 published" in said
    in_parts = told()
    assert before
    assert set(before) < set(in_parts)
    assert len([one for one in queries.releases("live") if one.source == name]) == 2
    whole = sources()[name].parse(saved(tmp_path / "whole", name, rows))
    assert Counter(one[3:] for one in in_parts) == Counter(
        (each.question_key, each.subject, each.grade, each.score)
        for one in whole
        if isinstance(one, InspectionRecord)
        for each in one.judgements
    )
    assert "already known" in ingest(name, tmp_path / "rest" / "new.csv", "--add")


def test_the_same_file_put_right_takes_the_place_of_what_it_said_before(tmp_path: Path) -> None:
    name = "hmi_prisons"
    ingest(name, saved(tmp_path / "whole", name, table_of(name)[1:]))
    before = told()
    wrong = ["Wrongly Named", "2025-03", "safety", "poor", "https://example.org/w", ""]
    ingest(name, saved(tmp_path / "added", name, [wrong], "new.csv"), "--add")
    assert len(told()) == len(before) + 1
    right = ["Rightly Named", "2025-03", "safety", "poor", "https://example.org/w", ""]
    ingest(name, saved(tmp_path / "again", name, [right], "new.csv"), "--add")
    bodies = {one[0].split("/")[1] for one in told()} - {one[0].split("/")[1] for one in before}  # type: ignore[attr-defined]
    assert bodies == {"prison-rightly-named"}


def test_a_grade_that_was_not_typed_yet_joins_the_others_of_its_inspection(tmp_path: Path) -> None:
    name = "hmi_prisons"
    ingest(name, saved(tmp_path / "whole", name, table_of(name)[1:]))
    third = ["Grimdale", "2023-11", "purposeful_activity", "poor", "https://example.org/grimdale", ""]
    ingest(name, saved(tmp_path / "added", name, [third], "new.csv"), "--add")
    (inspection,) = [one for one in queries.of_body("prison-grimdale", None) if len(one.judgements) == 3]
    assert {each.question_key: each.grade for each in inspection.judgements} == {
        "safety": "poor",
        "respect": "not_sufficiently_good",
        "purposeful_activity": "poor",
    }


def test_new_rows_alone_are_refused_as_a_whole_table_and_the_way_is_told(tmp_path: Path) -> None:
    name = "hmi_prisons"
    ingest(name, saved(tmp_path / "whole", name, table_of(name)[1:]))
    before = told()
    new = saved(
        tmp_path / "new", name, [["Grimdale", "2025-03", "safety", "poor", "https://example.org/g", ""]]
    )
    said = ingest(name, new, status=1)
    assert "`oneplace sources hmi_prisons` tells" in said
    assert told() == before
    assert "--add" in sources()[name].how


def test_what_was_refused_as_too_little_can_take_the_place_when_a_person_insists(tmp_path: Path) -> None:
    name = "hmi_prisons"
    ingest(name, saved(tmp_path / "whole", name, table_of(name)[1:]))
    less = saved(tmp_path / "less", name, table_of(name)[1:3])
    ingest(name, less, status=1)
    said = ingest(name, less, "--replace")
    assert "1 published" in said
    assert re.search(r"against what the record had: \d+ no longer listed", said)
    assert "not in this one, so no longer held: hmi-prisons/" in said
    assert {one[0] for one in told()} == {"hmi-prisons/prison-grimdale/2023-11"}
    whole = saved(tmp_path / "again", name, table_of(name)[1:])
    assert "has had this very file, and it is superseded since" in ingest(name, whole)


def test_a_row_of_a_body_that_nobody_knows_is_told_with_its_place(tmp_path: Path) -> None:
    name = "hmi_prisons"
    ingest(name, saved(tmp_path / "whole", name, table_of(name)[1:]))
    row = ["Nowhere", "2025-03", "safety", "poor", "https://example.org/n", ""]
    said = ingest(name, saved(tmp_path / "added", name, [row], "new.csv"), "--add")
    assert "row 2: No prison is known by “Nowhere”" in said
    assert "1 thing for review" in said


def test_only_a_table_that_people_type_can_be_added_to(tmp_path: Path) -> None:
    file = tmp_path / "anything.csv"
    file.write_text("a\n", "utf-8")
    assert "are whole" in ingest("ofsted_la_outcomes", file, "--add", status=2)
    assert "one of the two" in ingest("hmi_prisons", file, "--add", "--replace", status=2)


def test_there_are_tables_that_people_type() -> None:
    assert set(GROWING) == {
        "councils_section_114", "hmi_prisons", "hmi_probation", "hmicfrs_fire", "hmicfrs_peel",
    }  # fmt: skip
