"""A small edition of every publication, in its real layout, made here: one for each source in the registry.

A publication is tables of text; tests change a heading or a cell and write the files out. The councils
and grades are made up, except where a source joins names to places.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

Table = list[list[str]]
Where = tuple[str, str]  # file, and sheet ("" in a CSV file)


@dataclass(frozen=True)
class Fault:
    """A cell (row as a spreadsheet counts) changed to something impossible, and what the error must say."""

    where: Where
    row: int
    column: str
    value: str
    expected: str


@dataclass(frozen=True)
class Publication:
    """`header_row` counts from 1. `spare`: columns that the source does not need."""

    main: str
    tables: Mapping[Where, Table]
    records: int
    faults: tuple[Fault, ...]
    header_row: int = 1
    spare: frozenset[str] = field(default_factory=frozenset)
    untitled: frozenset[Where] = field(default_factory=frozenset)

    def changed(self, where: Where, row: int, column: int, value: str) -> dict[Where, Table]:
        """The tables with one cell changed; `row` counts from 1 and `column` from 0."""
        tables = {key: deepcopy(table) for key, table in self.tables.items()}
        tables[where][row - 1][column] = value
        return tables

    def headers(self) -> list[tuple[Where, int, str]]:
        """Every heading that the source needs: its table, column and name."""
        return [
            (where, column, name)
            for where, table in self.tables.items()
            if where not in self.untitled
            for column, name in enumerate(table[self.header_row - 1])
            if name not in self.spare
        ]

    def column(self, where: Where, name: str) -> int:
        return self.tables[where][self.header_row - 1].index(name)


def write(tables: Mapping[Where, Table], main: str, folder: Path) -> Path:
    """Write the files into a folder and return the main one's path."""
    for name in dict.fromkeys(file for file, _ in tables):
        sheets = {sheet: table for (file, sheet), table in tables.items() if file == name}
        if name.endswith(".ods"):
            _write_ods(folder / name, sheets)
        else:
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\n").writerows(sheets[""])
            (folder / name).write_text(text.getvalue(), "utf-8")
    return folder / main


def _write_ods(path: Path, sheets: Mapping[str, Table]) -> None:
    def cell(value: str) -> str:
        if not value:
            return "<table:table-cell/>"
        if value[:2] == "20" and value[4:5] == "-":
            kind = f'office:value-type="date" office:date-value="{value}"'
        else:
            kind = 'office:value-type="string"'
        return f"<table:table-cell {kind}><text:p>{escape(value)}</text:p></table:table-cell>"

    def row(cells: list[str]) -> str:
        return f"<table:table-row>{''.join(cell(value) for value in cells)}</table:table-row>"

    body = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(row(cells) for cells in rows)}</table:table>'
        for name, rows in sheets.items()
    )
    office = "urn:oasis:names:tc:opendocument:xmlns"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        f'xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>{body}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="{office}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
        "</manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind, compress_type=zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest, compress_type=zipfile.ZIP_DEFLATED)
        archive.writestr("content.xml", content, compress_type=zipfile.ZIP_DEFLATED)


def _table(header: str, *rows: str) -> Table:
    return [line.split("|") for line in (header, *rows)]


