"""How a sentence reads, against sentences of real reports that were sorted by reading before the rule saw them.

The truth holds no words: report, finding, sentence (from 1) and how it reads, of councils whose reports were not
used to make `sentences.toml`. It was drawn at random; it is measured, never tuned to.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from oneplace.evidence.search.sentences import reads, split
from oneplace.reading import read_report

pytestmark = [pytest.mark.shared, pytest.mark.slow]

TRUTH = Path(__file__).with_name("truth.csv")


@pytest.fixture(scope="module")
def judged(shared: Path) -> Counter[tuple[str, str]]:
    """(how it reads to a person, how it reads by the rule) → sentences."""
    found: Counter[tuple[str, str]] = Counter()
    findings: dict[str, dict[int, str]] = {}
    for row in csv.DictReader(TRUTH.read_text("utf-8").splitlines()):
        report = row["report"]
        if report not in findings:
            read = read_report(shared / "reports" / report)
            findings[report] = {each.ordinal: each.text or "" for each in read.inspection.findings}
        sentence = split(findings[report][int(row["finding"])])[int(row["sentence"]) - 1]
        found[row["reads"], reads(sentence) or "neither"] += 1
    return found


@pytest.mark.parametrize(
    ("stance", "right", "read_so", "there"), [("strength", 62, 66, 79), ("weakness", 21, 26, 28)]
)
def test_what_the_page_says_of_the_rule_is_what_it_does(
    judged: Counter[tuple[str, str]], stance: str, right: int, read_so: int, there: int
) -> None:
    """The numbers stand on the page of the search and in docs/reference/search.md."""
    assert sum(judged.values()) == 150
    assert judged[stance, stance] == right
    assert sum(count for (_, rule), count in judged.items() if rule == stance) == read_so
    assert sum(count for (truth, _), count in judged.items() if truth == stance) == there


def test_praise_is_hardly_ever_taken_for_criticism_nor_criticism_for_praise(
    judged: Counter[tuple[str, str]],
) -> None:
    assert judged["weakness", "strength"] + judged["strength", "weakness"] <= 1
