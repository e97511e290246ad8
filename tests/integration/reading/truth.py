"""What the real reports say, checked by hand, and how a reading differs from it.

Run by itself it prints every difference:

    python -m tests.integration.reading.truth --framework focused-visit
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from oneplace.reading import UnreadableReport, read_report
from oneplace.records import InspectionRecord

SHARED = Path(__file__).parents[4] / "shared"


@dataclass(slots=True)
class Truth:
    """One report's row in each of the tables."""

    path: str
    inspection: dict[str, str]
    judgements: list[dict[str, str]] = field(default_factory=list)
    improve: list[dict[str, str]] = field(default_factory=list)
    looks_back: list[dict[str, str]] = field(default_factory=list)

    @property
    def framework(self) -> str:
        return self.inspection["framework"]

    @property
    def file(self) -> Path:
        return SHARED / "reports" / self.path


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A field in which a reading differs from what the report says."""

    path: str
    field: str
    expected: str
    read: str

    def __str__(self) -> str:
        return f"{self.path}\n  {self.field}\n    says {self.expected!r}\n    read {self.read!r}"


@cache
def truths() -> tuple[Truth, ...]:
    """Every readable report with what it says, in the order of the tables; () where ../shared is absent."""
    folder = SHARED / "reports" / "truth"
    if not folder.is_dir():
        return ()
    by_path = {
        row["path"]: Truth(row["path"], row)
        for row in _rows(folder / "inspections.csv")
        if row["framework"] != "not-a-report"
    }
    tables: dict[str, dict[str, list[dict[str, str]]]] = {}
    for name in ("judgements", "recommendations", "back_references"):
        tables[name] = defaultdict(list)
        for row in _rows(folder / f"{name}.csv"):
            tables[name][row["path"]].append(row)
    for path, truth in by_path.items():
        truth.judgements = tables["judgements"][path]
        truth.improve = tables["recommendations"][path]
        truth.looks_back = [
            row for row in tables["back_references"][path] if row["kind"] == "explicit" and row["read"] == "1"
        ]
    return tuple(by_path.values())


def of_framework(*frameworks: str) -> list[Truth]:
    """The reports of these frameworks; all of them where none is named."""
    return [truth for truth in truths() if not frameworks or truth.framework in frameworks]


def mismatches(truth: Truth, read: InspectionRecord) -> list[Mismatch]:
    """Every field of dates, people, judgements and things to improve that was read otherwise than printed."""
    return [
        Mismatch(truth.path, name, expected, found)
        for name, expected, found in _compared(truth, read)
        if _plain(expected) != _plain(found)
    ]


@dataclass(slots=True)
class LookBackScore:
    """How many of the sentences that look back were found, and with which status."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    wrong_status: list[str] = field(default_factory=list)
    wrong_page: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Sentences found, of those that look back."""
        return self.found / max(self.found + len(self.missed), 1)

    @property
    def precision(self) -> float:
        """Sentences that look back, of those found."""
        return self.found / max(self.found + len(self.extra), 1)

    @property
    def status(self) -> float:
        """Sentences with the right status, of those rightly found."""
        return 1 - len(self.wrong_status) / max(self.found, 1)

    def add(self, truth: Truth, read: InspectionRecord) -> None:
        """Count one report in."""
        found = {_sentence(one.text or ""): one for one in read.looks_back}
        for row in truth.looks_back:
            one = found.pop(_sentence(row["sentence"]), None)
            if one is None:
                self.missed.append(f"{truth.path}: {row['sentence']}")
                continue
            self.found += 1
            if one.status != row["status"]:
                self.wrong_status.append(f"{row['status']}, read {one.status}: {row['sentence']}")
            if str(one.address.page) != row["page"]:
                self.wrong_page.append(f"{truth.path}: {row['page']}, read {one.address.page}: {one.text}")
        self.extra += [f"{truth.path}: {one.text}" for one in found.values()]

    def __str__(self) -> str:
        return (
            f"looking back: {self.found + len(self.missed)} sentences, recall {self.recall:.1%}, precision "
            f"{self.precision:.1%}, right status {self.status:.1%}, {len(self.wrong_page)} on another page"
        )


def _compared(truth: Truth, read: InspectionRecord) -> Iterator[tuple[str, str, str]]:
    row = truth.inspection
    in_text = row["published_source"] == "text"
    yield "framework", row["framework"], read.framework
    yield "title", row["title"], read.title
    yield "inspection_start", row["inspection_start"], str(read.inspection_start or "")
    yield "inspection_end", row["inspection_end"], str(read.inspection_end or "")
    yield (
        "published",
        row["published"] if in_text else "",
        str(read.published or "") if read.published_source == "text" else "",
    )
    yield "lead_inspector", row["lead_inspector"], read.lead_inspector
    yield "pages", row["pages"], str(read.pages)
    yield (
        "judgements",
        "\n".join(sorted(f"{j['question_key']}: {j['grade']}, page {j['page']}" for j in truth.judgements)),
        "\n".join(sorted(f"{j.question_key}: {j.grade}, page {j.address.page}" for j in read.judgements)),
    )
    printed = {(j["question_key"], j["page"]): j for j in truth.judgements}
    for judgement in read.judgements:
        if expected := printed.get((judgement.question_key, str(judgement.address.page))):
            yield f"{judgement.question_key} as printed", expected["grade_printed"], judgement.grade_printed
            yield f"{judgement.question_key} question", expected["question"], judgement.question
    yield "improve, count", str(len(truth.improve)), str(len(read.improve))
    for item, found in zip(truth.improve, read.improve, strict=False):
        name = f"improve {item['ordinal']}"
        yield f"{name} ordinal", item["ordinal"], str(found.ordinal)
        yield f"{name} list_kind", item["list_kind"], found.list_kind
        yield f"{name} page", item["page"], str(found.address.page)
        yield f"{name} text", item["text"], found.text or ""
        yield f"{name} heading", item["heading"], found.heading
        yield f"{name} printed_number", item["printed_number"], found.printed_number
        yield f"{name} responsible_body", item["responsible_body"], found.responsible_body


def _sentence(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _plain(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines())


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> int:
    """Print every difference of the named frameworks' reports, and a count of them by field."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--framework", action="append", default=[], help="only these frameworks (may be repeated)"
    )
    parser.add_argument("--path", default="", help="only reports whose path contains this")
    parser.add_argument("--fields", default="", help="only fields whose name contains this")
    parser.add_argument(
        "--look-back", action="store_true", help="print the sentences that were missed or added"
    )
    arguments = parser.parse_args()
    counts: Counter[str] = Counter()
    looks_back = LookBackScore()
    chosen = [truth for truth in of_framework(*arguments.framework) if arguments.path in truth.path]
    wrong = 0
    for truth in chosen:
        try:
            read = read_report(truth.file).inspection
        except UnreadableReport as refused:
            found = [Mismatch(truth.path, "readable", "yes", refused.kind)]
        else:
            found = mismatches(truth, read)
            looks_back.add(truth, read)
        found = [one for one in found if arguments.fields in one.field]
        wrong += bool(found)
        for one in found:
            counts[one.field.split()[-1]] += 1
            print(one)
    print(
        f"{len(chosen)} reports, {len(chosen) - wrong} without a difference; "
        f"differences by field: {dict(counts)}"
    )
    print(looks_back)
    if arguments.look_back:
        for told in ("missed", "extra", "wrong_status", "wrong_page"):
            print(*(f"  {told}: {sentence}" for sentence in getattr(looks_back, told)), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