_REGISTER = ("uk_local_authorities.csv", "")
_ONS = ("la_all_codes.csv", "")
_REGISTER_HEADER = (
    "local-authority-code|official-name|nice-name|gss-code|start-date|end-date|replaced-by|nation|region"
    "|local-authority-type|county-la|alt-names|former-gss-codes|gov-uk-slug|lat|long|pop-2020"
)
REGISTER = Publication(
    main="uk_local_authorities.csv",
    tables={
        _REGISTER: _table(
            _REGISTER_HEADER,
            "ABD|Elsewhere Council|Elsewhere|S12000034|||||Scotland|SCO|||||57.2|-2.6|1",
            "MAR|City of Marsh Council|City of Marsh|E08000901|2005-06-08|||England|North West|MD||"
            "City of Marsh,Marsh, City of,marsh city council|E08000900|marsh|53.5|-2.9|1",
            "FEN|Fen County Council|Fen|E10000901|||||England|North West|CTY||Fen||fen|||1".replace(
                "E10000901|||||", "E10000901||2023-04-01|FNW|"
            ),
            "FNW|Fen Council|Fen|E06000901|2023-04-01|||England|East of England|UA||Fen UA||||0.1|1",
            "DIK|Dike District Council|Dike|E07000901||2019-03-31|MAR|England||NMD|FEN|||dike|||1",
            "IOS|Council of the Isles of Scilly|Isles of Scilly|E06000053|1974-04-01|||England|South West"
            "|UA||||isles-of-scilly|49.9|-6.3|1",
            "OLD|Long Gone Council|Long Gone|E07000999||2009-04-01||England|South West|NMD||||long-gone|||1",
            "BIG|Marshland Mayoral Combined Authority|Wrong Name|E47000901|2014-04-01|||England|North West"
            "|COMB|||||||1",
        ),
        _ONS: _table(
            "LADCD|LADNM|UTLACD|RGNNM|CTRYNM|Current|EWCD",
            "E08000901|City of Marsh|E08000901|North East|England|FALSE|K04000001",
            "E08000902|City of Marsh|E08000902|North East|England|TRUE|K04000001",
            "E06000901|Fen|E06000901|East of England|England|TRUE|K04000001",
            "W06000901|Far Off|W06000901|Wales|Wales|TRUE|K04000001",
        ),
    },
    records=6,
    spare=frozenset({"pop-2020", "EWCD"}),
    faults=(
        Fault(_REGISTER, 3, "local-authority-type", "XX", "one of LBO"),
        Fault(_REGISTER, 4, "end-date", "2023-04-31", "a date like 2024-03-31"),
        Fault(_REGISTER, 4, "replaced-by", "ZZZ", "the code of an English authority"),
        Fault(_REGISTER, 6, "county-la", "ZZZ", "the code of an English authority"),
        Fault(_REGISTER, 3, "lat", "north", "a number or an empty cell"),
        Fault(_REGISTER, 3, "gss-code", "", "a value"),
        Fault(_REGISTER, 7, "nice-name", "Marsh", "a name that no other authority"),
    ),
)

_ODS = "la_inspection_outcomes_2025-03-31.ods"
_LEADERS = "The impact of leaders on social work practice with children and families"
_PROTECT = "The experiences and progress of children who need help and protection"
_CARE = "The experiences and progress of children in care"
_LEAVERS = "The experiences and progress of care leavers"
_ASKED = f"Overall effectiveness|{_LEADERS}|{_PROTECT}|{_CARE}|{_LEAVERS}"
_LATEST = (_ODS, "Inspections_as_at_31_March")
_HISTORY = (_ODS, "ILACS_inspection_history")
_YEAR = (_ODS, "In-year_inspections")


def _sheet(title: str, header: str, *rows: str) -> Table:
    width = header.count("|")
    above = [title + "|" * width, "Made for a test." + "|" * width]
    return [line.split("|") for line in (*above, header, *rows)]


