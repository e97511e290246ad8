"""The real files of care ratings, counted again by other means."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from oneplace.records import BodyRecord, InspectionRecord
from oneplace.sources import sources

pytestmark = pytest.mark.shared


def test_the_care_homes_of_birmingham(shared: Path) -> None:
    path = shared / "data/cqc/care_homes_birmingham_2025-12.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    records = list(sources()["cqc_care_homes_sample"].parse(path))
    homes = [each for each in records if isinstance(each, BodyRecord) and each.kind == "care_location"]
    providers = [each for each in records if isinstance(each, BodyRecord) and each.kind == "care_provider"]
    inspections = [each for each in records if isinstance(each, InspectionRecord)]
    assert len(homes) == len(lines) == 271
    assert len(providers) == len({line["provider_id"] for line in lines}) == 172
    assert len(inspections) == sum(bool(line["cqc_last_inspection_date"]) for line in lines) == 248
    for question in ("overall", "safe", "effective", "caring", "responsive", "well_led"):
        assert Counter(
            judgement.grade
            for inspection in inspections
            for judgement in inspection.judgements
            if judgement.question_key == question
        ) == Counter(
            grade.lower().replace(" ", "_")
            for line in lines
            if (grade := line[f"cqc_rating_{question}"]) and line["cqc_last_inspection_date"]
        )


def test_no_provider_of_birminghams_care_homes_is_named_as_a_person(shared: Path) -> None:
    path = shared / "data/cqc/care_homes_birmingham_2025-12.csv"
    records = list(sources()["cqc_care_homes_sample"].parse(path))
    names = [each.name for each in records if isinstance(each, BodyRecord) and each.kind == "care_provider"]
    withheld = [name for name in names if re.fullmatch(r"Provider 1-\d+", name)]
    assert len(withheld) == 10
    assert not any(re.search(r"\b(Mr|Mrs|Ms|Miss|Dr)\b", name) for name in names)


def test_the_assessments_of_72_councils(shared: Path) -> None:
    path = shared / "data/cqc/la_assessments_league_tables_2025-10.html"
    text = path.read_text("utf-8")
    table = text[text.index('id="masterTable"') : text.index("</table>", text.index('id="masterTable"'))]
    records = list(sources()["cqc_local_authorities"].parse(path))
    inspections = [each for each in records if isinstance(each, InspectionRecord)]
    assert len(inspections) == table.count("data-rating=") == 72
    assert Counter(each.judgements[0].grade for each in inspections) == Counter(
        rating.lower().replace(" ", "_") for rating in re.findall('data-rating="([^"]*)"', table)
    )
    scores = Counter(re.findall(r'<td class="rating-cell [a-z-]+">([1-4])</td>', table))
    assert Counter(f"{j.score:.0f}" for each in inspections for j in each.judgements[1:]) == scores
    assert sum(scores.values()) == 72 * 9


def test_a_real_answer_of_the_interface(shared: Path, tmp_path: Path) -> None:
    answer = json.loads((shared / "data/cqc/api_location_sample.json").read_text("utf-8"))
    path = tmp_path / "cqc_locations_2025-10-31.jsonl"
    path.write_text(json.dumps(answer) + "\n", "utf-8")
    home, *inspections = sources()["cqc_api"].parse(path)
    assert isinstance(home, BodyRecord)
    assert (home.body_id, home.postcode) == (answer["locationId"], answer["postalCode"])
    told = {
        each["reportLinkId"]: {
            "Overall": each["overall"]["rating"],
            **{one["name"]: one["rating"] for one in each["overall"]["keyQuestionRatings"]},
        }
        for each in [
            *answer["historicRatings"],
            {"overall": answer["currentRatings"]["overall"], **answer["currentRatings"]["overall"]},
        ]
    }
    assert {
        each.reference: {judgement.question: judgement.grade_printed for judgement in each.judgements}
        for each in inspections
        if isinstance(each, InspectionRecord)
    } == told
