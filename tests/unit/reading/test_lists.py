"""A list of things to improve, drawn in a real PDF and read back: as many items, each whole."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oneplace.reading.furniture import strip_furniture
from oneplace.reading.lists import items, records
from oneplace.reading.pages import read_pages
from oneplace.reading.words import Vocabulary
from tests.pdfs.sheets import Sheets, signs_first

WORDS = (
    "help",
    "visit",
    "plan",
    "child",
    "worker",
    "record",
    "school",
    "carer",
    "quality",
    "timely",
    "good",
    "of",
    "and",
    "the",
    "in",
    "for",
    "2019",
    "12",
    "16",
)
ITEM = st.lists(st.sampled_from(WORDS), min_size=4, max_size=60).map(lambda words: f"Make {' '.join(words)}.")


def read_back(sheets: Sheets, folder: Path) -> list[str | None]:
    document = pdfium.PdfDocument(sheets.save(folder / "list.pdf"))
    try:
        pages = list(read_pages(document))
    finally:
        document.close()
    strip_furniture(pages)
    lines = [line for page in pages for line in page.lines]
    words = Vocabulary(pages)
    start = next(index for index, line in enumerate(lines) if line.text == "Recommendations") + 1
    return [record.text for record in records(items(lines[start:]), "recommendation", "", 1, words)]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(ITEM, min_size=1, max_size=25),
    mark=st.sampled_from(["number", "square", "•", "–", "-"]),
    y=st.integers(120, 740),
    numbers=st.sampled_from(["first", "last"]),
    apart=st.booleans(),
)
def test_any_list_is_read_back_item_by_item(
    tmp_path: Path, texts: list[str], mark: str, y: int, numbers: str, apart: bool
) -> None:
    sheets = Sheets(numbers=numbers, order=signs_first if apart else list)
    # PDFium takes a page with almost nothing on it for one that is written downwards.
    for _ in range(3):
        sheets.paragraph(
            "Children in this town are mostly well looked after, and those who look after them say so too."
        )
    sheets.y = min(sheets.y, y)
    sheets.line("Recommendations", bold=True, size=14)
    for number, text in enumerate(texts, 1):
        sheets.item(text, number=f"{number}." if mark == "number" else "", sign=mark)
    assert read_back(sheets, tmp_path) == texts


@pytest.mark.parametrize("sub", ["–", "-", "•", "o"])
@pytest.mark.parametrize("mark", ["number", "square"])
@pytest.mark.parametrize(
    "stem", ["See that every plan has:", "The local authority should:", "Ensure that plans have"]
)
def test_bullets_within_an_item_belong_to_it(tmp_path: Path, sub: str, mark: str, stem: str) -> None:
    sheets = Sheets()
    sheets.line("Recommendations", bold=True, size=14)
    for number in (1, 2):
        sheets.item(stem, number=f"{number}." if mark == "number" else "")
        sheets.item("a date by which it is done", sign=sub, x=108)
        sheets.item("the name of a worker.", sign=sub, x=108)
    sign = "–" if sub in "–-" else "•"
    whole = f"{stem} {sign} a date by which it is done {sign} the name of a worker."
    assert read_back(sheets, tmp_path) == [whole, whole]


@pytest.mark.parametrize(
    "themes", [("Leaders and managers", "Care leavers"), ("Leadership:", "Care leavers:"), ("Help",)]
)
@pytest.mark.parametrize("first", ["Do", "do"])
def test_items_below_numbered_themes_are_the_bullets(
    tmp_path: Path, themes: tuple[str, ...], first: str
) -> None:
    sheets = Sheets()
    sheets.line("Recommendations", bold=True, size=14)
    texts = (
        f"{first} the first thing well",
        f"{first} the second thing, which takes rather more words to say than the first thing did, well.",
    )
    for number, theme in enumerate(themes, 14):
        sheets.item(theme, number=f"{number}.")
        for text in texts:
            sheets.item(text, x=108)
    assert read_back(sheets, tmp_path) == list(texts) * len(themes)


def test_themes_in_bold_between_items_are_no_items(tmp_path: Path) -> None:
    sheets = Sheets()
    sheets.line("Recommendations", bold=True, size=14)
    for theme in ("Help and protection", "Looked after children"):
        sheets.heading(theme, size=12)
        sheets.item("Do one thing.")
        sheets.item("Do another thing.")
    document = pdfium.PdfDocument(sheets.save(tmp_path / "list.pdf"))
    pages = list(read_pages(document))
    document.close()
    strip_furniture(pages)
    found = records(items(pages[0].lines[1:]), "recommendation", "", 1, Vocabulary(pages))
    assert [(record.subheading, record.text) for record in found] == [
        ("Help and protection", "Do one thing."),
        ("Help and protection", "Do another thing."),
        ("Looked after children", "Do one thing."),
        ("Looked after children", "Do another thing."),
    ]


def test_a_mark_of_a_footnote_is_taken_out_of_the_words(tmp_path: Path) -> None:
    sheets = Sheets()
    sheets.line("Recommendations", bold=True, size=14)
    sheets.item("Do what the guidance says")
    sheets.y += 24.5
    sheets.raised(2, "Do what the guidance says", 90)
    sheets.y -= 24.5
    sheets.item("Do another thing.")
    sheets.note(2, "The guidance of 2015.")
    assert read_back(sheets, tmp_path) == ["Do what the guidance says", "Do another thing."]


def test_an_age_at_the_beginning_of_a_line_is_no_number_of_an_item(tmp_path: Path) -> None:
    sheets = Sheets()
    sheets.line("Recommendations", bold=True, size=14)
    sheets.item("Help every child who is under the age of\n16. Do it soon.", number="15.")
    sheets.item("Help every care leaver who is older than\n17.", number="16.")
    sheets.item("Help all.", number="17.")
    assert read_back(sheets, tmp_path) == [
        "Help every child who is under the age of 16. Do it soon.",
        "Help every care leaver who is older than 17.",
        "Help all.",
    ]


def test_a_list_may_begin_again_at_one_under_a_theme(tmp_path: Path) -> None:
    sheets = Sheets()
    sheets.line("Recommendations", bold=True, size=14)
    for theme in ("Leaders", "Workers"):
        sheets.heading(theme, size=12)
        for number in (1, 2):
            sheets.item(f"{theme} do thing {number}.", number=f"{number}.")
    assert read_back(sheets, tmp_path) == [
        "Leaders do thing 1.",
        "Leaders do thing 2.",
        "Workers do thing 1.",
        "Workers do thing 2.",
    ]
