"""How many of the points that a reader calls told again are found, and how many of those found are right.

    python -m tests.integration.improvement.measure

Truth: twelve councils whose points were compared by hand. A found pair that is judged `same` is right, one that
is judged `partial` is left out, any other is wrong. Everything that is learned (the weights, from where a pair is
close enough, and how rare words and topics are) is learned on eleven councils and measured on the twelfth, in
turn. `--learn` prints the weights learned on all twelve; `--count` writes the frequencies of all reports.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import math
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from oneplace.improvement import told_again as telling
from oneplace.improvement.told_again import TO_ANOTHER_BODY, Closeness, Likeness, Pair, Point, Report
from oneplace.improvement.topics import Frequencies, count, topics_of, words
from oneplace.records import ListKind, RecommendationRecord

ROOT = Path(__file__).parents[3]
TRUTH = ROOT.parent / "shared" / "reports" / "truth"
FREQUENCIES = ROOT / "src" / "oneplace" / "improvement" / "frequencies.json"

# Inspections of other bodies than the council's own services for children: not compared.
OTHER_BODIES = ("area-SEND", "LSCB-review only")
# Where learning starts from; only their proportions matter, to pick the closest limbs and rivals.
FIRST_GUESS = Closeness(words=12, shared=0.4, alike=5.5, lead=0, start=-7.5, enough=0)
# How far apart the steps are in which the bar is tried.
STEP = 0.1


@dataclass(frozen=True)
class Council:
    urn: str
    reports: tuple[Report, ...]
    labels: Mapping[tuple[str, str], str]  # ("2014-07-18/5", "2018-12-14/9") → "same"


@dataclass(frozen=True)
class Score:
    right: int
    wrong: int
    missed: int

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


@dataclass(frozen=True)
class Judged:
    """A pair with its log odds (or any other number that rises with likeness) and its label, "" if unlisted."""

    value: float
    label: str


def of_points(urn: str | None = None, without: str | None = None) -> list[str]:
    """The texts of the points of one council, or of all but one; boards' and area SEND points left out."""
    return [
        item.text or ""
        for council, reports in _reports().items()
        if council != without and urn in (None, council)
        for report in reports
        for item in report.improve
        if item.list_kind != TO_ANOTHER_BODY
    ]


@cache
def councils() -> tuple[Council, ...]:
    """The councils that were compared by hand."""
    labels: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    for row in _rows("told_again.csv"):
        earlier, later = (row[key].split("/", 1)[1] for key in ("earlier_id", "later_id"))
        labels[row["urn"]][earlier, later] = row["label"]
    return tuple(Council(urn, tuple(_reports()[urn]), labels[urn]) for urn in sorted(labels))


@cache
def _reports() -> dict[str, list[Report]]:
    published = {
        row["path"]: (row["urn"], row["published"], row["framework"]) for row in _rows("inspections.csv")
    }
    items: dict[str, list[RecommendationRecord]] = defaultdict(list)
    for row in _rows("recommendations.csv"):
        kind: ListKind = row["list_kind"]  # type: ignore[assignment]
        items[row["path"]].append(
            RecommendationRecord(
                ordinal=int(row["ordinal"]), list_kind=kind, text=row["text"], heading=row["heading"]
            )
        )
    reports: dict[str, list[Report]] = defaultdict(list)
    for path, (urn, date, framework) in published.items():
        if framework not in OTHER_BODIES and path in items:
            reports[urn].append(Report(date, dt.date.fromisoformat(date), tuple(items[path])))
    return reports


@cache
def frequencies_without(urn: str) -> Frequencies:
    """As counted over every council but one."""
    return count(of_points(without=urn))


def judged(council: Council, weights: Closeness, frequencies: Frequencies) -> list[Judged]:
    """Every pair that could be linked, with its log odds and its label."""
    found = telling.pairs(council.reports, weights, frequencies)
    return [Judged(odds, _label(council, pair)) for pair, odds in telling.log_odds(found, weights)]


