"""Rows of a very long sheet are those that calamine reads, and nothing that is not a whole sheet is read half."""

from __future__ import annotations

import tempfile
import threading
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import fastexcel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oneplace.sources import SourceError, ods_cells, streamed_ods
from oneplace.sources.streamed_ods import streamed_rows
from oneplace.sources.tables import Row

OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
ROOT = (
    f'<office:document-content xmlns:office="{OFFICE}:office:1.0" xmlns:table="{OFFICE}:table:1.0" '
    f'xmlns:text="{OFFICE}:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
)
TEXT = 'office:value-type="string"'


def document(body: str, *, root: str = ROOT, before: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return (
        f"{before}{root}<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def save(folder: str | Path, content: str | bytes) -> Path:
    path = Path(folder, "long.ods")
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{OFFICE}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", kind)
        parts.writestr("META-INF/manifest.xml", manifest)
        parts.writestr("content.xml", content)
    return path


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {TEXT}{more}><text:p>{escape(text)}</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def sheet(*rows: str, name: str = "A") -> str:
    return f'<table:table table:name="{name}"><table:table-column/>{"".join(rows)}</table:table>'


HEADER = row(*(cell(name) for name in "abcdefgh"))


def read(path: Path, columns: Sequence[str] = "abcdefgh", **more: object) -> list[tuple[int, list[str]]]:
    rows = streamed_rows(path, {"A": list(columns)}, **more)  # type: ignore[arg-type]
    return [(each.number, list(each.cells.values())) for each in rows]


words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=9).map(
    lambda text: " ".join(text.split())
)
spaces = st.integers(1, 3).map(lambda number: f'<text:s text:c="{number}"/>') | st.just("<text:s/>")
inner = st.one_of(
    words.map(escape),
    spaces,
    words.map(lambda text: f'<text:a xlink:href="http://x/?a=1&amp;b=2">{escape(text)}</text:a>'),
    words.map(lambda text: f"<text:span>{escape(text)}</text:span>"),
    st.sampled_from(["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#233;", "&#x20ac;", "&#128512;"]),
)
paragraphs = st.lists(
    st.lists(inner, max_size=3).map(lambda parts: f"<text:p>{''.join(parts)}</text:p>"),
    min_size=1,
    max_size=3,
).map("".join)
attributes = st.sampled_from(["", ' table:style-name="ce1"', ' table:number-columns-spanned="2"'])
repeated = st.sampled_from(
    ["", "", "", ' table:number-columns-repeated="2"', ' table:number-columns-repeated="3"']
)
note = st.sampled_from(
    ["", "", "<office:annotation><dc:date>2024-01-01</dc:date><text:p>A note</text:p></office:annotation>"]
)
texts = st.builds(
    lambda more, times, before, inside: (
        f"<table:table-cell {TEXT}{more}{times}>{before}{inside}</table:table-cell>"
    ),
    attributes,
    repeated,
    note,
    paragraphs,
)
numbers = st.builds(
    lambda kind, value, times: (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}"{times}>'
        "<text:p>as shown</text:p></table:table-cell>"
    ),
    st.sampled_from(["float", "percentage", "currency"]),
    st.integers(-(10**9), 10**9) | st.decimals(-(10**6), 10**6, places=3),
    repeated,
)
days = st.builds(
    lambda day: (
        f'<table:table-cell office:value-type="date" office:date-value="{day}"><text:p>a day</text:p>'
        "</table:table-cell>"
    ),
    st.dates() | st.datetimes().map(lambda when: when.replace(microsecond=0).isoformat()),
)
others = st.sampled_from(
    [
        "<table:table-cell/>",
        '<table:table-cell table:style-name="ce2"/>',
        '<table:table-cell table:number-columns-repeated="3"/>',
        "<table:covered-table-cell/>",
        '<table:covered-table-cell table:number-columns-repeated="2"/>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>'
        "</table:table-cell>",
        f'<table:table-cell {TEXT} office:string-value="said"><text:p>shown</text:p></table:table-cell>',
    ]
)
rows = st.builds(
    lambda cells, more: row(*cells, more=more),
    st.lists(texts | numbers | days | others, min_size=1, max_size=6),
    st.sampled_from(["", "", ' table:style-name="ro1"', ' table:number-rows-repeated="2"']),
)


