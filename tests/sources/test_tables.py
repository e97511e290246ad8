"""Rows of a table know where they stand, whatever is in them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.frameworks import framework
from oneplace.sources import SourceError
from oneplace.sources.days import EARLIEST
from oneplace.sources.numbers import number_in
from oneplace.sources.tables import Row, csv_beginning, csv_rows, sheet_rows
from tests.sources.making import write

cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


def _row(value: str) -> Row:
    return Row(Path("table.csv"), None, 7, {"it": value})


@given(st.lists(st.tuples(cells, cells), min_size=1, max_size=6))
def test_every_cell_comes_back_with_its_row(table: list[tuple[str, str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("one", "two"), *table])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        path.write_bytes(text.getvalue().encode())
        rows = csv_rows(path, ("two", "one"))
    assert [row.number for row in rows] == list(range(2, len(table) + 2))
    assert [(row.cells["one"], row.cells["two"]) for row in rows] == [
        (one.strip(), two.strip()) for one, two in table
    ]


@given(
    st.dates(EARLIEST, dt.date(2026, 1, 1)), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%Y-%m-%dT%H:%M:%S"])
)
def test_a_date_reads_back_in_its_layout(date: dt.date, layout: str) -> None:
    assert _row(date.strftime(layout)).date("it", (layout,)) == date


@given(st.text(max_size=20))
def test_no_text_gives_a_date_out_of_all_bounds(text: str) -> None:
    row = _row(text.strip())
    refused: SourceError | None = None
    found: dt.date | None = None
    try:
        found = row.optional_date("it", ("%Y-%m-%d", "%d/%m/%y"))
    except SourceError as fault:
        refused = fault
    assert (found is None) == (refused is not None or not text.strip())
    assert refused is None or (refused.row, refused.column) == (7, "it")
    assert found is None or found >= EARLIEST


def test_a_mark_at_the_start_of_a_file_is_no_part_of_the_first_heading(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("\ufeffone,two\n1,2\n".encode())
    assert csv_rows(path, ("one",))[0].text("one") == "1"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("one,two\n", "at least one row under the header"),
        ("one,two\n1\n", "row 2: 2 cells, as in the header, was expected, but it has “1 cells”"),
        ("one,two\n1,2,3\n", "row 2: 2 cells"),
        ('one,two\n"1,2\n', "a CSV table with its quotes closed"),
        ("one,one\n1,2\n", "row 1, column “one”: each heading once"),
        ("one,two\n1,2", "a whole file that ends with its last line"),
    ],
)
def test_a_broken_table_says_what_is_wrong(content: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(content)
    with pytest.raises(SourceError) as refused:
        csv_rows(path, ("one",))
    assert said in str(refused.value)


def test_text_that_is_not_utf_8_is_refused_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes("one\nfine\ncafé\n".encode("latin-1"))
    with pytest.raises(SourceError, match="row 3: text in UTF-8 was expected"):
        csv_rows(path, ("one",))


def test_a_missing_sheet_is_named_with_those_there_are(tmp_path: Path) -> None:
    path = write({("book.ods", "Roses"): [["one"], ["1"]]}, "book.ods", tmp_path)
    with pytest.raises(SourceError, match="a sheet “Hedges” was expected, but it has “Roses”"):
        sheet_rows(path, "Hedges", 1, ("one",))


def test_a_header_that_has_moved_is_refused_and_told_where_it_is(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("A title,\nOne more,\none,two\n1,2\n")
    with pytest.raises(
        SourceError, match=r"row 2, column “one”: a column “one” \(the header has moved to row 3\)"
    ):
        csv_rows(path, ("one", "two"), header_row=2)
    path.write_text("one,two\n1,2\n")
    with pytest.raises(
        SourceError, match=r"row 2, column “one”: a column “one” \(the header has moved to row 1\)"
    ):
        csv_rows(path, ("one", "two"), header_row=2)
    book = write({("book.ods", "Roses"): [["A title"], ["One more"], ["one"], ["1"]]}, "book.ods", tmp_path)
    with pytest.raises(SourceError, match=r"sheet Roses, row 1, .* \(the header has moved to row 3\)"):
        sheet_rows(book, "Roses", 1, ("one",))


@pytest.mark.parametrize("value", ["", "0", "-1", "1.5", "²", "one"])
def test_only_whole_numbers_from_one_on_count_pages_and_items(value: str) -> None:
    with pytest.raises(SourceError, match="row 7, column “it”"):
        _row(value).whole_number("it")


def test_an_edition_that_was_published_without_an_end_of_its_last_line_is_read(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("council,grade\nMarsh,Good", "utf-8")
    with pytest.raises(SourceError, match="a whole file that ends with its last line"):
        csv_rows(path, ("council",))
    (row,) = csv_rows(path, ("council",), ended=False)
    assert row.text("grade") == "Good"


def test_the_beginning_of_a_file_tells_which_header_it_has(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes('Title \u2013 2024,\ncouncil,"a\ngrade"\nMarsh,Good\n'.encode("cp1252"))
    beginning = csv_beginning(path, 2, encodings=("utf-8-sig", "cp1252"))
    assert beginning == (("Title \u2013 2024", ""), ("council", "a grade"))


def test_a_grade_that_the_framework_does_not_give_is_refused_with_those_that_it_gives() -> None:
    peel = framework("PEEL-2023")
    told = _row("requires improvement").judgement("it", peel, peel.questions[0].key, wording="As printed")
    assert (told.question, told.grade_printed, told.grade) == (
        "As printed",
        "requires improvement",
        "requires_improvement",
    )
    for printed, found in (("splendid", "splendid"), ("", None)):
        with pytest.raises(SourceError) as refused:
            _row(printed).judgement("it", peel, peel.questions[0].key)
        fault = refused.value
        assert (fault.file.name, fault.row, fault.column, fault.found or None) == (
            "table.csv",
            7,
            "it",
            found,
        )
        labels = "one of “Outstanding”, “Good”, “Adequate”, “Requires improvement”, “Inadequate”"
        assert fault.expected == (labels if printed else "a value")


def test_a_grade_for_what_the_framework_does_not_ask_is_refused() -> None:
    with pytest.raises(
        SourceError, match="row 7, column “it”: nothing, as “Focused visit” has no such grade,"
    ):
        _row("Good").judgement("it", framework("focused-visit"), "overall")


@pytest.mark.parametrize("written", ["1e999", "nan", "inf", "1_000"])
def test_what_is_no_number_that_can_be_shown_is_none(written: str) -> None:
    assert number_in(written) is None


def test_cells_that_are_repeated_without_end_are_refused_before_they_are_made(tmp_path: Path) -> None:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>"
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="3000">'
        '<table:table-cell office:value-type="string" table:number-columns-repeated="16000"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table>"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    path = tmp_path / "bomb.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("content.xml", content)
    with pytest.raises(SourceError, match="cells that are repeated"):
        sheet_rows(path, "S", 1, ("x",))
