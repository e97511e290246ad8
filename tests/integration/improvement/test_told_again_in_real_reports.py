"""How well points told again are found in real reports; `measure` prints the figures themselves."""

from __future__ import annotations

from dataclasses import astuple

import pytest

from oneplace.improvement.told_again import LEARNED, subject, threads, told_again
from oneplace.improvement.topics import count
from tests.integration.improvement import measure

pytestmark = pytest.mark.shared

# Measured in turn on each council with everything learned on the other eleven: precision 0.89, recall 0.73 and
# F1 0.80, against 0.46, 0.51 and 0.48 for the cosine of TF-IDF.
LEAST_PRECISION, LEAST_RECALL, LEAST_F1 = 0.84, 0.70, 0.77


@pytest.mark.slow
def test_what_is_found_is_right_and_most_of_it_is_found_on_councils_not_learned_on() -> None:
    ours, plain = (measure.total(scores) for scores in measure.leave_one_out())
    assert ours.right + ours.missed == plain.right + plain.missed == 98
    assert ours.precision >= LEAST_PRECISION
    assert ours.recall >= LEAST_RECALL
    assert ours.f1 >= LEAST_F1
    assert ours.f1 > plain.f1 + 0.2


@pytest.mark.slow
def test_the_weights_are_those_learned_on_all_councils() -> None:
    counted = count(measure.of_points())
    learned = measure.learn([(council, counted) for council in measure.councils()])
    assert astuple(LEARNED) == pytest.approx(astuple(learned), rel=0.02, abs=0.02)


def test_the_bundled_frequencies_are_those_of_the_reports() -> None:
    assert measure.FREQUENCIES.read_text("utf-8") == measure.as_counted()


def test_haringey_was_told_of_private_fostering_and_of_reviewing_officers_three_times() -> None:
    haringey = next(council for council in measure.councils() if council.urn == "80498")
    told = [
        subject(thread)
        for thread in threads(told_again(haringey.reports))
        if [thread[0].earlier.report, *(link.later.report for link in thread)]
        == ["2014-07-18", "2018-12-14", "2023-04-11"]
    ]
    assert "private fostering" in told
    assert any(each.startswith("independent reviewing officers") for each in told)