def compare(body: list[str]) -> None:
    """The rows under a header of twenty columns, as calamine has them and as we do."""
    wide = [cell(f"column {number}") for number in range(20)]
    with tempfile.TemporaryDirectory() as folder:
        path = save(folder, document(sheet(row(*wide), *body, row(cell("the end")))))
        table = fastexcel.read_excel(path).load_sheet("A", header_row=None, skip_rows=0, dtypes="string")
        expected = [
            (number, [str(each or "").strip() for each in line])
            for number, line in enumerate(table.to_polars().rows(), 1)
        ]
        found = read(path, [f"column {number}" for number in range(20)])
    assert found == [(number, line[:20]) for number, line in expected[1:] if any(line)]


@settings(max_examples=300, deadline=None)
@given(st.lists(rows, min_size=1, max_size=6))
def test_a_sheet_reads_as_calamine_reads_it(body: list[str]) -> None:
    compare(body)


any_cell = texts | numbers | days | others
blocks = st.builds(
    lambda begins, ends, middles: [row(*begins, *middle, *ends) for middle in middles],
    st.lists(any_cell, max_size=5),
    st.lists(any_cell, max_size=3),
    st.lists(st.lists(any_cell, max_size=3), min_size=1, max_size=5),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=4))
def test_rows_that_begin_and_end_alike_read_as_calamine_reads_them(body: list[list[str]]) -> None:
    compare([each for block in body for each in block])


def test_only_the_wanted_columns_of_the_wanted_sheets_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    body = (
        sheet(row(cell("x")), row(cell("1")), name="Not wanted")
        + sheet(HEADER, row(*(cell(f"{each}1") for each in "abcdefgh")), name="A")
        + sheet(row(cell("y"), cell("z")), row(cell("2"), cell("3")), name="B &amp; B")
    )
    found = list(streamed_rows(save(tmp_path, document(body)), {"B & B": ["z", "y"], "A": ["c"]}))
    assert [(each.sheet, each.number, each.cells) for each in found] == [
        ("A", 2, {"c": "c1"}),
        ("B & B", 2, {"z": "3", "y": "2"}),
    ]


@pytest.mark.parametrize("banner", [(), (row(cell("Ratings as at 1 October")),)], ids=["none", "a banner"])
def test_the_header_may_stand_in_row_1_or_2(banner: tuple[str, ...], tmp_path: Path) -> None:
    path = save(tmp_path, document(sheet(*banner, HEADER, row(cell("one")), row(cell("two")))))
    first = 2 + len(banner)
    found = read(path, "a", header_rows=(1, 2))
    assert found == [(first, ["one"]), (first + 1, ["two"])]


def test_a_column_is_found_under_each_of_its_names_and_called_by_the_first(tmp_path: Path) -> None:
    path = save(tmp_path, document(sheet(row(cell("Key Question")), row(cell("Safe")))))
    found = list(streamed_rows(path, {"A": [("Domain", "Key Question")]}))
    assert [each.cells for each in found] == [{"Domain": "Safe"}]


def test_empty_rows_count_and_do_not_come(tmp_path: Path) -> None:
    gap = '<table:table-row table:number-rows-repeated="998"><table:table-cell/></table:table-row>'
    end = '<table:table-row table:number-rows-repeated="1047576"/>'
    path = save(tmp_path, document(sheet(HEADER, gap, row(cell("far down")), end)))
    assert read(path, "a") == [(1000, ["far down"])]


def test_rows_under_merged_cells_and_in_groups_are_rows(tmp_path: Path) -> None:
    merged = row("<table:covered-table-cell/>", cell("beside"))
    body = (
        f"<table:table-header-rows>{HEADER}</table:table-header-rows><text:soft-page-break/>"
        f"<table:table-row-group>{merged}</table:table-row-group>"
    )
    path = save(tmp_path, document(sheet(body)))
    assert read(path, "ab") == [(2, ["", "beside"])]


def test_a_row_longer_than_a_chunk_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [row(cell("x" * number), cell("é€😀" * number)) for number in range(1, 40)]
    path = save(tmp_path, document(sheet(HEADER, *lines)))
    whole = read(path, "ab")
    for size in (1, 7, 64):
        monkeypatch.setattr(streamed_ods, "_CHUNK", size)
        assert read(path, "ab") == whole