OUTCOMES = Publication(
    main=_ODS,
    tables={
        (_ODS, "Cover"): [["A table", ""], ["Section", "Detail"], ["Published on:", "2025-09-25"]],
        _LATEST: _sheet(
            "Judgements",
            "Web link|Local authority area code|Local authority name|Ofsted region|Inspection date"
            f"|Publication date|{_ASKED}",
            "Page|E09000014|Haringey|London|2023-02-13|2023-04-11|Requires improvement to be good|Good"
            "|Good|Good|Outstanding",
            "Page|E06000055|Bedford|East of England|2021-11-15|2022-01-14|Good|Good|Good|Good|",
        ),
        _HISTORY: _sheet(
            "History",
            "Web link|Local authority area code|Local authority name|Local authority status|Ofsted region"
            f"|Inspection date|Publication date|Inspection type|{_ASKED}",
            "Page|E10000006|Cumbria|No longer exists|North West|2022-09-20|2022-11-15"
            "|ILACS Standard Inspection|Requires improvement to be good|Inadequate|Good|Good|",
        ),
        _YEAR: _sheet(
            "The year",
            "Web link|Local authority area code|Local authority name|Region|Inspection/Visit date"
            f"|Publication date|Inspection/Visit type|{_ASKED}|Visit Theme",
            "Page|E08000016|Barnsley|North|2024-11-05|2024-12-05|ILACS Focused Visit||||||Children in care",
            "Page|E08000016|Barnsley|North|2024-12-05|2025-01-05|LA Monitoring visit||||||Front door",
            "Page|E08000016|Barnsley|North|2025-01-06|2025-02-05|ILACS Short Inspection|Good|Good|Good"
            "|Good|Good|",
        ),
    },
    records=6,
    header_row=3,
    spare=frozenset({"Web link", "Ofsted region", "Region", "Local authority status"}),
    untitled=frozenset({(_ODS, "Cover")}),
    faults=(
        Fault(_LATEST, 4, "Inspection date", "soon", "a date like"),
        Fault(_LATEST, 4, "Inspection date", "2203-02-13", "a date from"),
        Fault(_LATEST, 5, "Publication date", "2021-01-14", "on or after the inspection of 2021-11-15"),
        Fault(_LATEST, 5, "Publication date", "", "a value"),
        Fault(_LATEST, 4, "Overall effectiveness", "Adequate", "Requires improvement to be good"),
        Fault(_HISTORY, 4, "Inspection type", "ILACS Long Inspection", "one of ILACS Standard Inspection"),
        Fault(_YEAR, 4, "Overall effectiveness", "Good", "a focused visit gives no grade"),
        Fault(_YEAR, 6, _LEAVERS, "Fine", "Outstanding, Good"),
    ),
)

_OVERVIEW = ("ilacs_latest_overview_2026-06.csv", "")
OVERVIEW = Publication(
    main="ilacs_latest_overview_2026-06.csv",
    tables={
        _OVERVIEW: _table(
            "urn|la_code|ltla23cd|local_authority|inspection_link|overall_effectiveness_grade"
            "|impact_of_leaders_grade|help_and_protection_grade|in_care_grade|care_leavers_grade"
            "|inspection_start_date|inspection_end_date|publication_date",
            "80426|370|E08000016|barnsley|https://example.org/1|good|good|requires improvement|good|good"
            "|11/09/2023|15/09/2023|27/10/23",
            "80489|304|E09000005|brent|https://example.org/2||good|good|good|good|27/04/2026|01/05/2026|17/06/26",
            "80533|892|E06000018|nottingham||inadequate|inadequate|inadequate|inadequate"
            "|inspection_pre_dates_judgement|||05/09/22",
            "80490|302|E09000003|barnet|https://example.org/4|good|good|good|good|good"
            "|30/03/2026|03/04/2026|20/05/26",
        )
    },
    records=4,
    spare=frozenset({"la_code"}),
    faults=(
        Fault(_OVERVIEW, 2, "publication_date", "31/02/24", "a date like 31/03/2024"),
        Fault(_OVERVIEW, 2, "inspection_start_date", "01/01/1900", "a date from 1965-04-01"),
        Fault(_OVERVIEW, 2, "inspection_end_date", "10/09/2023", "on or after the start of 2023-09-11"),
        Fault(_OVERVIEW, 3, "in_care_grade", "great", "Outstanding, Good"),
        Fault(_OVERVIEW, 2, "urn", "", "a value"),
    ),
)

_RATINGS = ("ofsted_annual_ratings.csv", "")
RATINGS = Publication(
    main="ofsted_annual_ratings.csv",
    tables={
        _RATINGS: _table(
            "year|council|rating|url",
            "2009|Haringey|performs_poorly|https://example.org/2009",
            "2009|York|performs_excellently|https://example.org/2009",
            "2010|Cornwall|performs_poorly|https://example.org/2010",
            "2010|Kent|performs_poorly|https://example.org/2010",
            "2011|Hammersmith and Fulham|performs_excellently|https://example.org/2011",
        )
    },
    records=5 + 4 + 5 + 5,
    faults=(
        Fault(_RATINGS, 2, "year", "2012", "one of 2009, 2010, 2011"),
        Fault(_RATINGS, 3, "rating", "inadequate", "performs_poorly"),
        Fault(_RATINGS, 4, "council", "", "a value"),
        Fault(_RATINGS, 4, "url", "", "a value"),
    ),
)

