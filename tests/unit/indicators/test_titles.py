"""Titles of measures, as people write them."""

from __future__ import annotations

import pytest

from oneplace.indicators.titles import in_plain_words


@pytest.mark.parametrize(
    ("title", "unit", "plain"),
    [
        ("Total School Absence (%)", "percent", "Total school absence"),
        ("First Time entrants to the Youth Justice System (rate)", "per_100000",
         "First time entrants to the youth justice system"),
        ("Children looked after rate per 10,000", "per_10000", "Children looked after"),
        ("Average Attainment 8 score per pupil", "score", "Average Attainment 8 score per pupil"),
        ("Pupils achieving Key Stage 1 Science Expected Standard (%)", "percent",
         "Pupils achieving Key Stage 1 science expected standard"),
        ("Pupils with SEN Support (%)", "percent", "Pupils with SEN support"),
        ("Children who speak English", "percent", "Children who speak English"),
    ],
)  # fmt: skip
def test_a_title_is_in_sentence_case_and_does_not_repeat_the_unit(title: str, unit: str, plain: str) -> None:
    assert in_plain_words(title, unit) == plain


def test_a_mark_of_another_unit_stays_as_it_tells_something() -> None:
    assert in_plain_words("Absence (%)", "number") == "Absence (%)"
