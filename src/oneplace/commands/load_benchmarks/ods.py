"""A month of the care commission's ratings: read and loaded whole, against calamine merely reading the sheet."""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from xml.sax.saxutils import escape

from oneplace.commands.load_benchmarks import (
    Pass,
    Result,
    Setting,
    fresh_record,
    in_a_process,
    in_turn,
    ready,
)

ROWS = 324_000
SHEET = "Locations"
# The header of the real sheets, as of 2025.
LOCATIONS = (
    "Location ID", "Location ODS Code", "Location Name", "Care Home?", "Location Type",
    "Location Primary Inspection Category", "Location Street Address", "Location Address Line 2", "Location City",
    "Location Post Code", "Location Local Authority", "Location Region", "Location NHS Region",
    "Location ONSPD CCG Code", "Location ONSPD CCG", "Location Commissioning CCG Code",
    "Location Commissioning CCG Name", "Service / Population Group", "Domain", "Latest Rating", "Publication Date",
    "Report Type", "Inherited Rating (Y/N)", "URL", "Provider ID", "Provider Name", "Brand ID", "Brand Name",
)  # fmt: skip
PROVIDERS = (
    "Provider ID", "Provider ODS Code", "Provider Name", "Provider Type", "Provider Primary Inspection Category",
    "Provider Street Address", "Provider Address Line 2", "Provider City", "Provider Post Code",
    "Provider Local Authority", "Provider Region", "Provider NHS Region", "Service / Population Group", "Domain",
    "Latest Rating", "Publication Date", "Report Type", "Inherited Rating (Y/N)", "URL", "Brand ID", "Brand Name",
)  # fmt: skip
KINDS = (
    ("Y", "Social Care Org", "Residential social care", ()),
    ("N", "Social Care Org", "Community based adult social care services", ()),
    ("Y", "Social Care Org", "Residential social care", ()),
    ("N", "Primary Medical Services", "GP Practices", ()),
    ("N", "NHS Healthcare Organisation", "Acute hospital - NHS non-specialist", ("Maternity", "Surgery")),
)
DOMAINS = ("Overall", "Safe", "Effective", "Caring", "Responsive", "Well-led")
RATINGS = ("Good",) * 7 + (
    "Outstanding",
    "Requires improvement",
    "Inadequate",
    "Insufficient evidence to rate",
)
_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
}
_ROW, _ROW_END = '<table:table-row table:style-name="ro1">', "</table:table-row>"


def measure(setting: Setting) -> Result:
    """Load the ratings into an empty record; read them alone; and have calamine read the sheet of locations."""
    rows = setting.rows or ROWS
    file, unpacked = make_ratings(setting.work / "01_October_2025_Latest_ratings.ods", rows)
    register, record = setting.find("uk_local_authorities.csv"), setting.work / "record"
    in_a_process(make_record, record, register)
    ours, reference = in_turn(setting, (load_ours, file, record), (read_bare, file))
    parses = [in_a_process(read_ours, file) for _ in range(setting.rounds)]
    return Result(
        title=f"Ratings of {rows:,} rows and {len(LOCATIONS)} columns, from the file into the record",
        rows=rows,
        ours=ours,
        reference=reference,
        reference_name="bare calamine reading one of the sheets",
        goal="under 60 s and 500 MB, within 2 times",
        notes=(
            f"made in the real layout: {unpacked / 1e6:,.0f} MB unpacked, {file.stat().st_size / 1e6:,.0f} MB packed",
            f"reading alone, to records: {_beside(parses, reference)}",
            f"the same, of processor time: {_beside(parses, reference, of='cpu')}",
            f"the whole load, of processor time: {_beside(ours, reference, of='cpu')}",
            *(() if register else ("without a register of councils, so no service has its place",)),
        ),
    )


def _beside(passes: Sequence[Pass], reference: Sequence[Pass], *, of: str = "seconds") -> str:
    took, theirs = (statistics.median(getattr(each, of) for each in some) for some in (passes, reference))
    memory = max(each.memory for each in passes)
    return f"{took:.2f} s, {took / theirs:.2f} times calamine's; {memory:.0f} MB; {passes[0].said}"


def read_bare(file: Path) -> int:
    """The rows of the sheet of locations, as a Polars table of text: what any reading of it begins with."""
    import fastexcel

    import_module("polars")  # which the sheet is made with
    ready()
    sheet = fastexcel.read_excel(file).load_sheet(SHEET, header_row=None, skip_rows=0, dtypes="string")
    return int(sheet.to_polars().height)


def read_ours(file: Path) -> str:
    """Parse both sheets to records and keep them all, as publishing may."""
    from oneplace.sources.cqc_ratings import CqcRatings

    ready()
    return f"{len(tuple(CqcRatings().parse(file))):,} records"


def make_record(folder: Path, register: Path | None) -> None:
    """An empty record, but for the councils of the register."""
    folder.mkdir()
    fresh_record(folder)
    from oneplace.evidence.actions import publish_release
    from oneplace.sources.mysociety_register import MysocietyRegister

    if register:
        source = MysocietyRegister()
        publish_release(source.release(register), source.parse(register))


