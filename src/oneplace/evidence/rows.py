"""Records as rows: one statement with its parts, not yet in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from oneplace.evidence.fingerprints import fingerprint
from oneplace.evidence.models import (
    Finding,
    Judgement,
    LookBack,
    Problem,
    RatingTotal,
    Recommendation,
    Release,
    Statement,
)
from oneplace.evidence.models.statements import Addressed
from oneplace.evidence.search import index
from oneplace.large_loads import add, add_rows, made, relate
from oneplace.records import Address, InspectionRecord, JudgementRecord, ReleaseRecord
from oneplace.records import Problem as ProblemRecord
from oneplace.records import RatingTotal as RatingTotalRecord


@dataclass(slots=True)
class StatementRows:
    """A statement and the rows that belong to it. Judgements stay records: a table has hundreds of thousands."""

    statement: Statement
    judgements: Sequence[JudgementRecord] = ()
    recommendations: list[Recommendation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    looks_back: list[LookBack] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def parts(self) -> tuple[list[Any], ...]:
        """The lists of children, a model each, that are rows already."""
        return self.recommendations, self.findings, self.looks_back, self.problems

    def __len__(self) -> int:
        return 1 + len(self.judgements) + sum(len(part) for part in self.parts)


def release_row(record: ReleaseRecord, public_id: str) -> Release:
    """The release's row, pending."""
    return Release(
        public_id=public_id,
        source=record.source,
        slot=record.slot,
        publisher=record.publisher,
        title=record.title,
        sha256=record.sha256,
        licence=record.licence,
        retrieved_at=record.retrieved_at,
        url=record.url,
        published=record.published,
        media_type=record.media_type,
        compiled_by=record.compiled_by,
        reader=record.reader,
        as_at=record.as_at,
        is_snapshot=record.is_snapshot,
    )


def statement_rows(
    record: InspectionRecord, position: int, problems: tuple[ProblemRecord, ...], hashed: str | None = None
) -> StatementRows:
    """The rows of what a release says of one inspection. `problems` are added to the record's own.

    `hashed` is the record's fingerprint, where the caller has it.
    """
    rows = StatementRows(
        made(
            Statement,
            position=position,
            publisher=record.publisher,
            framework=record.framework,
            body_name=record.body.name,
            body_urn=record.body.urn,
            body_gss=record.body.gss_code,
            body_kind=record.body.kind,
            body_ref_id=record.body.body_id,
            form=record.form,
            title=record.title,
            inspection_start=record.inspection_start,
            inspection_end=record.inspection_end,
            published=record.published,
            published_source=record.published_source,
            lead_inspector=record.lead_inspector,
            pages=record.pages,
            report_url=record.report_url,
            reference=record.reference,
            date_precision=record.date_precision,
            fingerprint=hashed or fingerprint(record),
            **place(record.address),
        ),
        record.judgements,
    )
    for item in record.improve:
        rows.recommendations.append(
            made(
                Recommendation,
                ordinal=item.ordinal,
                list_kind=item.list_kind,
                text=item.text,
                heading=item.heading,
                subheading=item.subheading,
                printed_number=item.printed_number,
                responsible_body=item.responsible_body,
                **place(item.address),
            )
        )
    for finding in record.findings:
        rows.findings.append(
            made(
                Finding,
                ordinal=finding.ordinal,
                section=finding.section,
                paragraph=finding.paragraph,
                text=finding.text,
                **place(finding.address),
            )
        )
    for sentence in record.looks_back:
        rows.looks_back.append(
            made(
                LookBack,
                ordinal=sentence.ordinal,
                text=sentence.text,
                status=sentence.status,
                **place(sentence.address),
            )
        )
    for number, problem in enumerate((*record.problems, *problems), 1):
        rows.problems.append(
            made(
                Problem,
                position=number,
                kind=problem.kind,
                message=problem.message,
                field=problem.field,
                **place(problem.address),
            )
        )
    return rows


def total_row(record: RatingTotalRecord, position: int) -> RatingTotal:
    """A published total's row."""
    return RatingTotal(
        position=position,
        framework=record.framework,
        published=record.published,
        grade=record.grade,
        count=record.count,
        note=record.note,
        **place(record.address),
    )


def place(address: Address) -> dict[str, Any]:
    """An address as the columns of an `Addressed` row."""
    x0, y0, x1, y1 = address.box or _NO_BOX
    return {
        "page": address.page, "x0": x0, "y0": y0, "x1": x1, "y1": y1,
        "sheet": address.sheet, "row": address.row,
    }  # fmt: skip


def write(rows: list[StatementRows]) -> None:
    """Write the rows of statements whose release is set, and whose inspections are written."""
    statements = [each.statement for each in rows]
    for statement in statements:
        if statement.inspection is not None:
            relate(statement, "inspection", statement.inspection)  # its key is known by now
    add(Statement, statements)
    _add_judgements(rows)
    for number, model in enumerate(_PARTS):
        children: list[Addressed] = []
        for each in rows:
            for child in each.parts[number]:
                child.statement_id = each.statement.pk
                children.append(child)
        add(model, children, keyed=False)
    said: list[Finding | Recommendation | LookBack] = []
    for each in rows:
        said += each.findings
        said += each.recommendations
        said += each.looks_back
    index.add(said)


def _add_judgements(rows: Iterable[StatementRows]) -> None:
    columns = ("statement_id", "position", *_JUDGED, "sheet", "row", "page", "x0", "y0", "x1", "y1")
    judgements = []
    for each in rows:
        statement = each.statement.pk
        for number, judged in enumerate(each.judgements, 1):
            at = judged.address
            box = at.box or _NO_BOX
            judgements.append((statement, number, *_judged(judged), at.sheet, at.row, at.page, *box))
    add_rows(Judgement, columns, judgements)


_JUDGED = ("question", "question_key", "grade_printed", "grade", "subject", "score")
_judged = attrgetter(*_JUDGED)
_NO_BOX = (None, None, None, None)
_PARTS: tuple[type[Addressed], ...] = (Recommendation, Finding, LookBack, Problem)
