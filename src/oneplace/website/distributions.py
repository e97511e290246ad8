"""How many authorities stand at each grade: a picture for each framework, never two in one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from oneplace.charts.distribution import Share, distribution
from oneplace.charts.drawing import Picture
from oneplace.evidence.views import AnnualReview, GradeCount
from oneplace.frameworks import framework
from oneplace.website.grades import chart_grade
from oneplace.website.wording import counted, day


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkPicture:
    """One framework's grades on the day: the counts, best grade first, and their picture."""

    key: str
    name: str
    counts: tuple[GradeCount, ...]
    total: int
    picture: Picture
    has_grades: bool  # whether anyone's is a grade for the whole


def pictures(review: AnnualReview) -> list[FrameworkPicture]:
    """A picture for each framework that some authority's latest grade is of, oldest framework first."""
    made = []
    for key, group in groupby(review.counts, key=lambda count: count.framework):
        counts = tuple(group)
        if not any(count.count for count in counts):
            continue
        name = framework(key).name
        total = sum(count.count for count in counts)
        described = "; ".join(f"{count.grade_label}: {count.count}" for count in counts)
        shares = [
            Share(
                grade=chart_grade(key, count.grade),
                count=count.count,
                named=min(len(count.named), count.count),
            )
            for count in counts
        ]
        picture = distribution(
            chart_id=f"grades-{key.lower().replace(' ', '-')}",
            title=f"{name}: latest grades of {counted(total, 'authority', 'authorities')} as at {day(review.as_at)}",
            description=f"{described}. The table has the same figures.",
            shares=shares,
        )
        made.append(
            FrameworkPicture(
                key=key,
                name=name,
                counts=counts,
                total=total,
                picture=picture,
                has_grades=any(framework(key).grade(count.grade) for count in counts),
            )
        )
    return made
