"""The ONS's own file of postcodes, in its zip and under the headings of other years."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest

from oneplace.sources import SourceError
from oneplace.sources.ons_postcodes import OnsPostcodes, directory

NEW = "pcds,doterm,lad25cd,east1m,north1m\nN15 3DA,,E09000014,531827,189341\nZZ9 9ZZ,202403,,,\n"
OLD = '"PCD","OSEAST1M","OSNRTH1M","DOTERM","OSLAUA"\n"N153DA","531827","189341","","E09000014"\n'


def _zip(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as parts:
        for name, text in files.items():
            parts.writestr(name.replace("__", "/") + ".csv", text)
    return path


def test_the_whole_file_is_found_in_the_zip_beside_its_parts(tmp_path: Path) -> None:
    path = _zip(
        tmp_path / "ONSPD_NOV_2025.zip",
        Data__ONSPD_NOV_2025_UK=NEW,
        Data__multi_csv__ONSPD_NOV_2025_UK_AB="pcds\nAB1 1AA\n",
    )
    assert directory(path)["postcode"].to_list() == ["N153DA", "ZZ99ZZ"]
    assert OnsPostcodes().as_at(path) == dt.date(2025, 11, 30)
    assert OnsPostcodes().accepts(path)


def test_months_are_counted_from_january_1970(tmp_path: Path) -> None:
    path = tmp_path / "ONSPD_NOV_2025_UK.csv"
    path.write_text(NEW, "utf-8")
    assert directory(path)["ended"].to_list() == [None, 54 * 12 + 2]


def test_the_headings_of_earlier_years_are_known(tmp_path: Path) -> None:
    path = tmp_path / "ONSPD_FEB_2020_UK.csv"
    path.write_text(OLD, "utf-8")
    found = directory(path).select("postcode", "council", "easting", "northing", "ended")
    assert found.rows() == [("N153DA", "E09000014", 531827, 189341, None)]
    assert OnsPostcodes().as_at(path) == dt.date(2020, 2, 29)


@pytest.mark.parametrize("files", [{}, {"ONSPD_NOV_2025_UK": NEW, "Data__ONSPD_FEB_2026_UK": NEW}])
def test_a_zip_without_one_whole_file_is_refused(files: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"one file ONSPD_…_UK\.csv in the zip"):
        directory(_zip(tmp_path / "ONSPD_NOV_2025.zip", **files))


def test_a_zip_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = _zip(tmp_path / "ONSPD_NOV_2025.zip", ONSPD_NOV_2025_UK=NEW)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(SourceError, match="a zip that can be read"):
        directory(path)


def test_a_package_without_its_files_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "directory.dist-info" / "RECORD"
    path.parent.mkdir()
    path.write_text("postcodes/postcodes_A.msgpack.br,sha256=x,1\n", "utf-8")
    with pytest.raises(SourceError, match="columns pcd, laua"):
        directory(path)
    path.write_text("postcodes/__init__.py,sha256=x,1\n", "utf-8")
    with pytest.raises(SourceError, match="files of postcodes in the package's list"):
        directory(path)


def test_a_directory_without_england_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ONSPD_NOV_2025_UK.csv"
    path.write_text(NEW.replace("E09000014", "W06000001"), "utf-8")
    with pytest.raises(SourceError, match="postcodes in England"):
        directory(path)
