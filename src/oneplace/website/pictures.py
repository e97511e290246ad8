"""The charts that have an address: areas/haringey/children/history, map/children, … – each as a picture with its words.

One maker for the file (SVG, PNG), the embedded page, the table and the site's own pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from oneplace.charts.drawing import Picture
from oneplace.evidence import queries as evidence
from oneplace.evidence.queries import Reviewed
from oneplace.evidence.views import InspectionView, SourceRef
from oneplace.frameworks import frameworks
from oneplace.indicators import queries as indicators
from oneplace.places import queries as places
from oneplace.places.queries import AreaView
from oneplace.website.annual import kind_words, part_of, several
from oneplace.website.area_facts import MOST_ALIKE, NEIGHBOURS, SIMILAR, area_facts, likeness
from oneplace.website.area_services import figure_of, section
from oneplace.website.as_at import AsAt
from oneplace.website.chart_files import MAP_HEIGHT, Chart, Row, Shared, made, shared, shared_chart, told_at
from oneplace.website.distributions import FrameworkPicture
from oneplace.website.distributions import pictures as pictures_of_review
from oneplace.website.figures import shown
from oneplace.website.history_picture import history_picture
from oneplace.website.line_picture import line_picture
from oneplace.website.maps import Mapped, boundary_picture, of_region, tile_picture
from oneplace.website.maps_figures import figures_on_a_map
from oneplace.website.maps_graded import subject
from oneplace.website.maps_grades import grades_on_a_map
from oneplace.website.services import Service, service_of, services
from oneplace.website.wording import day, thing
from oneplace.wording import listed

Asked = Mapping[str, str]
JUDGED = ("published", "inspection", "question", "grade", "as_printed", "address", "source", "page", "row")


def chart(name: str, on: AsAt, asked: Asked, site: str) -> Chart | None:
    """The chart of this name; None where there is none, or nothing to draw. `site` is printed: "oneplace.example"."""
    match name.split("/"):
        case ["areas", area_id, "children", "history"]:
            area = places.area(area_id)
            return _history(area, on, site) if area else None
        case ["areas", area_id, "measures", key]:
            area = places.area(area_id)
            return _measure(area, key, on, site) if area else None
        case ["areas", area_id, slug_of_service, "history"]:
            area, service = places.area(area_id), service_of(slug_of_service)
            return service_history(area, service, on, site) if area and service else None
        case ["review", "annual"]:
            return _newest_review(on, asked, site)
        case ["review", "annual", framework]:
            return _review(framework, on, asked, site)
        case ["map", what]:
            return _map(what, on, asked, site)
    return None


def children_history(area: AreaView, on: AsAt, site: str) -> Chart | None:
    """An area's judgements on services for children, as a page of the area shows them."""
    return _history(area, on, site)


def service_history(area: AreaView, service: Service, on: AsAt, site: str) -> Chart | None:
    """The judgements on one service of an area, of the body that stands first on its page."""
    if service.key == "children":
        return _history(area, on, site)
    lines = section(area_facts(area, on, [service]), service).judged
    line = next((one for one in lines if not one.has_ended), None)
    if line is None:
        return None
    told = [moment.inspection for moment in reversed(line.moments)]
    drawn = line_picture(told, line.name, on.day)
    if drawn is None:
        return None
    rows = _judged_rows(told)
    is_by_round = any(one.date_precision == "round" for one in told)
    placed = " Where its day is not known, a round stands in its order." if is_by_round else ""
    return made(
        name=f"areas/{area.area_id}/{service.slug}/history",
        query=on.query,
        title=f"{line.name}: how each question was judged",
        description="; ".join(f"{row[1]}, {row[2]}: {row[3]}" for row in rows),
        drawn=drawn,
        page=f"{area.path}{service.slug}/{on.query}",
        source=_publishers(told) + placed,
        on=on,
        site=site,
        header=JUDGED,
        rows=rows,
    )


def _history(area: AreaView, on: AsAt, site: str) -> Chart | None:
    before = [each.area_id for each in places.predecessors(area.area_id)] if area.predecessors else []
    found = [
        one
        for one in evidence.of_bodies({area.area_id, *before}, on.asked)
        if one.service == "children" and one.body_kind == "local_authority"
    ]
    own = [one for one in found if one.body_id == area.area_id]
    told = own or found
    drawn = history_picture(told, area, on.day)
    if drawn is None:
        return None
    return made(
        name=f"areas/{area.area_id}/children/history",
        query=on.query,
        title=f"{area.name}: every judgement held on children’s services since 2009",
        description="; ".join(f"{row[0]}: {row[1]}, {row[2]}: {row[3]}" for row in _judged_rows(told)),
        drawn=drawn,
        page=f"{area.path}children/{on.query}",
        source=_publishers(told),
        on=on,
        site=site,
        header=JUDGED,
        rows=_judged_rows(told),
    )