def by_tf_idf(council: Council, frequencies: Frequencies) -> list[Judged]:
    """The plain baseline: the cosine of the points' TF-IDF vectors, words stemmed, nothing else."""
    vectors = {}
    for report in council.reports:
        for item in report.improve:
            if item.list_kind != TO_ANOTHER_BODY:
                counts: dict[str, int] = defaultdict(int)
                for word in words(item.text or ""):
                    if word.tells:
                        counts[word.stem] += 1
                vectors[Point(report.published, report.key, item.ordinal)] = {
                    stem: (1 + math.log(n)) * frequencies.stem_weight(stem) for stem, n in counts.items()
                }
    return [
        Judged(
            _cosine(vectors[old], vectors[new]),
            council.labels.get((f"{old.report}/{old.ordinal}", f"{new.report}/{new.ordinal}"), ""),
        )
        for new in vectors
        for old in vectors
        if old.published < new.published
    ]


def score(found: Iterable[Judged], enough: float, same: int) -> Score:
    """`same` is how many pairs are judged the same, found or not."""
    kept = [each.label for each in found if each.value >= enough]
    right = kept.count("same")
    return Score(right, kept.count(""), same - right)


def bar(found: Sequence[Judged], same: int, low: float, high: float, step: float) -> float:
    """From which value a pair is linked: the best F1, taken as the mean of five neighbouring bars."""
    steps = [low + step * n for n in range(round((high - low) / step) + 1)]
    f1 = [score(found, each, same).f1 for each in steps]
    means = [sum(f1[n - 2 : n + 3]) / 5 for n in range(2, len(f1) - 2)]
    return steps[2 + max(range(len(means)), key=means.__getitem__)]


def learn(learned_on: Sequence[tuple[Council, Frequencies]]) -> Closeness:
    """Weights and bar by logistic regression, in two steps: what makes points close, then what a lead adds."""
    rows: list[tuple[float, ...]] = []
    labels: list[bool] = []
    found = [
        (council, telling.pairs(council.reports, FIRST_GUESS, counted)) for council, counted in learned_on
    ]
    for council, each in found:
        for pair in each:
            if (label := _label(council, pair)) != "partial":
                rows.append((1.0, *_measures(pair.likeness)))
                labels.append(label == "same")
    start, by_words, shared, alike = logistic(rows, labels)
    close = replace(FIRST_GUESS, words=by_words, shared=shared, alike=alike, start=start)
    rows, labels = [], []
    for council, each in found:
        for pair, lead in zip(each, telling.leads(each, close), strict=True):
            if (label := _label(council, pair)) != "partial":
                rows.append((1.0, pair.likeness.closeness(close), lead))
                labels.append(label == "same")
    start, scale, lead = logistic(rows, labels)
    weights = Closeness(
        words=by_words * scale,
        shared=shared * scale,
        alike=alike * scale,
        # A lead is measured in closeness as scaled.
        lead=lead / scale,
        start=start,
        enough=0,
    )
    again = [each for council, counted in learned_on for each in judged(council, weights, counted)]
    return replace(weights, enough=bar(again, _same([council for council, _ in learned_on]), -4, 3, STEP))


def logistic(rows: Sequence[Sequence[float]], labels: Sequence[bool]) -> list[float]:
    """Coefficients of a logistic regression, the first column being 1; Newton's method, a little ridge."""
    width = len(rows[0])
    spread = [1.0] + [math.sqrt(sum(row[i] ** 2 for row in rows) / len(rows)) or 1.0 for i in range(1, width)]
    scaled = [[value / by for value, by in zip(row, spread, strict=True)] for row in rows]
    coefficients = [0.0] * width
    for _ in range(12):
        gradient = [0.0] * width
        hessian = [[0.0] * width for _ in range(width)]
        for row, label in zip(scaled, labels, strict=True):
            likely = 1 / (1 + math.exp(-sum(c * x for c, x in zip(coefficients, row, strict=True))))
            weight = likely * (1 - likely)
            for i in range(width):
                gradient[i] += (label - likely) * row[i]
                for j in range(width):
                    hessian[i][j] += weight * row[i] * row[j]
        for i in range(1, width):  # the ridge spares the first column
            gradient[i] -= coefficients[i]
            hessian[i][i] += 1.0
        coefficients = [c + d for c, d in zip(coefficients, _solve(hessian, gradient), strict=True)]
    return [c / by for c, by in zip(coefficients, spread, strict=True)]


