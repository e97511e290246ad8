"""The annual review of any day, and the queue of what a person should look at."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from oneplace.evidence import queries as evidence
from oneplace.evidence.views import AnnualReview, ReviewAuthority
from oneplace.frameworks import framework
from oneplace.places.queries import REGIONS
from oneplace.website.as_at import as_at
from oneplace.website.csv_files import csv_file
from oneplace.website.distributions import FrameworkPicture, pictures
from oneplace.website.names import body_names
from oneplace.website.wording import thing

ORDERS = ("name", "region", "kind", "grade", "published", "change")
# What stands first when the table is ordered by change: what moved.
_CHANGES = ("worse", "better", "first", "same", "not_comparable", "unnamed", "none")


def annual_review(request: HttpRequest) -> HttpResponse:
    """All authorities on the day: the grades, who is best and worst, by region and by type, and what changed."""
    on = as_at(request)
    review = evidence.annual_review(on.day)
    order = request.GET.get("order", "name")
    order = order if order in ORDERS else "name"
    drawn = pictures(review)
    context = {
        "as_at": on,
        "review": review,
        "pictures": drawn,
        "extremes": [_extremes(one, review) for one in drawn],
        "lines": sorted(review.authorities, key=lambda line: _order(line, order)),
        "order": order,
        "orders": ORDERS,
        "regions": [(name, lines) for name in REGIONS if (lines := _by(review, "region", name))],
        "kinds": [
            (kind, _by(review, "kind", kind)) for kind in sorted({line.kind for line in review.authorities})
        ],
        "changes": Counter(line.change for line in review.authorities),
        "tally": tally,
    }
    return render(request, "annual_review.html", context)


def annual_review_csv(request: HttpRequest) -> HttpResponse:
    """The same lines as a file, each with the framework, so that no one grade is taken for another's."""
    on = as_at(request)
    review = evidence.annual_review(on.day)
    header = (
        "area", "name", "type", "region", "as_at", "framework", "grade", "grade_printed", "published", "inspection",
        "change_in_a_year", "grade_a_year_before", "framework_a_year_before", "source", "page", "graded_but_not_named",
    )  # fmt: skip
    rows = (_csv_row(line, on.day) for line in review.authorities)
    return csv_file(f"oneplace-annual-review-{on.day}.csv", header, rows)


def _csv_row(line: ReviewAuthority, day: dt.date) -> tuple[object, ...]:
    now, then = line.current, line.previous
    overall = now.overall if now else None
    was = then.overall if then else None
    return (
        line.area_id, line.name, line.kind, line.region, day, now.framework if now else "",
        overall.grade if overall else "", overall.grade_printed if overall else "", now.published if now else "",
        now.public_id if now else "", line.change, was.grade if was else "", then.framework if then else "",
        overall.source.release_id if overall else "", overall.source.page if overall else "",
        "yes" if line.unnamed else "no",
    )  # fmt: skip


def review_queue(request: HttpRequest) -> HttpResponse:
    """What sources disagree about and what readings doubt, with the decisions made."""
    items = evidence.review_queue(include_decided=True)
    bodies = body_names(item.inspection.split("/")[1] for item in items if item.inspection)
    context = {
        "open": [item for item in items if not item.decided],
        "decided": [item for item in items if item.decided],
        # "Nottingham, 2022-09-05": the council and the rest of the inspection's own address.
        "names": {
            item.inspection: f"{bodies[item.inspection.split('/')[1]]}, {item.inspection.split('/')[2]}"
            for item in items
            if item.inspection
        },
    }
    return render(request, "review_queue.html", context)


def tally(lines: list[ReviewAuthority]) -> list[tuple[str, str, str, int]]:
    """How many of the lines stand at each grade: (framework, grade, label, count), each framework's best first."""
    counted = Counter(
        (line.current.framework, line.current.overall.grade, line.current.overall.grade_label)
        for line in lines
        if line.current and line.current.overall
    )
    order = {
        (key, grade.key): (place, rank)
        for place, key in enumerate(
            sorted({key for key, _, _ in counted}, key=lambda key: framework(key).starts)
        )
        for rank, grade in enumerate(framework(key).grades)
    }
    return [
        (*key, count)
        for key, count in sorted(counted.items(), key=lambda item: order[item[0][0], item[0][1]])
    ]


def _by(review: AnnualReview, what: str, value: str) -> list[ReviewAuthority]:
    return [line for line in review.authorities if getattr(line, what) == value]


def _extremes(drawn: FrameworkPicture, review: AnnualReview) -> dict[str, object]:
    """Who holds the best and the worst grade of a framework that anyone holds: all of them, for ties are ties."""
    names = {line.area_id: line.name for line in review.authorities}
    ranked = {grade.key for grade in framework(drawn.key).ranked_grades}
    held = [count for count in drawn.counts if count.count and count.grade in ranked]
    return {
        "name": drawn.name,
        "best": held[0] if held else None,
        "worst": held[-1] if len(held) > 1 else None,
        "names": names,
    }


def _order(line: ReviewAuthority, order: str) -> tuple[object, ...]:
    if order == "region":
        return (line.region, line.name)
    if order == "kind":
        return (thing(line.kind), line.name)
    if order == "published":
        published = line.current.published if line.current else None
        return (published is None, -published.toordinal() if published else 0, line.name)
    if order == "change":
        return (_CHANGES.index(line.change) if line.change in _CHANGES else len(_CHANGES), line.name)
    if order == "grade" and line.current:
        edition = framework(line.current.framework)
        keys = [grade.key for grade in edition.grades]
        overall = line.current.overall
        return (
            0,
            edition.name,
            keys.index(overall.grade) if overall and overall.grade in keys else len(keys),
            line.name,
        )
    return (1, line.name) if order == "grade" else (line.name,)
