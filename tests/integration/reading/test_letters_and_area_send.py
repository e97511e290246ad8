"""Every real focused-visit letter and area SEND report is read as it is printed."""

from __future__ import annotations

import pytest

from oneplace.reading import read_report
from tests.integration.reading.truth import LookBackScore, Truth, mismatches, of_framework

LETTERS = of_framework("focused-visit")
AREA_SEND = of_framework("area-SEND")

pytestmark = pytest.mark.shared


@pytest.mark.parametrize("truth", [*LETTERS, *AREA_SEND], ids=lambda truth: truth.path)
def test_every_field_is_read_as_printed(truth: Truth) -> None:
    read = read_report(truth.file).inspection

    assert [str(one) for one in mismatches(truth, read)] == []


@pytest.mark.parametrize("truth", [*LETTERS, *AREA_SEND], ids=lambda truth: truth.path)
def test_findings_have_sections_and_places_and_none_is_an_item_again(truth: Truth) -> None:
    read = read_report(truth.file).inspection
    items = {item.text for item in read.improve}

    assert [finding.ordinal for finding in read.findings] == list(range(1, len(read.findings) + 1))
    assert len(read.findings) > 5
    for finding in read.findings:
        assert finding.section
        assert finding.text not in items
        assert finding.address.page in range(1, int(truth.inspection["pages"]) + 1)
        assert finding.address.box is not None
        assert finding.address.box[0] < finding.address.box[2]
        assert finding.address.box[1] < finding.address.box[3]


def test_the_outcomes_have_no_second_witness_against_them() -> None:
    problems = [problem for truth in AREA_SEND for problem in read_report(truth.file).inspection.problems]

    assert problems == []


def test_nearly_all_sentences_of_the_letters_that_look_back_are_found() -> None:
    score = LookBackScore()
    for truth in LETTERS:
        score.add(truth, read_report(truth.file).inspection)

    # Measured: 19 of 21 found, 2 besides, every status and page right.
    assert score.recall >= 0.9, score.missed
    assert score.precision >= 0.85, score.extra
    assert score.status >= 0.9, score.wrong_status
    assert score.wrong_page == []
