"""The flags of the Comprehensive Area Assessment: what six inspectorates marked on 9 December 2009.

Data source
    The site on which they stood was closed in 2010. The flags that reporters listed that week were typed
    from those pages, each row with its page.
Format
    A CSV file, one row a flag: area, red or green, the theme as the page words it, address.
Cadence
    Finished: flags were published once.
What needs care
    The list is complete for housing and for children's services, and a part for everything else: an area
    without a flag here may have had one. One row counts an area's flags without naming their themes: it is
    kept as a note. A flag was an area's, and stands with the council that the area is named after.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from oneplace.frameworks import Framework, edition
from oneplace.records import BodyRef, FindingRecord, InspectionRecord
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique
from oneplace.sources.typed_rows import COMPILED_BY, LICENCE

PUBLISHED = dt.date(2009, 12, 9)  # of all areas at once; it is in the addresses of the pages


class AuditCommissionCaa(Source):
    # The data source
    name = "audit_commission_caa"
    publisher = "audit-commission"
    title = "Comprehensive Area Assessment 2009: red and green flags named in reports of the day"
    licence = LICENCE
    cadence = "finished in 2010"
    compiled_by = COMPILED_BY

    # Its format
    media_type = "text/csv"
    filename = "caa2009_flags.csv"

    # How it is reached
    access = "closed"

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """One record an area, with a judgement a flag."""
        columns = ("area", "kind", "value_or_theme", "url")
        rows = csv_rows(path, columns)
        unique(rows, columns[:3], "a flag once")
        framework = edition("CAA", PUBLISHED)
        areas: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            row.grade("kind", framework)
            row.text("value_or_theme")
            row.text("url")
            areas[row.text("area")].append(row)
        for area, flags in areas.items():
            yield _area(area, flags, framework)


def _counts_flags(row: Row) -> bool:
    return "flags in total" in row.cells["value_or_theme"]


def _area(area: str, rows: list[Row], framework: Framework) -> InspectionRecord:
    flag = framework.questions[0]
    counts = [row for row in rows if _counts_flags(row)]
    return InspectionRecord(
        publisher="audit-commission",
        framework=framework.family,
        body=BodyRef(name=area),
        title=framework.name,
        published=PUBLISHED,
        published_source="list",
        report_url=rows[0].text("url"),
        judgements=tuple(
            row.judgement("kind", framework, flag.key, subject=row.text("value_or_theme"))
            for row in rows
            if not _counts_flags(row)
        ),
        findings=tuple(
            FindingRecord(
                ordinal=number, section=f"{_capital(row.text('value_or_theme'))} ({row.text('url')})"
            )
            for number, row in enumerate(counts, 1)
        ),
        address=rows[0].address,
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