def test_what_is_kept_understood_stays_small_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [row(cell(f"{number}"), cell("again"), "<table:table-cell/>") for number in range(200)]
    path = save(tmp_path, document(sheet(HEADER, *lines)))
    whole = read(path, "abc")
    monkeypatch.setattr(ods_cells, "KEPT", 300)
    assert read(path, "abc") == whole
    cells = ods_cells.Cells(f' xmlns:table="{OFFICE}:table:1.0"'.encode())
    for number in range(1_000):
        assert cells[f' a="{number}"/>'.encode()] == ("",)
        assert len(cells) < 40


def refusal(path: Path, **more: object) -> SourceError:
    with pytest.raises(SourceError) as refused:
        read(path, "a", **more)
    return refused.value


@pytest.mark.parametrize("times", [1, 1_000_000_000])
def test_a_sheet_with_too_many_rows_is_refused_with_the_row(times: int, tmp_path: Path) -> None:
    more = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    path = save(
        tmp_path, document(sheet(HEADER, *[row(cell(str(n))) for n in range(20)], row(cell("x"), more=more)))
    )
    fault = refusal(path, most=21)
    assert (fault.sheet, fault.row) == ("A", 22)
    assert "at most 21 rows" in str(fault)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (row(cell("x", ' table:number-columns-repeated="1000000000"')), "at most 1,000 columns"),
        (
            row('<table:table-cell table:number-columns-repeated="999"/>', cell("x"), cell("y")),
            "1,000 columns",
        ),
        (row(cell("x", ' table:number-columns-repeated="many"')), "a whole number of times"),
        (
            row(
                f"<table:table-cell {TEXT}><text:p><![CDATA[</table:table-row>]]></text:p></table:table-cell>"
            ),
            "CDATA",
        ),
        (row(f"<table:table-cell {TEXT}><!-- a --><text:p>b</text:p></table:table-cell>"), "comments"),
        (row(f"<table:table-cell {TEXT}><text:p>&bomb;</text:p></table:table-cell>"), "well-formed"),
        (row(f"<table:table-cell {TEXT}><text:p>a</text:span></table:table-cell>"), "well-formed"),
        (row(cell("x")) + "<table:table-row>", "begin and end"),
        ("<table:table-row>" + row(cell("x")) + "</table:table-row>", "begin and end"),
        (sheet(row(cell("x")), name="Inner"), "sheets that begin and end"),
    ],
)
def test_what_is_no_plain_sheet_is_refused_with_the_row(body: str, expected: str, tmp_path: Path) -> None:
    fault = refusal(save(tmp_path, document(sheet(HEADER, body))))
    assert expected in str(fault)
    assert fault.sheet in ("A", None)
    assert fault.row in (2, 3)


def test_a_document_type_is_refused_before_any_entity_grows(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>'
    fault = refusal(save(tmp_path, document(sheet(HEADER, row(cell("x"))), before=bomb)))
    assert "document type" in str(fault)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<html><body>Not found</body></html>", "an OpenDocument spreadsheet in UTF-8"),
        (
            document(sheet(HEADER), before='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
            "in UTF-8",
        ),
        (document(sheet(HEADER)).replace("xmlns:table", "xmlns:t"), "usual prefixes"),
        (document(sheet(HEADER, row(cell("x")))).removesuffix("</office:document-content>"), "a whole"),
        (document(sheet(HEADER, row(cell("x"))))[:-120], "a whole"),
        (document(sheet(HEADER, row(cell("x")), name="C")), "a sheet “A” was expected, but it has “C”"),
        (document(""), "a sheet “A”"),
        (document(sheet(HEADER)), "at least one row under the header"),
        (document(sheet(row(cell("b")), row(cell("x")))), "a column “a” was expected"),
        (document(sheet(row(cell("a"), cell("a")), row(cell("x")))), "each heading once"),
    ],
)
def test_what_is_no_whole_workbook_with_the_sheet_is_refused(
    content: str | bytes, expected: str, tmp_path: Path
) -> None:
    assert expected in str(refusal(save(tmp_path, content)))