def load_ours(file: Path, record: Path) -> str:
    """Parse both sheets and publish them into a copy of the record."""
    with tempfile.TemporaryDirectory(dir=record.parent) as folder:
        shutil.copytree(record, folder, dirs_exist_ok=True)
        fresh_record(Path(folder))
        from oneplace.evidence.actions import publish_release
        from oneplace.sources.cqc_ratings import CqcRatings

        ready()
        ratings = CqcRatings()
        counts = publish_release(ratings.release(file), ratings.parse(file)).counts
        return f"{counts.statements:,} inspections with {counts.judgements:,} ratings"


def make_ratings(path: Path, rows: int) -> tuple[Path, int]:
    """Write a workbook of so many rows in the real layout, as LibreOffice does. Every value is made up.

    Gives the path and how many bytes its content unpacks to.
    """
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    unpacked = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("mimetype", kind, zipfile.ZIP_STORED)
        parts.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
            'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
        with parts.open("content.xml", "w", force_zip64=True) as content:
            for piece in _content(rows):
                unpacked += content.write(piece.encode())
    return path, unpacked


def _content(rows: int) -> Iterator[str]:
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _SPACES.items())
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {spaces} office:version="1.3">'
        "<office:automatic-styles/><office:body><office:spreadsheet>"
    )
    yield f'<table:table table:name="{SHEET}" table:style-name="ta1">'
    yield f'<table:table-column table:style-name="co1" table:number-columns-repeated="{len(LOCATIONS)}"/>'
    yield _ROW + "".join(map(_cell, LOCATIONS)) + _ROW_END
    yield from _locations(rows)
    yield f'<table:table-row table:number-rows-repeated="{1_048_575 - rows}"><table:table-cell/>{_ROW_END}'
    yield '</table:table><table:table table:name="Providers" table:style-name="ta1">'
    yield _ROW + "".join(map(_cell, PROVIDERS)) + _ROW_END
    yield from _providers(max(1, rows // 1_000))
    yield "</table:table></office:spreadsheet></office:body></office:document-content>"


def _cell(text: str) -> str:
    if not text:
        return '<table:table-cell table:style-name="ce3"/>'
    return (
        '<table:table-cell table:style-name="ce3" office:value-type="string" calcext:value-type="string">'
        f"<text:p>{escape(text)}</text:p></table:table-cell>"
    )


def _locations(rows: int) -> Iterator[str]:
    """Six rows a location, eighteen where it has services; one in nine was rated on two days."""
    from oneplace.sources.street_councils import council_names

    chance = random.Random(2025)
    councils = [name for name, _ in council_names()]
    made = number = 0
    while made < rows:
        number += 1
        key, provider, council = f"1-{100_000_000 + number * 37}", number // 3, chance.choice(councils)
        is_home, kind, category, services = KINDS[number % len(KINDS)]
        board = number % 106
        before = (
            key, f"V{number:05X}", f"Made-up House {number} & Court", is_home, kind, category,
            f"{number % 200 + 1} Imaginary Lane", "Quarter" if number % 2 else "", council,
            f"ZZ{number % 99 + 1} {number % 9 + 1}QQ", council, "A region", "A region", f"E38000{board:03}",
            f"NHS Board {board}", f"E38000{board:03}", f"NHS Board {board}",
        )  # fmt: skip
        after = (
            "Location", "Y" if number % 12 == 0 else "N", f"https://www.cqc.org.uk/location/{key}",
            f"1-{200_000_000 + provider * 41}", f"Imaginary Care {provider} Limited",
            *(("-", "-") if provider % 4 else (f"BD{provider % 999:03}", f"BRAND Imaginary {provider % 999}")),
        )  # fmt: skip
        days = [
            f"{number % 28 + 1:02}/{number % 12 + 1:02}/20{14 + number % 11}",
            f"05/06/20{14 + number % 10}",
        ]
        begins, ends = _ROW + "".join(map(_cell, before)), "".join(map(_cell, after)) + _ROW_END
        for service in ("Overall", *services):
            for domain in DOMAINS:
                day = days[number % 9 == 0 and domain == "Caring"]
                yield begins + "".join(map(_cell, (service, domain, chance.choice(RATINGS), day))) + ends
                made += 1
                if made == rows:
                    return


def _providers(trusts: int) -> Iterator[str]:
    for number in range(trusts):
        for domain in DOMAINS:
            cells = (
                f"1-{300_000_000 + number * 41}", "-", f"Imaginary Hospitals {number} NHS Foundation Trust",
                "NHS Healthcare Organisation", "Acute hospital - NHS non-specialist", "1 Imaginary Lane", "",
                "Sometown", "ZZ1 1QQ", "Leeds", "A region", "A region", "Overall", domain, "Good", "01/02/2020",
                "Provider", "N", "https://www.cqc.org.uk/", "-", "-",
            )  # fmt: skip
            yield _ROW + "".join(map(_cell, cells)) + _ROW_END
