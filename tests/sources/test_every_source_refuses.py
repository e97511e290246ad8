"""What no source may let through: impossible cells under any heading, rows twice, wrong letters, far too many rows.

The columns are found in the small publications by what stands in them, so that a new column is tried too.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from oneplace.records import BodyRecord, InspectionRecord, RatingTotal, ValueRecord
from oneplace.sources import (
    SourceError,
    cqc_answers,
    cqc_local_authorities,
    dfe_lait,
    json_files,
    oneplace_bodies,
    ons_postcodes,
    police_street,
    sources,
    streamed_ods,
    tables,
)
from tests.sources.making import KINDS, OF_TABLES, Fault, RawFault, Where, write
from tests.sources.publications import PUBLICATIONS

NAMES = sorted(PUBLICATIONS)

# How publications write days, months and years, and how they would write one of 1900.
DATES = (
    (r"\d{4}-\d\d-\d\d", "1900-01-01"),
    (r"\d\d/\d\d/\d{2,4}", "01/01/1900"),
    (r"20\d\d-(0[1-9]|1[0-2])", "1900-01"),
    (r"20\d\d-\d\d", "1900-01"),
    (r"20\d\d/\d\d", "1900/01"),
    (r"20\d\dQ\d", "1900Q1"),
    (r"20\d\d", "1900"),
    (r"(19|20)\d\d(0[1-9]|1[0-2])", "190001"),
)
CODE, NUMBER = r"[EWK]\d{8}", r"-?\d[\d,]*(\.\d+)?%? ?"


def _impossible(cell: str) -> str:
    """What a cell of this look can never be, or "" for one that is text."""
    for look, bad in DATES:
        if re.fullmatch(look, cell):
            return bad
    if re.fullmatch(CODE, cell):
        return "X00000000"
    return "1 or 2" if re.fullmatch(NUMBER, cell) else ""


def _looks(name: str) -> Iterator[tuple[Where, int, int, str, str]]:
    """Each heading that a source needs, with a cell under it, of each look: table, row, column, heading, bad cell.

    What a row has that a source leaves out is not tried.
    """
    publication = PUBLICATIONS[name]
    for where, column, heading in publication.headers():
        found: dict[str, int] = {}
        for row in range(publication.header_row + 1, len(publication.tables[where]) + 1):
            if row in publication.left_out.get(where, ()):
                continue
            if bad := _impossible(publication.tables[where][row - 1][column]):
                found.setdefault(bad, row)
        for bad, row in found.items():
            if heading in publication.free or (bad in "01/01/1900" and heading in publication.known_dates):
                continue
            yield where, row, column, heading, bad


def _error(name: str, path: Path) -> SourceError:
    with pytest.raises(SourceError) as refused:
        sources()[name].parse(path)
    assert str(refused.value).endswith("Nothing was loaded.")
    return refused.value


@pytest.mark.parametrize(
    ("name", "where", "row", "column", "heading", "bad"),
    [(name, *look) for name in NAMES for look in _looks(name)],
)
def test_a_date_of_1900_and_what_is_no_code_or_number_are_refused_under_every_heading(
    name: str, where: Where, row: int, column: int, heading: str, bad: str, tmp_path: Path
) -> None:
    publication = PUBLICATIONS[name]
    error = _error(name, write(publication.changed(where, row, column, bad), publication.main, tmp_path))
    assert (error.file.name, error.sheet or "", error.row, error.column) == (*where, row, heading)
    assert error.expected


@pytest.mark.parametrize(
    ("name", "where"),
    [
        (name, where)
        for name in NAMES
        for where in PUBLICATIONS[name].tables
        if where not in PUBLICATIONS[name].untitled
    ],
)
def test_a_row_that_is_there_twice_is_refused_and_the_second_is_named(
    name: str, where: Where, tmp_path: Path
) -> None:
    publication = PUBLICATIONS[name]
    changed = {key: deepcopy(rows) for key, rows in publication.tables.items()}
    rows = changed[where]
    left_out = publication.left_out.get(where, ())
    rows.append(
        next(line for row, line in enumerate(rows, 1) if row > publication.header_row and row not in left_out)
    )
    path = write(changed, publication.main, tmp_path)
    if reason := publication.repeats.get(where):
        assert len(reason) > 30
        sources()[name].parse(path)
        return
    error = _error(name, path)
    assert (error.file.name, error.sheet or "", error.row) == (*where, len(rows))
    assert error.column in rows[publication.header_row - 1]


@pytest.mark.parametrize("name", NAMES)
def test_a_known_date_of_1900_is_told_as_a_problem_and_no_date_is_made_of_it(
    name: str, tmp_path: Path
) -> None:
    publication = PUBLICATIONS[name]
    for heading in publication.known_dates:
        (where,) = publication.tables
        column, row = publication.column(where, heading), publication.header_row + 2
        path = write(publication.changed(where, row, column, "01/01/1900"), publication.main, tmp_path)
        records = [record for record in sources()[name].parse(path) if isinstance(record, InspectionRecord)]
        problems = [(each.field, each.address.row) for r in records for each in r.problems]
        assert (heading, row) in problems
        assert "datetime.date(1900" not in repr(records)


@pytest.mark.parametrize("name", NAMES)
def test_a_publication_has_a_fault_of_every_kind_or_says_why_it_can_have_none(name: str) -> None:
    publication = PUBLICATIONS[name]
    faults: list[Fault | RawFault] = [*publication.faults, *publication.raw_faults]
    have = {fault.kind for fault in faults}
    kinds = OF_TABLES if publication.tables else KINDS
    missing = [kind for kind in kinds if kind not in have and not publication.without.get(kind)]
    assert not missing
    assert not have & set(publication.without)
    for fault in faults:
        assert fault.kind != "date" or re.search(r"1900|0[12]/01/1900", fault.value), fault


# Their figures are how many rows there are: no cell has a number.
ROWS_ARE_COUNTED = ("police_street",)


@pytest.mark.parametrize("name", NAMES)
def test_a_kind_that_the_records_show_is_not_said_to_be_missing(name: str, tmp_path: Path) -> None:
    publication = PUBLICATIONS[name]
    for file, text in publication.raw.items():
        (tmp_path / file).write_text(text, "utf-8")
    records = list(sources()[name].parse(write(publication.tables, publication.main, tmp_path)))
    shown: set[str] = set()
    for record in records:
        if isinstance(record, RatingTotal) or (isinstance(record, InspectionRecord) and record.judgements):
            shown.add("grade")
        if isinstance(record, ValueRecord) and name not in ROWS_ARE_COUNTED:
            shown.add("number")
        if isinstance(record, BodyRecord) and (record.opened or record.closed):
            shown.add("date")
        if isinstance(record, InspectionRecord) and record.body.gss_code:
            shown.add("code")
    notices = {"councils_section_114"}  # a notice is an inspection with the one grade that it was given
    assert not shown & set(publication.without) or name in notices


@pytest.mark.parametrize(
    ("name", "fault"),
    [(name, fault) for name in NAMES for fault in PUBLICATIONS[name].raw_faults],
    ids=lambda value: f"{value.column} {value.value}" if isinstance(value, RawFault) else str(value),
)
def test_an_impossible_value_of_a_file_that_is_no_table_is_named(
    name: str, fault: RawFault, tmp_path: Path
) -> None:
    publication = PUBLICATIONS[name]
    for file, text in publication.raw.items():
        assert file != fault.file or fault.was in text
        said = text.replace(fault.was, fault.value, 1) if file == fault.file else text
        (tmp_path / file).write_text(said, "utf-8")
    error = _error(name, tmp_path / publication.main)
    assert (error.file.name, error.row, error.column) == (fault.file, fault.row, fault.column)
    assert fault.expected in str(error)


def _text_files(name: str, folder: Path) -> Iterator[Path]:
    """The publication written out: its files that are text, one after the other."""
    publication = PUBLICATIONS[name]
    for file, text in publication.raw.items():
        (folder / file).write_text(text, "utf-8")
    write(publication.tables, publication.main, folder)
    for path in sorted(folder.iterdir()):
        if path.suffix in (".csv", ".html", ".json", ".jsonl", ".toml"):
            was = path.read_bytes()
            yield path
            path.write_bytes(was)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", NAMES)
def test_a_file_in_utf_16_is_refused(name: str, encoding: str, tmp_path: Path) -> None:
    main = tmp_path / PUBLICATIONS[name].main
    for path in _text_files(name, tmp_path):
        path.write_bytes(path.read_text("utf-8").encode(encoding))
        error = _error(name, main)
        assert error.file.name == path.name
        if path.suffix in (".csv", ".jsonl"):
            assert error.expected.startswith("text in UTF-8")
            assert error.found
            assert encoding[:6].upper() in error.found or "UTF-16 or another" in error.found


@pytest.mark.parametrize("name", NAMES)
def test_latin_letters_in_a_file_of_utf_8_are_refused_by_row_or_read_as_such(
    name: str, tmp_path: Path
) -> None:
    publication = PUBLICATIONS[name]
    main = tmp_path / publication.main
    for path in _text_files(name, tmp_path):
        content = path.read_bytes()
        end = content.rstrip().rfind(b"\n") + 1 if path.suffix != ".html" else content.rfind(b"</td>")
        row = content[:end].count(b"\n") + 1
        # A byte that is no letter in either, within the last line.
        place = max(content.find(b"a", end), end)
        path.write_bytes(content[:place] + b"\x81" + content[place:])
        error = _error(name, main)
        assert error.file.name == path.name
        if path.suffix == ".csv" and not publication.latin:
            assert error.row == row
        if publication.latin:
            assert len(publication.latin) > 20
            return
        path.write_bytes(content[:place] + "é".encode("latin-1") + content[place:])
        assert _error(name, main).file.name == path.name


LIMITS = (
    (tables, "MOST_ROWS"),
    (streamed_ods, "MOST_ROWS"),
    (ons_postcodes, "MOST_ROWS"),
    (police_street, "MOST_ROWS"),
    (dfe_lait, "MOST"),
    (cqc_answers, "MOST_LINES"),
    (cqc_local_authorities, "LARGEST"),
    (oneplace_bodies, "LARGEST"),
    (json_files, "LARGEST"),
)


@pytest.mark.parametrize("name", NAMES)
def test_a_table_of_more_rows_than_the_limit_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(_text_files(name, tmp_path))
    for module, limit in LIMITS:
        monkeypatch.setattr(module, limit, 1)
    assert "at most 1 " in str(_error(name, tmp_path / PUBLICATIONS[name].main))


MEASURED = """
import resource, sys, time
from pathlib import Path
from oneplace.sources import SourceError, sources