def test_text_that_is_not_utf_8_is_refused_with_its_row(tmp_path: Path) -> None:
    content = document(sheet(HEADER, row(cell("caf@")))).encode().replace(b"@", b"\xe9")
    fault = refusal(save(tmp_path, content))
    assert (fault.row, fault.sheet) == (2, "A")
    assert "UTF-8" in str(fault)


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path, document(sheet(HEADER, row(cell("x" * 10_000)))))
    monkeypatch.setattr(streamed_ods, "LARGEST", 5_000)
    assert "at most 5,000 bytes unpacked" in str(refusal(path))


def test_a_row_that_never_ends_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path, document(sheet(HEADER, row(cell("x" * 10_000)))))
    monkeypatch.setattr(streamed_ods, "_CHUNK", 1_000)
    monkeypatch.setattr(streamed_ods, "LONGEST_ROW", 5_000)
    assert "a row of at most 5,000 bytes" in str(refusal(path))


def test_a_flipped_byte_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "long.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as parts:
        parts.writestr("content.xml", document(sheet(HEADER, row(cell("a word")))))
    path.write_bytes(path.read_bytes().replace(b"a word", b"a ward", 1))
    assert "a whole OpenDocument spreadsheet" in str(refusal(path))


def large(folder: Path, patch: pytest.MonkeyPatch, *, rows: int = 400) -> Path:
    """A workbook that counts as large, in some forty pieces."""
    lines = [row(cell(f"number {number}"), cell("a word" + "x" * number)) for number in range(rows)]
    path = folder / "long.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as parts:
        parts.writestr("content.xml", document(sheet(HEADER, *lines)))
    patch.setattr(streamed_ods, "_LARGE", 1_000)
    patch.setattr(streamed_ods, "_LARGE_CHUNK", path.stat().st_size // 40)
    return path


def unpacking() -> list[str]:
    return [each.name for each in threading.enumerate() if each.name == "unpacking"]


def test_a_large_workbook_is_unpacked_ahead_and_has_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = large(tmp_path, monkeypatch)
    rows = streamed_rows(path, {"A": ["a", "b"]})
    first = next(rows)
    assert unpacking() == ["unpacking"]
    found = [(each.number, list(each.cells.values())) for each in (first, *rows)]
    assert unpacking() == []
    monkeypatch.setattr(streamed_ods, "_LARGE", 50_000_000)
    assert found == read(path, "ab")
    assert len(found) == 400


def test_a_flipped_byte_is_noticed_in_a_large_workbook_behind_the_rows_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = large(tmp_path, monkeypatch)
    path.write_bytes(path.read_bytes().replace(b"a word", b"a ward", 1))
    given: list[Row] = []
    with pytest.raises(SourceError, match="a whole OpenDocument spreadsheet") as refused:
        given.extend(streamed_rows(path, {"A": ["b"]}))
    assert "Bad CRC-32" in str(refused.value)
    del refused
    assert given
    assert unpacking() == []
    rows = streamed_rows(path, {"A": ["b"]})
    assert next(rows).cells == {"b": "a ward"}
    rows.close()  # type: ignore[attr-defined]  # a generator


@pytest.mark.parametrize("damage", [b"\xff" * 200, b"\x00" * 200, b""], ids=["ones", "noughts", "cut out"])
def test_a_damaged_large_workbook_is_refused_as_a_small_one_is(
    damage: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(tmp_path, monkeypatch)
    path = save(tmp_path, document(sheet(HEADER, *(row(cell(f"number {n}")) for n in range(5_000)))))
    content = path.read_bytes()
    half = len(content) // 2
    path.write_bytes(content[:half] + damage + content[half + 200 :])
    ahead = str(refusal(path))
    assert unpacking() == []
    monkeypatch.setattr(streamed_ods, "_LARGE", 50_000_000)
    monkeypatch.setattr(streamed_ods, "_CHUNK", streamed_ods._LARGE_CHUNK)
    assert ahead == str(refusal(path))


def test_who_stops_reading_a_large_workbook_leaves_no_thread_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = large(tmp_path, monkeypatch)
    rows = streamed_rows(path, {"A": ["a"]})
    next(rows)
    assert unpacking() == ["unpacking"]
    rows.close()  # type: ignore[attr-defined]  # a generator
    assert unpacking() == []
    assert "at most 20 rows" in str(refusal(path, most=20))
    assert unpacking() == []
