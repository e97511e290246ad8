"""The archive: a page is shown only from the very file that was read."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from django.conf import LazySettings
from PIL import Image
from reportlab.pdfgen import canvas

from oneplace.archive.actions import remember_files
from oneplace.archive.queries import NotInArchive, held, page_picture, page_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(tmp_path: Path, settings: LazySettings) -> tuple[str, Path]:
    settings.ONEPLACE_HOME = tmp_path / "home"
    path = tmp_path / "report.pdf"
    drawing = canvas.Canvas(str(path), pagesize=(595, 842), invariant=1)
    drawing.setFont("Helvetica", 12)
    drawing.drawString(72, 700, "Social workers know their children well.")
    drawing.drawString(72, 680, "Plans are clear.")
    drawing.showPage()
    drawing.drawString(72, 700, "The second page.")
    drawing.save()
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    remember_files([(sha256, path)])
    return sha256, path


def test_a_page_comes_as_a_picture_twice_as_wide_as_its_points(report: tuple[str, Path]) -> None:
    picture = Image.open(io.BytesIO(page_picture(report[0], 1)))
    assert picture.format == "WEBP"
    assert picture.size == (1190, 1684)


def test_a_picture_is_drawn_once_and_then_kept(report: tuple[str, Path], tmp_path: Path) -> None:
    first = page_picture(report[0], 2)
    (kept,) = (tmp_path / "home" / "pictures").rglob("*.webp")
    kept.write_bytes(b"kept")
    assert first != b"kept"
    assert page_picture(report[0], 2) == b"kept"


def test_the_lines_in_a_box_are_those_whose_middle_stands_in_it(report: tuple[str, Path]) -> None:
    page = page_text(report[0], 1)
    assert (page.number, page.count) == (1, 2)
    first = page.lines[0]
    assert [line.text for line in page.within(first.box)] == ["Social workers know their children well."]
    assert [line.text for line in page.lines][1] == "Plans are clear."


def test_a_changed_file_is_refused_even_where_its_picture_is_kept(report: tuple[str, Path]) -> None:
    sha256, path = report
    page_picture(sha256, 1)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(NotInArchive, match="SHA-256 is another"):
        page_picture(sha256, 1)


def test_a_file_that_moved_is_said_to_have_moved_and_found_again_once_remembered(
    report: tuple[str, Path], tmp_path: Path
) -> None:
    sha256, path = report
    moved = path.rename(tmp_path / "elsewhere.pdf")
    with pytest.raises(NotInArchive) as refused:
        page_text(sha256, 1)
    assert refused.value.kind == "moved"
    remember_files([(sha256, moved)])
    assert page_text(sha256, 1).count == 2


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_the_report_does_not_have_is_refused(report: tuple[str, Path], number: int) -> None:
    with pytest.raises(NotInArchive, match="has pages 1 to 2"):
        page_text(report[0], number)


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", ""])
def test_only_a_known_sha256_names_a_file(report: tuple[str, Path], name: str) -> None:
    with pytest.raises(NotInArchive) as refused:
        page_picture(name, 1)
    assert refused.value.kind == "not_held"


def test_held_says_which_files_the_archive_has(report: tuple[str, Path]) -> None:
    assert held([report[0], "0" * 64]) == {report[0]}
