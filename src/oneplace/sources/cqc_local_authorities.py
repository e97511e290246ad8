"""The Care Quality Commission's assessments of councils' adult social care, as a third party gathered them.

Data source
    72 of 153 councils: the overall rating, the score of each of nine quality statements, and the month of the
    report, with a link to the commission's own page for it.
Format
    A web page. Its table `masterTable` has a row for each council; a heading "QS1 Assess" is spread over two lines.
    Its other tables say the same again in other orders.
Cadence
    Once, in October 2025. The commission goes on publishing assessments, each on a page of its own.
What needs care
    The compiler says that the table was made with the help of a language model, so it is labelled as theirs, and the
    commission's page, which each row links to, is to be preferred. A score is 1 to 4; the one beside the overall
    rating is the mean of the nine, which the commission prints as a percentage of 4. The date is a month. One
    council was assessed as a trial: it has scores and no rating.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from oneplace.frameworks import framework
from oneplace.records import BodyRef, InspectionRecord, JudgementRecord
from oneplace.sources.cqc_services import PUBLISHER
from oneplace.sources.days import EARLIEST, end_of_month, latest_day
from oneplace.sources.errors import SourceError
from oneplace.sources.source import Source
from oneplace.sources.tables import Row
from oneplace.sources.whole_files import whole_file

TABLE = "masterTable"
NAME, OVERALL, MEAN, DATE, LINK = "Authority Name", "Overall", "Avg Score", "Date", "link"
# Heading → the framework's question.
STATEMENTS = {
    "QS1 Assess": "assessing_needs",
    "QS2 Support": "healthier_lives",
    "QS3 Equity": "equity",
    "QS4 Care": "care_provision",
    "QS5 Partner": "partnerships",
    "QS6 Safe": "safe_pathways",
    "QS7 Safeguard": "safeguarding",
    "QS8 Govern": "governance",
    "QS9 Learn": "learning",
}
# The compiler took these two names only as far as their first hyphen.
CUT_SHORT = {"Southend": "Southend-on-Sea", "Stoke": "Stoke-on-Trent"}
LARGEST = 20_000_000
PAGES = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports"


class CqcLocalAuthorities(Source):
    # The data source
    name = "cqc_local_authorities"
    publisher = PUBLISHER
    title = "Assessments of councils' adult social care: ratings and quality statements"
    cadence = "once, in October 2025; the commission publishes more, a page each"
    compiled_by = "an unnamed third party, with the help of a language model"

    # Its format
    media_type = "text/html"
    filename = "la_assessments_league_tables_2025-10.html"
    is_snapshot = True

    # How it is reached
    url = PAGES
    access = "manual"
    how = "Save the page with the league tables as la_assessments_league_tables_YYYY-MM.html, for its month."
    months = 3

    def records(self, path: Path) -> Iterator[InspectionRecord]:
        """A council's assessment a row, in the order of the table."""
        seen: dict[str, int] = {}
        for row in _rows(path):
            name = row.text(NAME)
            if first := seen.get(name):
                raise row.fault(NAME, f"a council once (row {first} has it too)")
            seen[name] = row.number
            yield _assessment(row, name)


def _assessment(row: Row, name: str) -> InspectionRecord:
    statements = [_judgement(row, heading, key) for heading, key in STATEMENTS.items()]
    mean = row.decimal(MEAN)
    reckoned = sum(each.score or 0 for each in statements) / len(statements)
    if mean is None or abs(mean - reckoned) > 0.0051:
        raise row.fault(MEAN, f"the mean of the nine scores, {reckoned:.2f},")
    return InspectionRecord(
        publisher=PUBLISHER,
        framework="CQC-local-authority",
        body=BodyRef(name=CUT_SHORT.get(name, name)),
        published=_end_of_month(row),
        published_source="list",
        date_precision="month",
        report_url=row.optional(LINK),
        # The compiler's mean of the nine is no score of the commission's: it is checked and not kept.
        judgements=(_judgement(row, OVERALL, "overall"), *statements),
        address=row.address,
    )


def _judgement(row: Row, heading: str, key: str) -> JudgementRecord:
    score = float(row.one_of(heading, ("1", "2", "3", "4"))) if key != "overall" else None
    return row.judgement(heading, framework("CQC-local-authority"), key, score=score)


def _end_of_month(row: Row) -> dt.date:
    try:
        first = dt.datetime.strptime(row.text(DATE), "%B %Y").replace(tzinfo=dt.UTC).date()
    except ValueError:
        raise row.fault(DATE, "a month like March 2024") from None
    latest = latest_day()
    if not EARLIEST <= first <= latest:
        raise row.fault(DATE, f"a month from {EARLIEST:%B %Y} to {latest:%B %Y}")
    return end_of_month(first.year, first.month)


def _rows(path: Path) -> Iterator[Row]:
    """The rows of the page's table under their headings, counted from its header."""
    content = whole_file(path, LARGEST, "a page")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise SourceError(path, "a web page in UTF-8", found=f"line {line} is not") from fault
    table = LexborHTMLParser(content).css_first(f"table#{TABLE}")
    if table is None or not content.rstrip().lower().endswith(b"</html>"):
        begins = " ".join(content[:60].decode("utf-8", "replace").split())
        raise SourceError(path, f"a whole web page with the table “{TABLE}”", found=begins)
    lines = table.css("tr")
    header = [_text(cell) for cell in lines[0].css("th")] if lines else []
    for heading in (NAME, OVERALL, *STATEMENTS, MEAN, DATE):
        if header.count(heading) != 1:
            found = ", ".join(header)
            raise SourceError(path, f"a column “{heading}”", found=found, sheet=TABLE, row=1, column=heading)
    if len(lines) < 2:
        raise SourceError(path, "at least one row under the header", sheet=TABLE)
    for number, one in enumerate(lines[1:], 2):
        cells = one.css("td")
        if len(cells) != len(header):
            expected = f"{len(header)} cells, as in the header,"
            raise SourceError(path, expected, found=f"{len(cells)} cells", sheet=TABLE, row=number)
        link = one.css_first("a[href]")
        values = dict(zip(header, map(_text, cells), strict=True))
        values[LINK] = (link.attributes.get("href") or "") if link else ""
        yield Row(path, TABLE, number, values)


def _text(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())
