"""Section 114 notices: reports of chief finance officers that their council is running out of lawful money.

Data source
    No register is kept of them. The list was compiled by hand from what councils and reporters published.
Format
    A CSV file, one row a notice: council, code, date, the financial year that it is about, reason, and
    whether the date is exact or only the month is known (the day given is then the first of the month).
Cadence
    None: a row is added when a council gives a notice.
What needs care
    Where only the month is known, no day is shown. A council may give several notices. The council is the
    one of that day: Northamptonshire's no longer exists. Nobody says that the list is complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from oneplace.frameworks import edition
from oneplace.records import BodyRef, InspectionRecord, JudgementRecord
from oneplace.sources.days import end_of_month
from oneplace.sources.periods import year_period
from oneplace.sources.source import Source
from oneplace.sources.tables import Row, csv_rows, unique
from oneplace.sources.typed_rows import LICENCE

COLUMNS = ("la_name", "lad24cd", "notice_date", "financial_year", "reason", "date_confirmed")
EXACT, MONTH = "exact", "approximate - month only confirmed"


class CouncilsSection114(Source):
    # The data source
    name = "councils_section_114"
    publisher = "councils"
    title = "Section 114 notices since 2000"
    licence = LICENCE.replace(
        "typed from the pages named in each row", "compiled by hand from public notices"
    )
    cadence = "none; rows are added by hand"
    compiled_by = "an unnamed third party, from public notices"

    # Its format
    media_type = "text/csv"
    filename = "section_114_notices.csv"
    grows = True

    # How it is reached
    access = "manual"
    how = (
        "No register is published. Type the notice, from the council's own publication, into a CSV file with the "
        f"headings {', '.join(f'“{column}”' for column in COLUMNS)}. Then run "
        "`oneplace ingest councils_section_114 FILE --add`: it stands beside those that are there."
    )

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """One notice a row."""
        rows = csv_rows(path, COLUMNS)
        unique(rows, ("lad24cd", "reason", "notice_date"), "a notice once")
        for row in rows:
            yield _notice(row)


def _notice(row: Row) -> InspectionRecord:
    code, year, reason = row.gss_code("lad24cd"), row.text("financial_year"), row.text("reason")
    told = year_period(year, "financial")
    if told is None or len(told[0]) != len("2017-18"):
        raise row.fault("financial_year", "a financial year like 2017-18")
    day = row.date("notice_date", ("%Y-%m-%d",))
    exact = row.one_of("date_confirmed", (EXACT, MONTH)) == EXACT
    framework = edition("section-114", day)
    return InspectionRecord(
        publisher="councils",
        framework=framework.family,
        body=BodyRef(name=row.text("la_name"), gss_code=code),
        title=f"{framework.name}, {year}: {reason[0].lower()}{reason[1:]}",
        published=day if exact else end_of_month(day.year, day.month),
        published_source="list",
        date_precision="day" if exact else "month",
        reference=f"{year} {reason}",
        judgements=(
            JudgementRecord(
                question=framework.questions[0].label,
                question_key=framework.questions[0].key,
                grade_printed="Issued",
                grade="issued",
                subject=reason,
                address=row.address,
            ),
        ),
        address=row.address,
    )
