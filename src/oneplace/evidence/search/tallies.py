"""How many passages were found by year, grade, body and section."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from oneplace.evidence.search.catalogue import Entry
from oneplace.evidence.search.sections import sections
from oneplace.evidence.search.views import GradeTally, Tallies
from oneplace.frameworks import framework


def tallies(counted: Mapping[tuple[int, str], int], reports: Mapping[int, Entry]) -> Tallies:
    """By what filters ask for, from how many there are by statement and section."""
    years: Counter[int] = Counter()
    grades: Counter[tuple[str, str]] = Counter()
    inspections: dict[tuple[str, str], set[str]] = {}
    labels: dict[tuple[str, str], str] = {}
    editions: dict[str, str] = {}
    bodies: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    for (statement, section), count in counted.items():
        report = reports[statement].report
        years[report.known_since.year] += count
        bodies[report.body_id] += count
        parts[section] += count
        overall = report.overall
        key = (report.family, overall.grade if overall else "")
        grades[key] += count
        inspections.setdefault(key, set()).add(report.inspection)
        labels[key] = overall.grade_label if overall else ""
        # The edition with the most grades names a family: one without an overall grade lacks some.
        known = editions.setdefault(report.family, report.framework)
        if known != report.framework and len(framework(report.framework).grades) > len(
            framework(known).grades
        ):
            editions[report.family] = report.framework

    def order(key: tuple[str, str]) -> tuple[int, str, int]:
        edition = framework(editions[key[0]])
        keys = [grade.key for grade in edition.grades]
        return -edition.starts.toordinal(), key[0], keys.index(key[1]) if key[1] in keys else len(keys)

    return Tallies(
        years=tuple((year, years[year]) for year in range(min(years), max(years) + 1)) if years else (),
        grades=tuple(
            GradeTally(
                family=key[0],
                framework_name=framework(editions[key[0]]).name,
                grade=key[1],
                grade_label=labels[key],
                passages=grades[key],
                reports=len(inspections[key]),
            )
            for key in sorted(grades, key=order)
        ),
        bodies=tuple(sorted(bodies.items(), key=lambda item: (-item[1], item[0]))),
        sections=tuple((key, parts[key]) for key in sections() if parts[key]),
    )