_INSPECTIONS = ("all_inspections.csv", "")
_JUDGEMENTS = ("all_judgements.csv", "")
_PLACES = ("all_recommendation_places.csv", "")
FACTS = Publication(
    main="all_inspections.csv",
    tables={
        _INSPECTIONS: _table(
            "urn|la_name|kind|framework|title|inspection_start|inspection_end|published|published_source"
            "|lead_inspector|pages|report|report_url|provider_url|notes",
            "80498|haringey|full|ILACS|Inspection of children’s services|2018-10-29|2018-11-09|2018-12-14"
            "|filename|A Person|12|80498-haringey/2018-12-14-inspection.pdf|https://example.org/r||",
            "80498|haringey|focused|focused-visit|Focused visit|2020-01-21|2020-01-22|2020-02-12|text"
            "|B Person|4|80498-haringey/2020-02-12-focused-visit.pdf||https://example.org/p|",
            "80498|haringey|full|SIF|Inspection of services|2014-05-20|2014-06-11|2014-07-18|text||40"
            "|80498-haringey/2014-07-18-inspection.pdf||https://example.org/p|",
        ),
        _JUDGEMENTS: _table(
            "question|question_key|grade|page|grade_printed|urn|report",
            "Overall effectiveness|overall|requires_improvement|1|Requires improvement to be good|80498"
            "|80498-haringey/2018-12-14-inspection.pdf",
            "Leaders|leadership|good|1|Good|80498|80498-haringey/2018-12-14-inspection.pdf",
            "The overall judgement is|overall|requires_improvement|2|requires improvement|80498"
            "|80498-haringey/2014-07-18-inspection.pdf",
        ),
        _PLACES: _table(
            "urn|report|ordinal|list_kind|page",
            "80498|80498-haringey/2018-12-14-inspection.pdf|2|area_for_improvement|3",
            "80498|80498-haringey/2018-12-14-inspection.pdf|1|area_for_improvement|2",
            "80498|80498-haringey/2014-07-18-inspection.pdf|1|priority_action|7",
        ),
    },
    records=3,
    spare=frozenset({"kind", "notes"}),
    faults=(
        Fault(_INSPECTIONS, 2, "framework", "CAA", "one of annual-rating"),
        Fault(_INSPECTIONS, 2, "published", "2018-13-14", "a date like"),
        Fault(_INSPECTIONS, 2, "pages", "twelve", "a whole number"),
        Fault(_INSPECTIONS, 2, "published_source", "guess", "one of text"),
        Fault(_INSPECTIONS, 3, "report", "80498-haringey/2018-12-14-inspection.pdf", "a report only once"),
        Fault(_JUDGEMENTS, 2, "grade_printed", "Adequate", "Requires improvement to be good"),
        Fault(_JUDGEMENTS, 2, "grade", "good", "“requires_improvement”, for"),
        Fault(_JUDGEMENTS, 3, "question_key", "roses", "overall, leadership"),
        Fault(_JUDGEMENTS, 3, "report", "nobody/2018.pdf", "a report that all_inspections.csv has"),
        Fault(_JUDGEMENTS, 3, "page", "0", "a whole number"),
        Fault(_JUDGEMENTS, 3, "urn", "80499", "80498, as all_inspections.csv has for this report"),
        Fault(_PLACES, 2, "ordinal", "3", "1 to 2, each once"),
        Fault(_PLACES, 2, "list_kind", "wish", "one of recommendation"),
    ),
)

PUBLICATIONS: dict[str, Publication] = {
    "mysociety_register": REGISTER,
    "ofsted_la_outcomes": OUTCOMES,
    "datatoinsight_ilacs_overview": OVERVIEW,
    "ofsted_annual_ratings": RATINGS,
    "ofsted_report_facts": FACTS,
}