before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
try:
    sources()[sys.argv[1]].parse(Path(sys.argv[2]))
except SourceError as fault:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, time.monotonic() - began, fault, sep="|")
"""


def _measured(name: str, path: Path) -> tuple[float, float, str]:
    """Megabytes above those of a Python with every source in it, seconds, and the error."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURED, name, str(path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    kilobytes, seconds, fault = run.stdout.strip().split("|")
    return int(kilobytes) / 1024, float(seconds), fault


@pytest.mark.parametrize("name", ["hmi_prisons", "mhclg_rough_sleeping", "police_street", "ons_postcodes"])
def test_ten_million_rows_too_many_are_refused_soon_and_in_little_memory(name: str, tmp_path: Path) -> None:
    publication = PUBLICATIONS[name]
    path = write(publication.tables, publication.main, tmp_path)
    header, line = path.read_bytes().splitlines(keepends=True)[:2]
    if name == "hmi_prisons":  # so short that the file is not too large
        line = b"," * header.count(b",") + b"\n"
    with path.open("ab") as file:
        for _ in range(100):
            file.write(line * 100_000)
    megabytes, seconds, fault = _measured(name, path)
    path.unlink()
    assert "at most" in fault
    assert megabytes < 1_000  # of four million postcodes; the others take less than a hundred
    assert seconds < 30