def _judged_rows(inspections: list[InspectionView]) -> tuple[Row, ...]:
    return tuple(
        (
            one.published.isoformat() if one.published else "",
            one.framework_name,
            each.question,
            each.grade_label,
            each.grade_printed,
            one.path,
            *_place(each.source),
        )
        for one in inspections
        for each in one.judgements
    )


def _place(source: SourceRef) -> Row:
    return (
        source.release_id,
        "" if source.page is None else str(source.page),
        "" if source.address.row is None else str(source.address.row),
    )


def _publishers(inspections: list[InspectionView]) -> str:
    """Who said it, and whose tables it was taken from where these are a third party's."""
    by = listed(sorted({thing(one.publisher) for one in inspections}))
    tables = {each.source.compiled_by for one in inspections for each in one.judgements}
    theirs = sorted(each for each in tables if each and not each.startswith("Oneplace"))
    parts = [f"Source: {by}"]
    if theirs:
        parts.append(f"some grades from tables compiled by {listed(theirs)}")
    if any(each and each.startswith("Oneplace") for each in tables):
        parts.append("some typed from public pages")
    return "; ".join(parts) + "."


def _measure(area: AreaView, key: str, on: AsAt, site: str) -> Chart | None:
    measure = indicators.measure(key)
    if measure is None or on.chosen:
        # What a table of statistics said on an earlier day is not known from its newest edition.
        return None
    alike = places.similar_by(area.area_id, (NEIGHBOURS, SIMILAR))
    among = alike[likeness(measure.service)][:MOST_ALIKE]
    one = indicators.in_context(area.area_id, (key,), {key: among}).get(key)
    figure = figure_of(area.name, one) if one else None
    if one is None or figure is None or not figure.picture:
        return None
    rows = tuple(
        (
            who,
            each.period,
            "" if each.value is None else f"{each.value:.10g}",
            shown(each.value, measure.unit, measure.decimals, each.marker),
            each.release_id,
            each.sheet or "",
            str(each.row),
        )
        for who, series in ((area.name, one.series), ("England", one.england))
        for each in (series.values if series else ())
    )
    return made(
        name=f"areas/{area.area_id}/measures/{key}",
        query="",
        title=f"{area.name}: {measure.title}",
        description=f"{area.name} and England by period; the newest is {figure.shown}, {figure.value.told}.",
        drawn=Picture(wide=figure.picture, narrow=figure.picture),
        page=f"/measures/{key}/",
        source=f"Source: {thing(measure.publisher)}.",
        on=on,
        site=site,
        header=("place", "period", "value", "in_words", "source", "sheet", "row"),
        rows=rows,
    )


def _review(name: str, on: AsAt, asked: Asked, site: str) -> Chart | None:
    edition = next((each for each in frameworks().values() if slug(each.key) == name), None)
    service = next((each for each in services() if edition and each.key == edition.service), None)
    if edition is None or service is None:
        return None
    reviews = [each for each in evidence.reviews_of(service.key) if edition.family in each.families]
    of = next((each for each in reviews if each.key == asked.get("of", "")), reviews[0] if reviews else None)
    if of is None or of.is_by_area:
        return None
    region, kind = asked.get("region", ""), asked.get("type", "")
    review = part_of(evidence.annual_review(on.day, service=service.key, key=of.key), region, kind)
    found = next((one for one in pictures_of_review(review) if one.key == edition.key), None)
    if found is None or not any(edition.grade(count.grade) for count in found.counts):
        # Where each question is graded for itself there is no grade of the whole to be counted.
        return None
    names = {line.area_id: line.name for line in review.authorities}
    rows = tuple(
        (found.name, count.grade_label, str(count.count), "; ".join(names[each] for each in count.named))
        for count in found.counts
    )
    is_total = any(count.count > len(count.named) for count in found.counts)
    unnamed = " Outlined: counted in a published total, without a name." if is_total else ""
    is_first = of == evidence.reviews_of(service.key)[0]
    query = query_of_review(of, region, kind, on)
    page = {
        "service": service.slug if service.key != "children" else "",
        "of": "" if is_first else of.key,
        **dict(parse_qsl(query[1:])),
    }
    return made(
        name=f"review/annual/{name}",
        query=query,
        title=title_of_review(service, of, found, region, kind),
        description="; ".join(f"{row[1]}: {row[2]}" for row in rows),
        drawn=found.picture,
        page=f"/review/annual/{_query(page)}",
        source=f"Source: {thing(edition.publisher)}. Grades of other frameworks are not in this picture.{unnamed}",
        on=on,
        site=site,
        header=("framework", "grade", "number", "named"),
        rows=rows,
    )


def title_of_review(service: Service, review: Reviewed, of: FrameworkPicture, region: str, kind: str) -> str:
    """ "Children’s services in London: latest grades under one framework (…)"."""
    label = several(review.kinds)[1].capitalize() if _is_a_second(review) else service.label
    where = listed([each for each in (region, f"each {kind_words(kind)}" if kind else "") if each])
    return f"{label} in {where or 'England'}: latest grades under one framework ({of.name})"


