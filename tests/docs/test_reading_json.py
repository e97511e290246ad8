"""The page on `oneplace read --json` names every key and every value that it prints."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import get_args

from oneplace import records
from oneplace.reading.as_json import as_object
from oneplace.reading.read import known_forms, read_report
from tests.conftest import ROOT
from tests.pdfs.letters import Letter

PAGE = (ROOT / "docs" / "reference" / "reading-json.md").read_text(encoding="utf-8")
READING = ROOT / "src" / "oneplace" / "reading"


def named(word: str) -> bool:
    return f"`{word}`" in PAGE


def source() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(READING.rglob("*.py")))


def test_every_key_is_on_the_page(tmp_path: Path) -> None:
    said = as_object(read_report(Letter().sheets().save(tmp_path / "letter.pdf")))
    keys = set(said)
    for each in ("improve", "findings", "looks_back"):
        keys |= {key for item in said[each] for key in item}
    keys |= {field.name for field in dataclasses.fields(records.Problem)} - {"address"}
    # No report that is read names a part of the body or gives a score.
    of_tables = {"subject", "score"}
    keys |= {field.name for field in dataclasses.fields(records.JudgementRecord)} - {"address"} - of_tables
    assert {key for key in keys if not named(key)} == set()


def test_every_kind_of_list_status_and_form_is_on_the_page() -> None:
    values = {
        *get_args(records.ListKind),
        *get_args(records.LookBackStatus),
        *(form.name for form in known_forms()),
    }
    assert {value for value in values if not (named(value) or named(f"{value}-2013"))} == set()


def test_every_kind_of_problem_is_on_the_page() -> None:
    kinds = set(re.findall(r'Problem\(\s*kind="([a-z_]+)"', source()))
    assert "grades_disagree" in kinds
    assert {kind for kind in kinds if not named(kind)} == set()


def test_every_reason_for_not_reading_a_file_is_on_the_page() -> None:
    kinds = set(re.findall(r'refuse\(\s*"([a-z_]+)"', source()))
    kinds |= set(re.findall(r'UnreadableReport\(\s*[^"]*"?"?,\s*"([a-z_]+)"', source()))
    assert {"web_page", "missing", "too_large", "unrecognised", "too_many_pages"} <= kinds
    assert {kind for kind in kinds if not named(kind)} == set()
    assert all(named(kind) for kind in ("too_costly", "reader_fault"))