def leave_one_out() -> tuple[dict[str, Score], dict[str, Score]]:
    """By council: what is found with everything learned on the others, and what the baseline finds so."""
    ours, plain = {}, {}
    for council in councils():
        counted = frequencies_without(council.urn)
        others = [other for other in councils() if other is not council]
        weights = learn([(other, counted) for other in others])
        same = _same([council])
        ours[council.urn] = score(judged(council, weights, counted), weights.enough, same)
        learned = [each for other in others for each in by_tf_idf(other, counted)]
        enough = bar(learned, _same(others), 0.05, 0.8, 0.01)
        plain[council.urn] = score(by_tf_idf(council, counted), enough, same)
    return ours, plain


def total(scores: Mapping[str, Score]) -> Score:
    return sum(scores.values(), Score(0, 0, 0))


def seconds_for(council: Council) -> float:
    """The best of three, over the whole of `told_again`, after the vocabulary has been read."""
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        telling.threads(telling.told_again(council.reports))
        taken.append(time.perf_counter() - begun)
    return min(taken)


def as_counted() -> str:
    """The contents of `frequencies.json` as counted over all reports."""
    counted = count(of_points())
    return (
        json.dumps(
            {
                "points": counted.points,
                "topics": dict(sorted(counted.topics.items())),
                "stems": dict(sorted(counted.stems.items())),
            },
            indent=1,
        )
        + "\n"
    )


def _measures(likeness: Likeness) -> tuple[float, float, float]:
    return likeness.words, likeness.shared, likeness.alike


def _label(council: Council, pair: Pair) -> str:
    old, new = pair.earlier, pair.later
    return council.labels.get((f"{old.report}/{old.ordinal}", f"{new.report}/{new.ordinal}"), "")


def _same(among: Iterable[Council]) -> int:
    return sum(list(council.labels.values()).count("same") for council in among)


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    product = sum(one[key] * other[key] for key in one.keys() & other.keys())
    lengths = math.sqrt(sum(v * v for v in one.values()) * sum(v * v for v in other.values()))
    return product / lengths if product else 0.0


def _solve(matrix: list[list[float]], values: list[float]) -> list[float]:
    """Gaussian elimination; the matrix is small and positive definite."""
    rows = [[*row, value] for row, value in zip(matrix, values, strict=True)]
    size = len(rows)
    for i in range(size):
        for j in range(i + 1, size):
            factor = rows[j][i] / rows[i][i]
            rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    solved = [0.0] * size
    for i in reversed(range(size)):
        known = sum(rows[i][j] * solved[j] for j in range(i + 1, size))
        solved[i] = (rows[i][size] - known) / rows[i][i]
    return solved


def _rows(name: str) -> list[dict[str, str]]:
    with (TRUTH / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learn", action="store_true", help="print the weights learned on all twelve")
    parser.add_argument("--count", action="store_true", help="write frequencies.json anew")
    arguments = parser.parse_args()
    if arguments.count:
        FREQUENCIES.write_text(as_counted(), "utf-8")
        return
    if arguments.learn:
        counted = count(of_points())
        print(learn([(council, counted) for council in councils()]))
        return
    ours, plain = leave_one_out()
    print(
        f"{'council':9}{'points':>7}{'same':>6}{'right':>7}{'wrong':>7}{'missed':>8}{'ms':>7}   TF-IDF right, wrong"
    )
    for council in councils():
        got, base = ours[council.urn], plain[council.urn]
        milliseconds = seconds_for(council) * 1000
        print(
            f"{council.urn:9}{len(of_points(council.urn)):>7}{_same([council]):>6}{got.right:>7}{got.wrong:>7}"
            f"{got.missed:>8}{milliseconds:>7.1f}{base.right:>15}, {base.wrong}"
        )
    for name, scores in (("topics and words", ours), ("TF-IDF cosine", plain)):
        all_of_it = total(scores)
        print(
            f"{name:17} precision {all_of_it.precision:.3f}  recall {all_of_it.recall:.3f}  F1 {all_of_it.f1:.3f}"
        )
    without = sum(not topics_of(text) for text in of_points())
    print(f"{without} of {len(of_points())} points speak of no topic")


if __name__ == "__main__":
    main()
