"""What a release says, in its own order: of which inspections, and in one row."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from oneplace.evidence.models import Judgement, Statement
from oneplace.evidence.views import RowTold, Told, ToldGrade
from oneplace.frameworks import UnknownFramework, UnknownGrade, edition, grade_label

# A row of a table speaks of an inspection or two; of a report's facts, of one.
MOST_OF_A_ROW = 40


def told(release_id: str, limit: int = 400) -> tuple[Told, ...]:
    """The inspections that a release speaks of, in its order."""
    rows = Statement.objects.filter(release__public_id=release_id).order_by("position", "id")
    return tuple(_told(row) for row in rows.select_related("inspection")[:limit])


def told_in_row(release_id: str, row: int, sheet: str | None = None) -> tuple[RowTold, ...]:
    """What one row of a release says of inspections, live or superseded, with the grades that stand there."""
    of_release = Q(release__public_id=release_id)
    here = Q(row=row, sheet=sheet) if sheet else Q(row=row)
    graded = Judgement.objects.filter(here, statement__release__public_id=release_id)
    statements: QuerySet[Statement] = Statement.objects.filter(
        of_release & (here | Q(pk__in=graded.values("statement")))
    )
    found = list(statements.select_related("inspection").order_by("position", "id")[:MOST_OF_A_ROW])
    grades: dict[int, list[Judgement]] = {each.pk: [] for each in found}
    for judgement in Judgement.objects.filter(here, statement__in=found).order_by("position"):
        grades[judgement.statement_id].append(judgement)
    return tuple(
        RowTold(told=_told(each), grades=tuple(_grade(each, one) for one in grades[each.pk]))
        for each in found
    )


def _told(row: Statement) -> Told:
    return Told(
        inspection=row.inspection.public_id if row.inspection else None,
        body_name=row.body_name,
        title=row.title,
        published=row.published,
        address=row.address,
        url=row.report_url,
        date_precision=row.date_precision,  # type: ignore[arg-type]  # as recorded
    )


def _grade(statement: Statement, judgement: Judgement) -> ToldGrade:
    on = statement.inspection_start or statement.inspection_end or statement.published
    try:
        label = grade_label(edition(statement.framework, on), judgement.grade)
    except (UnknownFramework, UnknownGrade):
        label = judgement.grade_printed
    return ToldGrade(
        subject=judgement.subject,
        question=judgement.question,
        grade_label=label,
        printed=judgement.grade_printed,
    )