def query_of_review(review: Reviewed, region: str, kind: str, on: AsAt) -> str:
    """What the picture of a part of a review, or of another day, asks for."""
    of = review.key if _is_a_second(review) else ""
    return _query(
        {"of": of, "region": region, "type": kind, "as-at": on.day.isoformat() if on.chosen else ""}
    )


def _is_a_second(review: Reviewed) -> bool:
    """Whether another review of the same frameworks comes before it: of units, where it is of regions."""
    first = next(each for each in evidence.reviews_of(review.service) if each.families == review.families)
    return first != review


def _newest_review(on: AsAt, asked: Asked, site: str) -> Chart | None:
    """Of a review that has a picture for each kind of inspection that of the kind which most were judged by."""
    service = service_of(asked.get("service", "children").replace("_", "-"))
    of = evidence.reviews_of(service.key) if service else ()
    chosen = next((each for each in of if each.key == asked.get("of", "")), of[0] if of else None)
    if service is None or chosen is None or chosen.is_by_area:
        return None
    whole = evidence.annual_review(on.day, service=service.key, key=chosen.key)
    review = part_of(whole, asked.get("region", ""), asked.get("type", ""))
    drawn = [each for each in pictures_of_review(review) if each.has_grades]
    most = max(drawn, key=lambda each: each.total, default=None)
    return _review(slug(most.key), on, {**asked, "of": chosen.key}, site) if most else None


def _query(asked: Asked) -> str:
    written = urlencode({key: value for key, value in asked.items() if value})
    return f"?{written}" if written else ""


def slug(framework: str) -> str:
    """A framework's key as addresses write it: "lac-2013"."""
    return framework.lower().replace(" ", "-")


def shared_map(mapped: Mapped, asked: Asked, absolute: Callable[[str], str], height: float) -> Shared:
    """What a reader needs to use a map elsewhere, as its page shows it."""
    return shared(mapped.title, f"map/{mapped.what}", _query_of_map(mapped, asked), absolute, height)


def _query_of_map(mapped: Mapped, asked: Asked) -> str:
    """What the picture of a map depends on, and nothing else of what was asked."""
    names = ["edition", "question"] if mapped.is_of_a_day else ["period"]
    kept = {name: value[:60] for name in (*names, "tier") if (value := asked.get(name, "").strip())}
    if (region := asked.get("region", "")) in mapped.regions:
        kept["region"] = region
    if asked.get("shape") == "boundaries":
        kept["shape"] = "boundaries"
    if mapped.is_of_a_day and (typed := asked.get("as-at", "")):
        kept["as-at"] = typed
    return _query(kept)


def _map(what: str, on: AsAt, asked: Asked, site: str) -> Chart | None:
    graded = subject(what)
    said = {name: asked.get(name, "").strip()[:60] for name in ("edition", "question", "period", "tier")}
    whole = (
        grades_on_a_map(graded, on, said["edition"], said["question"], said["tier"])
        if graded
        else figures_on_a_map(what, said["period"], said["tier"])
    )
    if whole is None or not whole.lines:
        return None
    query = _query_of_map(whole, {**asked, "as-at": on.day.isoformat() if on.chosen else ""})
    region = asked.get("region", "")
    mapped = of_region(whole, region) if region in whole.regions else whole
    draw = _boundaries if asked.get("shape") == "boundaries" else tile_picture
    when = "" if mapped.is_of_a_day else f" {mapped.told_period}, as held on {day(on.day)}."
    printed = replace(mapped, source=f"{mapped.source}{when} {told_at(f'/map/{what}/', site)}".strip())
    return Chart(
        name=f"map/{what}",
        query=query,
        title=mapped.title,
        description=mapped.described,
        # Shown on another site, a tile that is a link would lead out of a frame.
        drawn=draw(replace(mapped, lines=tuple(replace(line, href="") for line in mapped.lines))),
        file=draw(printed, alone=True).wide,
        page=f"/map/{what}/{query}",
        source=mapped.source,
        day=on.day,
        header=("area", "name", "region", "words", "when", "value", "source"),
        rows=tuple(
            (
                line.key,
                line.name,
                line.region,
                line.words,
                line.detail,
                "" if line.value is None else f"{line.value:.10g}",
                line.source_href or line.detail_href,
            )
            for line in mapped.lines
        ),
    )


def _boundaries(mapped: Mapped, *, alone: bool = False) -> Picture:
    """As the areas lie, else in tiles, as the page of the map does it."""
    return boundary_picture(mapped, alone=alone) or tile_picture(mapped, alone=alone)


__all__ = [
    "MAP_HEIGHT",
    "Chart",
    "Shared",
    "chart",
    "children_history",
    "query_of_review",
    "service_history",
    "shared",
    "shared_chart",
    "shared_map",
    "slug",
    "title_of_review",
]