def test_a_small_workbook_that_stands_for_ten_million_rows_is_refused_before_they_are_made(
    tmp_path: Path,
) -> None:

    publication = PUBLICATIONS["defra_waste"]
    path = write(publication.tables, publication.main, tmp_path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    first = (
        b"<table:table-row>" + parts["content.xml"].split(b"<table:table-row>")[publication.header_row + 1]
    )
    repeated = first.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="10000000">')
    parts["content.xml"] = parts["content.xml"].replace(first, repeated)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    megabytes, seconds, fault = _measured("defra_waste", path)
    assert "a table of at most 1,000,000 rows" in fault
    assert megabytes < 100
    assert seconds < 5


# Words of headings under which people are told of, and the one that is shown: a report's lead inspector signs it.
PEOPLE = re.compile(
    r"\bmanager\b|inspector|contact|telephone|phone|email|individual\b|partner name|owns|sponsor name",
    re.IGNORECASE,
)
SHOWN = ("lead_inspector",)


@pytest.mark.parametrize("name", NAMES)
def test_a_heading_that_tells_of_people_is_declared_and_a_name_is_planted_under_it(name: str) -> None:
    publication, source = PUBLICATIONS[name], sources()[name]
    if publication.raw:
        assert all(any(key in text for text in publication.raw.values()) for key in source.personal)
        return
    planted: dict[str, bool] = {}
    for rows in publication.tables.values():
        for column, heading in enumerate(rows[publication.header_row - 1]):
            cells = [row[column] for row in rows[publication.header_row :]]
            has = any(person in cell for person in publication.personal for cell in cells)
            planted[heading] = planted.get(heading, False) or has
    assert [heading for heading in planted if PEOPLE.search(heading) and heading not in SHOWN] == [
        heading for heading in planted if heading in source.personal and PEOPLE.search(heading)
    ]
    assert [heading for heading in source.personal if not planted.get(heading)] == []
