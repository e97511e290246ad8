"""Street crime beyond a force's file: archives, councils that are no more, several forces, broken files."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import polars as pl
import pytest

from oneplace.records import ValueRecord
from oneplace.sources import SourceError, police_street
from oneplace.sources.police_street import PoliceStreet
from oneplace.sources.street_councils import council_names, council_of, force_of, forces

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)


def _line(
    force: str, area: str, kind: str = "Burglary", month: str = "2025-12", code: str = "E01000001"
) -> str:
    area = f'"{area}"' if "," in area else area
    return f",{month},{force},{force},0,51,On or near,{code},{area},{kind},,"


def _file(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join((HEADER, *lines)) + "\n", "utf-8")
    return path


def _counts(path: Path) -> dict[tuple[str, str, str], float | None]:
    return {
        (value.measure, value.area, value.period): value.value
        for value in PoliceStreet().parse(path)
        if isinstance(value, ValueRecord)
    }


KENT = _line("Kent Police", "Ashford 001B")
YORK = _line("North Yorkshire Police", "Hambleton 003C")


def test_an_archive_says_what_its_files_say_each_in_its_own_slot(tmp_path: Path) -> None:
    files = [
        _file(tmp_path, "2025-12-kent-street.csv", KENT, KENT),
        _file(tmp_path, "2025-12-north-yorkshire-street.csv", YORK),
    ]
    archive = tmp_path / "2025-12.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in files:
            packed.write(file, f"2025-12/{file.name}")
        packed.writestr("2025-12/2025-12-kent-outcomes.csv", "anything")
        packed.writestr("2025-12/2025-12-gwent-street.csv", "not read")
        packed.writestr("2025-12/2025-12-btp-street.csv", "not read")
    releases = list(PoliceStreet().releases(archive))
    assert [release.slot for release, _ in releases] == ["2025-12/kent", "2025-12/north-yorkshire"]
    assert {release.as_at for release, _ in releases} == {dt.date(2025, 12, 31)}
    assert len({release.title for release, _ in releases}) == 2
    assert [records for _, records in releases] == [tuple(PoliceStreet().parse(file)) for file in files]


def test_a_file_of_several_forces_and_months_is_a_release_of_each(tmp_path: Path) -> None:
    older = _line("Kent Police", "Ashford 001B", month="2025-11")
    path = _file(tmp_path, "2025-12-national-street.csv", KENT, YORK, older)
    slots = [release.slot for release, _ in PoliceStreet().releases(path)]
    assert slots == ["2025-12/kent", "2025-12/north-yorkshire", "2025-11/kent"]


def test_a_crime_is_counted_for_the_council_of_its_day(tmp_path: Path) -> None:
    before = _line("North Yorkshire Police", "Hambleton 003C", month="2023-03")
    counts = _counts(_file(tmp_path, "2023-03-north-yorkshire-street.csv", before, YORK))
    assert counts["street-burglary", "E07000164", "2023-03"] == 1
    assert counts["street-burglary", "E06000065", "2025-12"] == 1


def test_small_areas_of_several_councils_before_one_are_added_up_at_the_first_row(tmp_path: Path) -> None:
    path = _file(
        tmp_path, "2025-12-north-yorkshire-street.csv", YORK, _line("North Yorkshire Police", "Selby 001A")
    )
    (burglary,) = (
        value
        for value in PoliceStreet().parse(path)
        if isinstance(value, ValueRecord) and value.measure == "street-burglary"
    )
    assert (burglary.value, burglary.printed, burglary.row, burglary.area) == (2.0, "2", 2, "E06000065")


def test_what_another_force_recorded_in_a_council_is_not_added_to_its_own_forces_count(
    tmp_path: Path,
) -> None:
    path = _file(tmp_path, "2025-12-kent-street.csv", KENT, _line("Kent Police", "Bexley 001A"))
    counts = _counts(path)
    assert ("street-burglary", "E09000004", "2025-12") not in counts
    assert counts["street-elsewhere", "kent-police", "2025-12"] == 1


def test_a_name_with_a_comma_is_one_name(tmp_path: Path) -> None:
    line = _line("Dorset Police", "Bournemouth, Christchurch and Poole 001A")
    counts = _counts(_file(tmp_path, "2025-12-dorset-street.csv", line))
    assert counts["street-all", "E06000058", "2025-12"] == 1


@pytest.mark.parametrize(
    ("name", "on", "code"),
    [
        ("Bristol", dt.date(2025, 1, 31), "E06000023"),
        ("Bristol, City of", dt.date(2025, 1, 31), "E06000023"),
        ("Kingston upon Hull, City of", dt.date(2025, 1, 31), "E06000010"),
        ("Herefordshire, County of", dt.date(2025, 1, 31), "E06000019"),
        ("St. Helens", dt.date(2025, 1, 31), "E08000013"),
        ("Shepway", dt.date(2025, 1, 31), "E07000112"),
        ("Taunton Deane", dt.date(2018, 1, 31), "E07000190"),
        ("Taunton Deane", dt.date(2020, 1, 31), "E07000246"),
        ("Taunton Deane", dt.date(2025, 1, 31), "E06000066"),
    ],
)
def test_a_council_is_found_by_the_name_of_its_small_areas(name: str, on: dt.date, code: str) -> None:
    found = council_of(name, on)
    assert found is not None
    assert found.code == code


def test_39_territorial_forces_serve_296_councils() -> None:
    assert len(forces()) == 39
    assert len(council_names()) == 296
    assert force_of("Metropolitan Police Service") in forces()
    assert force_of("Devon & Cornwall Police") in forces()
    assert force_of("Hampshire Constabulary") in forces()
    assert force_of("British Transport Police") not in forces()


def test_only_files_and_archives_of_street_crime_are_accepted() -> None:
    accepts = PoliceStreet().accepts
    assert accepts(Path("2026-01-avon-and-somerset-street.csv"))
    assert accepts(Path("2026-01.zip"))
    assert not accepts(Path("2026-01-kent-outcomes.csv"))
    assert not accepts(Path("latest.zip"))


def test_an_archive_that_is_broken_or_has_nothing_of_ours_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "2025-12.zip"
    archive.write_bytes(b"PK\x03\x04 not an archive")
    with pytest.raises(SourceError, match="a whole zip archive was expected"):
        PoliceStreet().parse(archive)
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("2025-12/2025-12-kent-outcomes.csv", "anything")
    with pytest.raises(SourceError, match="an archive with files like"):
        PoliceStreet().parse(archive)
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("2025-12/2025-12-kent-street.csv", f"{HEADER}\n{KENT}\nx,2025-1")
    with pytest.raises(SourceError, match=r"2025-12-kent-street\.csv: a whole file that ends with its last"):
        PoliceStreet().parse(archive)


def test_a_file_far_larger_than_a_month_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(tmp_path, "2025-12-kent-street.csv", KENT, KENT)
    archive = tmp_path / "2025-12.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(path, path.name)
    monkeypatch.setattr(police_street, "LARGEST", 100)
    for file in (path, archive):
        with pytest.raises(SourceError, match="a file of at most 100 bytes"):
            PoliceStreet().parse(file)


def test_a_damaged_member_of_an_archive_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "2025-12.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("2025-12-kent-street.csv", "\n".join([HEADER, *[KENT] * 2000]) + "\n")
    content = bytearray(archive.read_bytes())
    content[len(content) // 3] ^= 0xFF
    archive.write_bytes(bytes(content))
    with pytest.raises(SourceError, match="a whole zip archive was expected"):
        PoliceStreet().parse(archive)


def _numbered(line: str, number: str) -> str:
    return number + line


def test_a_file_joined_to_itself_is_refused_at_the_first_crime_that_is_there_again(tmp_path: Path) -> None:
    lines = [KENT, _numbered(KENT, "a1"), _numbered(KENT, "a2"), KENT]
    assert (
        _counts(_file(tmp_path, "2025-12-kent-street.csv", *lines))["street-all", "E07000105", "2025-12"] == 4
    )
    twice = _file(tmp_path, "2025-12-kent-street.csv", *lines, *lines)
    with pytest.raises(SourceError, match=r"each crime's number once \(row 3 has it too\)") as refused:
        PoliceStreet().parse(twice)
    assert (refused.value.row, refused.value.column) == (7, "Crime ID")


def test_numbers_that_only_share_a_hash_are_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pl.Expr, "hash", lambda self: self.str.len_bytes() * 0)
    file = _file(tmp_path, "2025-12-kent-street.csv", _numbered(KENT, "a1"), _numbered(KENT, "a2"))
    assert _counts(file)["street-all", "E07000105", "2025-12"] == 2


def test_an_archive_with_a_month_of_a_force_in_two_files_is_refused(tmp_path: Path) -> None:
    file = _file(tmp_path, "2025-12-kent-street.csv", KENT)
    archive = tmp_path / "2025-12.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(file, f"2025-12/{file.name}")
        packed.write(file, f"again/{file.name}")
    with pytest.raises(SourceError, match="a month of a force once"):
        list(PoliceStreet().releases(archive))
