"""Street-level crime as the police publish it, counted by council, month and type.

Data source
    data.police.uk: every crime and incident of anti-social behaviour that a force recorded in a month, with the
    small area (LSOA) it is put in.
Format
    A CSV file for each month and force, 2025-12-kent-street.csv, or the month's archive (2025-12.zip) with all of
    them. A row is a crime; it is counted, and nothing else of it is kept. Each crime has a number of its own, and one
    that is there twice is refused; incidents of anti-social behaviour have none.
Cadence
    Monthly, about two months later; the archive has the last three years.
What needs care
    A council's count is what its own force recorded there. What a force recorded in England outside its own
    councils, or put nowhere, is a count of the force's; Wales is left out, and so are the transport police and
    the forces of other nations in an archive. Small areas keep the names of councils that are no more: their
    crimes are counted for the council of the day. A type that a council has no row of in a month has no
    count. A count's row is that of the first crime in it. Places are approximate, outcomes are not read, and
    forces' systems differ: no way is good.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from oneplace.records import MeasureRecord, Record, ReleaseRecord, ValueRecord
from oneplace.sources.errors import SourceError
from oneplace.sources.periods import month_period
from oneplace.sources.source import Source
from oneplace.sources.street_councils import FACTS, council_of, force_of, forces
from oneplace.sources.text_files import line_not_in_utf_8, refuse_wide_text
from oneplace.sources.whole_files import LARGEST

MOST_ROWS = 3_000_000  # a month of all forces has 500,000
COLUMNS = ("Crime ID", "Month", "Falls within", "LSOA code", "LSOA name", "Crime type")
SMALL_AREA = re.compile(r" \d{3}[A-Z]$")

# The site's types → the last part of the measure's key, and what is in it in our words.
TYPES = {
    "Anti-social behaviour": (
        "anti-social-behaviour",
        "Personal, environmental and nuisance anti-social behaviour",
    ),
    "Bicycle theft": ("bicycle-theft", "Theft of bicycles"),
    "Burglary": ("burglary", "Entry of a building to steal or do harm"),
    "Criminal damage and arson": ("damage-arson", "Damage to buildings and vehicles, and arson"),
    "Drugs": ("drugs", "Possession, supply and production of drugs"),
    "Other crime": ("other", "Forgery, perjury and all that is none of the other types"),
    "Other theft": ("other-theft", "Theft by employees, blackmail, making off without payment"),
    "Possession of weapons": ("weapons", "Possession of a weapon such as a firearm or a knife"),
    "Public order": ("public-order", "Offences that cause fear, alarm or distress"),
    "Robbery": ("robbery", "Theft with force or the threat of it"),
    "Shoplifting": ("shoplifting", "Theft from shops and stalls"),
    "Theft from the person": ("theft-person", "Theft from a person without force"),
    "Vehicle crime": ("vehicle", "Theft of or from vehicles, and interference with them"),
    "Violence and sexual offences": ("violence-sexual", "Violence, harassment and sexual offences"),
}
ALL, NOWHERE_GIVEN, ELSEWHERE = "street-all", "street-no-location", "street-elsewhere"


class PoliceStreet(Source):
    # The data source
    name = "police_street"
    publisher = "home-office"
    title = "Street-level crime by council, month and type"
    cadence = "monthly, about two months later"

    # Its format
    media_type = "text/csv"
    filename = "2025-12-cleveland-street.csv"
    facts = (FACTS,)

    # How it is reached
    url = "https://data.police.uk/data/"
    access = "manual"
    how = (
        "Open the page, choose the newest month and the forces, tick “Include crime data” and save the file; or "
        "save the month's archive from the page of archives."
    )
    months = 4

    def area_columns(self, sheet: str | None) -> tuple[str, ...]:
        return ("LSOA name",)

    def accepts(self, path: Path) -> bool:
        """A month's file of a force, or a month's archive."""
        return bool(re.fullmatch(r"20\d\d-\d\d(-[a-z-]+-street\.csv|\.zip)", path.name))

    def records(self, path: Path) -> Iterator[MeasureRecord | ValueRecord]:
        """Of each month and force the measures, then the counts in the order of their first crimes."""
        for _, _, records in _counted(path):
            yield from records

    def releases(self, path: Path) -> Iterator[tuple[ReleaseRecord, tuple[Record, ...]]]:
        """One for each month and force, whether they come in files of their own or in an archive."""
        whole = self.release(path)
        for month, force, records in tuple(_counted(path)):
            slot = f"{month}/{force}"
            title = f"{self.title}: {force.replace('-', ' ').title()}, {month}"
            yield dataclasses.replace(whole, slot=slot, title=title, as_at=_last_day(month)), tuple(records)


Slot = tuple[str, str]  # month, force
Counted = tuple[str, str, list[MeasureRecord | ValueRecord]]  # month, force, records


def measures() -> tuple[MeasureRecord, ...]:
    """All types together, each type, and what has no place in a council."""
    said = (
        (ALL, "Street-level crime and anti-social behaviour", "All types together"),
        *((f"street-{key}", printed, what) for printed, (key, what) in TYPES.items()),
        (
            NOWHERE_GIVEN,
            "Crimes that the force put nowhere",
            "Crimes that the force recorded without a place",
        ),
        (
            ELSEWHERE,
            "Crimes outside the force's councils",
            "Crimes that the force recorded elsewhere in England",
        ),
    )
    return tuple(
        MeasureRecord(
            key=key,
            title=title,
            service="police",
            unit="crimes",
            polarity="none",
            definition=f"{what}, as recorded in the month by the force that serves the area.",
            kind="count",
            decimals=0,
            topic="Street-level crime",
            publisher="home-office",
            source_note="data.police.uk, street-level crimes",
        )
        for key, title, what in said
    )


def _counted(path: Path) -> Iterator[Counted]:
    """The counts of each month and force of a file or archive, in their order there."""
    files: dict[Slot, Path] = {}
    for file, content in _files(path):
        groups = _groups(file, content)
        for (month, force), rows in groups.items():
            if (first := files.setdefault((month, force), file)) is not file:
                raise SourceError(
                    file, f"a month of a force once in an archive ({first.name} has it too)", found=month
                )
            yield month, force, [*measures(), *rows]


def _files(path: Path) -> Iterator[tuple[Path, Path | io.BytesIO]]:
    """A CSV file itself; of an archive each file of an English territorial force, unpacked in memory."""
    try:
        size = path.stat().st_size
    except OSError as fault:
        raise SourceError(path, "a file that can be read", found=fault.strerror) from fault
    if path.suffix != ".zip":
        if size > LARGEST:
            raise SourceError(path, f"a file of at most {LARGEST:,} bytes", found=f"{size:,}")
        yield path, path
        return
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [each for each in archive.infolist() if each.filename.endswith("-street.csv")]
            ours = [each for each in inside if _force_in_name(each.filename) in forces()]
            if not ours:
                raise SourceError(path, "an archive with files like 2025-12-kent-street.csv")
            for each in ours:
                if each.file_size > LARGEST:
                    raise SourceError(path / each.filename, f"a file of at most {LARGEST:,} bytes")
                yield path / each.filename, io.BytesIO(archive.read(each))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as fault:
        raise SourceError(path, "a whole zip archive", found=str(fault)[:80]) from fault


def _force_in_name(name: str) -> str:
    found = re.search(r"20\d\d-\d\d-([a-z-]+)-street\.csv$", name)
    return force_of(found[1].replace("-", " ")) if found else ""


def _groups(file: Path, content: Path | io.BytesIO) -> dict[Slot, list[ValueRecord]]:
    """Month and force → counts. The crimes are counted as they are read, and never all in memory."""
    _check_beginning_and_end(file, content)
    name = pl.col("LSOA name")
    key = ["Month", "Falls within", "nation", "council", "Crime type"]
    try:
        crimes = pl.scan_csv(content, infer_schema=False, row_index_name="row", row_index_offset=2).head(
            MOST_ROWS + 1
        )
        counting = (
            crimes.select(
                "row",
                "Month",
                "Falls within",
                "Crime type",
                pl.col("LSOA code").str.head(1).alias("nation"),
                name.str.head(-5).alias("council"),
                name.str.tail(5).str.contains(SMALL_AREA.pattern).alias("is_small_area"),
            )
            .group_by(key)
            .agg(
                pl.len().alias("count"),
                pl.col("row").min(),
                pl.col("row").filter(~pl.col("is_small_area")).min().alias("no_small_area"),
            )
            .sort("row")
        )
        is_numbered = pl.col("Crime ID").is_not_null()
        numbers = crimes.filter(is_numbered).select(pl.col("Crime ID").hash())
        found, hashes = pl.collect_all([counting, numbers], engine="streaming")
        if hashes["Crime ID"].n_unique() < hashes.height:
            _refuse_twice(file, crimes.filter(is_numbered).select("row", "Crime ID").collect())
    except pl.exceptions.PolarsError as fault:
        with content.open("rb") if isinstance(content, Path) else io.BytesIO(content.getbuffer()) as lines:
            row = line_not_in_utf_8(lines)
        found_fault = str(fault).splitlines()[0][:80]
        raise SourceError(file, "a whole CSV table in UTF-8", found=found_fault, row=row) from fault
    if found.is_empty():
        raise SourceError(file, "at least one row under the header")
    if found["count"].sum() > MOST_ROWS:
        raise SourceError(file, f"a table of at most {MOST_ROWS:,} rows", row=MOST_ROWS + 1)
    values: dict[Slot, dict[tuple[str, str], ValueRecord]] = {}
    for group in found.iter_rows(named=True):
        _check(file, group)
        month, force = group["Month"], force_of(group["Falls within"])
        counts = values.setdefault((month, force), {})
        for measure, scheme, area in _whose(file, group, month, force):
            _add(counts, (measure, scheme, area), month, group)
    return {key: list(counts.values()) for key, counts in values.items()}


def _refuse_twice(file: Path, crimes: pl.DataFrame) -> None:
    """Refuse a crime that is there twice, by its number. Two numbers may share a hash: then there is none."""
    again = crimes.filter(~pl.col("Crime ID").is_first_distinct()).sort("row").head(1)
    for row, number in zip(again["row"].to_list(), again["Crime ID"].to_list(), strict=True):
        first = crimes.filter(pl.col("Crime ID") == number).sort("row")["row"].item(0)
        raise _fault(file, row, "Crime ID", f"each crime's number once (row {first} has it too)", number)


def _add(
    counts: dict[tuple[str, str], ValueRecord],
    key: tuple[str, str, str],
    month: str,
    group: dict[str, object],
) -> None:
    """Count a group of crimes; the first that was counted keeps the row."""
    count, row = group["count"], group["row"]
    assert isinstance(count, int)
    assert isinstance(row, int)
    if before := counts.get((key[0], key[2])):
        count, row = count + int(before.printed), before.row
    counts[key[0], key[2]] = ValueRecord(
        *key, month, _last_day(month), float(count), "", str(count), None, row
    )


def _check(file: Path, group: dict[str, object]) -> None:
    """A group of crimes says a month, an English force and a type that is known."""
    month, force, kind, row = (group[name] for name in ("Month", "Falls within", "Crime type", "row"))
    assert isinstance(row, int)
    if not isinstance(month, str) or month_period(month) is None:
        raise _fault(file, row, "Month", "a month like 2025-12", month)
    if not isinstance(force, str) or force_of(force) not in forces():
        raise _fault(file, row, "Falls within", "a territorial force of England, like Kent Police,", force)
    if kind not in TYPES:
        raise _fault(file, row, "Crime type", f"one of {', '.join(TYPES)}", kind)


def _whose(file: Path, group: dict[str, object], month: str, force: str) -> Iterator[tuple[str, str, str]]:
    """Measure, scheme and area that a group of crimes counts for: none in Wales."""
    nation, council, bad, row = (group[name] for name in ("nation", "council", "no_small_area", "row"))
    body = f"{force}-police"
    if nation is None and council is None:
        yield NOWHERE_GIVEN, "body", body
        return
    if nation == "W":
        return
    if nation != "E":
        assert isinstance(row, int)
        raise _fault(file, row, "LSOA code", "a code of England or Wales, like E01023987, or none", nation)
    where = None if bad is not None else council_of(str(council), _last_day(month))
    if where is None:
        at = bad if bad is not None else row
        assert isinstance(at, int)
        raise _fault(
            file, at, "LSOA name", "a small area of an English council, like Ashford 001B,", council or ""
        )
    if where.force != force:
        yield ELSEWHERE, "body", body
        return
    yield ALL, "gss", where.code
    yield f"street-{TYPES[str(group['Crime type'])][0]}", "gss", where.code


def _fault(file: Path, row: int, column: str, expected: str, found: object) -> SourceError:
    return SourceError(file, expected, found="" if found is None else str(found), row=row, column=column)


def _last_day(month: str) -> dt.date:
    found = month_period(month)
    assert found is not None
    return found[1]


def _check_beginning_and_end(file: Path, content: Path | io.BytesIO) -> None:
    """The header is as it should be, and the file ends with its last line."""
    try:
        with content.open("rb") if isinstance(content, Path) else io.BytesIO(content.getbuffer()) as opened:
            first = opened.readline(10_000)
            opened.seek(0, io.SEEK_END)
            opened.seek(max(0, opened.tell() - 40))
            last = opened.read()
    except OSError as fault:
        raise SourceError(file, "a file that can be read", found=fault.strerror) from fault
    if not last.strip():
        raise SourceError(file, "a table, not an empty file,")
    refuse_wide_text(file, first)
    if first.lstrip()[:1] == b"<":
        raise SourceError(
            file, "a CSV table, not a web page,", found=first[:40].decode("utf-8", "replace").strip()
        )
    header = [cell.strip().strip('"') for cell in first.decode("utf-8-sig", "replace").split(",")]
    if missing := next((name for name in COLUMNS if header.count(name) != 1), None):
        expected = f"a column “{missing}”"
        raise SourceError(file, expected, found=", ".join(header)[:300], row=1, column=missing)
    if not last.endswith(b"\n"):
        raise SourceError(
            file, "a whole file that ends with its last line", found=last.decode("utf-8", "replace")
        )
