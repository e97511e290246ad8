"""`oneplace read`: reports printed, as JSON, and what it says of files that it cannot read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.pdfs import others
from tests.pdfs.area_send import AreaSend
from tests.pdfs.ilacs import ITEMS, Ilacs
from tests.pdfs.letters import Letter
from tests.pdfs.sif import Sif

ROOT = Path(__file__).parents[3]
KEYS = {
    "path", "sha256", "publisher", "framework", "form", "body", "title", "inspection_start", "inspection_end",
    "published", "lead_inspector", "pages", "judgements", "improve", "findings", "looks_back", "problems",
}  # fmt: skip


def oneplace(
    *arguments: str | Path, seconds: int = 60, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run it as a person would, with no terminal and no database to be found."""
    settings = {
        "PATH": os.environ["PATH"],
        "COLUMNS": "100",
        "DATABASE_URL": "sqlite:////nowhere/at/all.sqlite3",
    }
    return subprocess.run(
        [sys.executable, "-m", "oneplace.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=seconds,
        env=settings | environment,
        check=False,
        cwd=ROOT,
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("reports")
    ilacs = Ilacs().sheets().bytes()
    made = {
        "ilacs": ilacs,
        "sif": Sif().sheets().bytes(),
        "letter": Letter().sheets().bytes(),
        "send": AreaSend().sheets().bytes(),
        "web_page": others.WEB_PAGE,
        "empty": b"",
        "truncated": ilacs[:3000],
        "encrypted": others.encrypted(ilacs, user_password="sesame"),
        "no_text": others.scan(),
        "too_many_pages": others.many_pages(500),
        "not_a_pdf": b"PK\x03\x04 a zip archive that was renamed",
        "unrecognised": others.school().bytes(),
    }
    for name, data in made.items():
        (folder / f"{name}.pdf").write_bytes(data)
    return {name: folder / f"{name}.pdf" for name in made} | {"missing": folder / "missing.pdf"}


def test_a_report_is_printed_for_people(files: dict[str, Path]) -> None:
    done = oneplace("read", files["ilacs"])
    assert done.returncode == 0
    assert done.stderr == ""
    for said in (
        "Thornmere",
        "11 September 2023 to 22 September 2023",
        "Rowan Ashgrove",
        "Requires improvement to be good",
    ):
        assert said in done.stdout
    assert "\x1b[" not in done.stdout  # no colour where there is no terminal
    assert " ".join(ITEMS[1].split()[:5]) in done.stdout


def test_every_fact_that_is_printed_has_its_page(files: dict[str, Path]) -> None:
    printed = oneplace("read", files["ilacs"]).stdout
    assert len(re.findall(r"p\. 1$", printed, re.MULTILINE)) == len(ITEMS)


BAD = (
    "web_page",
    "empty",
    "truncated",
    "encrypted",
    "no_text",
    "too_many_pages",
    "not_a_pdf",
    "unrecognised",
    "missing",
)


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_cannot_be_read_gives_one_line_and_exit_status_1(
    files: dict[str, Path], kind: str
) -> None:
    done = oneplace("read", files[kind])
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{files[kind]}: {kind}: ")
    assert "Traceback" not in line


def as_objects(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_json_is_one_object_a_line_in_the_files_order_and_nothing_else(files: dict[str, Path]) -> None:
    named = ["sif", "web_page", "ilacs", "missing", "letter", "encrypted", "send"]
    done = oneplace("read", "--json", *(files[name] for name in named))
    assert done.returncode == 1
    assert done.stderr == ""
    told = as_objects(done)
    assert [one["path"] for one in told] == [str(files[name]) for name in named]
    assert [one.get("framework", one.get("error", {}).get("kind")) for one in told] == [
        "SIF", "web_page", "ILACS", "missing", "focused-visit", "encrypted", "area-SEND",
    ]  # fmt: skip
    for one in told:
        assert set(one) == ({"path", "sha256", "error"} if "error" in one else KEYS)


def test_json_of_readable_reports_ends_with_status_0(files: dict[str, Path]) -> None:
    done = oneplace("read", files["ilacs"], "--json")
    assert done.returncode == 0
    (said,) = as_objects(done)
    assert said["inspection_start"] == "2023-09-11"
    assert said["published"] is None
    assert said["body"] == {"name": "Thornmere"}
    assert [item["text"] for item in said["improve"]] == list(ITEMS)
    assert all(len(judgement["box"]) == 4 for judgement in said["judgements"])


def test_json_of_a_folder_reads_every_file_in_it(files: dict[str, Path]) -> None:
    done = oneplace("read", "--json", files["ilacs"].parent)
    told = as_objects(done)
    assert len(told) == len(files) - 1  # all but the one that is missing
    assert sum("error" in one for one in told) == len(BAD) - 1


def test_a_folder_without_a_pdf_is_said_to_be_so(tmp_path: Path) -> None:
    for arguments in (["read", "--json", str(tmp_path)], ["read", str(tmp_path)]):
        done = oneplace(*arguments)
        assert done.returncode == 1
        assert done.stdout == ""
        assert "no file here whose name ends in .pdf" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_reading_a_report_imports_no_django_and_opens_no_database(
    files: dict[str, Path], more: tuple[str, ...]
) -> None:
    script = (
        "import sys\n"
        "from oneplace.cli import oneplace\n"
        f"oneplace(['read', {str(files['ilacs'])!r}, *{more!r}], standalone_mode=False)\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(loaded & {'django', 'sqlite3', 'polars'}), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0
    assert done.stderr.strip() == "[]"


def test_a_bomb_ends_soon_in_one_line_and_the_others_are_read(tmp_path: Path, files: dict[str, Path]) -> None:
    bomb = tmp_path / "bomb.pdf"
    bomb.write_bytes(others.bomb(1024))
    assert bomb.stat().st_size < 10_000
    done = oneplace("read", bomb)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"{bomb}: too_costly: ")
    told = as_objects(oneplace("read", "--json", files["ilacs"], bomb, files["sif"], files["send"]))
    assert [one.get("framework", one.get("error", {}).get("kind")) for one in told] == [
        "ILACS",
        "too_costly",
        "SIF",
        "area-SEND",
    ]


@pytest.mark.parametrize("columns", [80, 120])
def test_the_lines_fit_the_terminal(files: dict[str, Path], columns: int) -> None:
    for name in ("ilacs", "sif", "letter", "send"):
        printed = oneplace("read", files[name], COLUMNS=str(columns)).stdout
        assert max(map(len, printed.splitlines())) <= columns
