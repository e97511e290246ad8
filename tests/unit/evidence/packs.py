"""A record with something in every table, an empty store beside it, and packs that are changed: for tests of packs."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction

from oneplace.evidence import actions, models, queries
from oneplace.records import (
    Address,
    ArcRecord,
    AreaNameRecord,
    AreaRef,
    BodyRecord,
    BodyRef,
    BoundaryRecord,
    Problem,
    RatingTotal,
    SimilarRecord,
)
from tests.unit.evidence.making import (
    FETCHED,
    area,
    areas,
    day,
    inspection,
    judgement,
    overview,
    release,
    report,
    visit,
)
from tests.unit.indicators.making import measure, value


def fill() -> None:
    """A record with something in every table."""
    actions.publish_release(release(source="register"), areas())
    total = RatingTotal(
        framework="annual-rating", published=day("2009-12-09"), grade="performs_well", count=93
    )
    actions.publish_release(release(content="old"), [inspection(grade="inadequate"), total])
    actions.publish_release(release(content="new"), [inspection(grade="good"), visit(), total])
    everything_but_inspections_of_councils()
    odd = Problem(
        kind="grades_disagree", message="the table says one thing, the heading another", field="overall"
    )
    actions.publish_release(report("a.pdf"), [inspection(points=3, problems=(odd,))])
    actions.publish_release(report("n.pdf", "n"), [inspection(body="Nowhere")])
    actions.publish_release(overview(), [inspection(grade="outstanding")])
    actions.correct(
        "ofsted/alder/2018-12-14", "published", "2018-12-13", reason="r", evidence="e", decided_by="d"
    )
    actions.decide(queries.review_queue()[0].key, "keep", reason="r", decided_by="d")


def everything_but_inspections_of_councils() -> None:
    """Bodies by edition, their inspections, likenesses, and two editions of statistics."""
    alder = AreaRef(area_id="alder")
    prison = BodyRecord(
        body_id="hmp-alder", name="HMP Alder", kind="prison", stands_in=alder, names=("Alder Gaol",),
        codes=(("prison", "AL"),), details=(("Places", "40"), ("Kind", "local")), latitude=54.5,
        address=Address(sheet="Prisons", row=4),
    )  # fmt: skip
    force = BodyRecord(
        body_id="alder-police", name="Alder Police", kind="police_force", closed=day("2020-01-01"),
        serves=(alder, AreaRef(area_id="birch")),
    )  # fmt: skip
    gone = BodyRecord(
        body_id="hmp-birch", name="HMP Birch", kind="prison", stands_in=AreaRef(area_id="birch")
    )
    graded = judgement("overall", "good")
    rated = inspection(
        "2021-05-01", body="", framework="PEEL", reference="7/21", points=1,
        judgements=(replace(graded, subject="Custody", score=3.5),),
    )  # fmt: skip
    rated = replace(rated, body=BodyRef(kind="police_force", body_id="alder-police"))
    bodies = release(source="prisons", is_snapshot=True, as_at=day("2023-01-31"))
    later = release(source="prisons", content="b", is_snapshot=True, as_at=day("2023-02-28"))
    actions.publish_release(release(source="forces", publisher="hmicfrs"), [force, rated])
    actions.publish_release(bodies, [prison, gone])
    actions.publish_release(later, [prison])
    actions.publish_release(
        release(source="likenesses"),
        [
            SimilarRecord(
                measure="dfe-statistical-neighbours", area=alder, other=AreaRef(area_id="birch"), rank=1
            )
        ],
    )
    actions.publish_release(release(source="shapes"), shapes())
    actions.publish_release(
        release(source="rolls"),
        [
            BodyRecord(
                body_id="hmp-alder", name="HMP Alder", kind="prison", parent="alder-police", latitude=1.0
            )
        ],
    )
    for days, (content, number) in enumerate((("old", 12.0), ("new", 12.5))):
        actions.publish_release(
            release(source="figures", content=content, retrieved_at=FETCHED + dt.timedelta(days)),
            [
                measure(decimals=1, definition=f"as the {content} edition has it"),
                value("Alder", number, sheet="Table_1", row=5, printed=f"{number:.2f}"),
                value("Birch", None, marker="suppressed", row=6),
                value("England", 11.0, row=7),
                value("hmp-alder", 3.0, scheme="body", row=8),
            ],
        )


def shapes() -> list[BoundaryRecord | ArcRecord | AreaNameRecord]:
    """The boundary of Alder with an island, of two lines and one, and the name of its code."""
    alder = AreaRef(name="Alder", gss_code=area("alder").gss_codes[0])
    return [
        BoundaryRecord(
            tier="lower", area=alder, polygons=(((0, ~1),), ((2,),)), first_year=2009, last_year=2030,
            address=Address(sheet="ltla", row=4),
        ),
        ArcRecord(number=0, points=((400_000, 100_000), (401_000, 100_500), (402_000, 100_000))),
        ArcRecord(number=1, points=((400_000, 100_000), (401_000, 99_000), (402_000, 100_000))),
        ArcRecord(number=2, points=((0, -5), (20, -5), (20, 15), (0, -5))),
        AreaNameRecord(area=alder, last_year=2030, address=Address(row=9)),
    ]  # fmt: skip


@contextmanager
def another_store() -> Iterator[None]:
    """An empty store, in the place of the one at hand, which is there again afterwards."""
    point = transaction.savepoint()
    for model in (
        models.Judgement, models.Recommendation, models.Finding, models.LookBack, models.Problem,
        models.RatingTotal, models.Statement, models.Inspection, models.Correction, models.ReviewDecision,
        models.Event, models.Edition, models.FirstLoad,
    ):  # fmt: skip
        model.objects.all().remove_pending()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE evidence_release SET superseded_by_id = NULL")
        for table in (
            "evidence_release", "indicators_value", "indicators_definition", "indicators_measure",
            "indicators_subject", "indicators_period", "indicators_dataset", "places_similar",
            "places_listing", "places_bodyarea", "places_bodyname", "places_bodycode", "places_body",
            "places_boundary", "places_line", "places_codename",
            "places_succession", "places_areacode", "places_areaname", "places_area",
        ):  # fmt: skip
            cursor.execute(f"DELETE FROM {table}")
    yield
    transaction.savepoint_rollback(point)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def describe(folder: Path) -> None:
    """Make the description fit the files again, so that only what is in them is wrong."""
    path = folder / "datapackage.json"
    description = json.loads(path.read_text())
    for resource in description["resources"]:
        data = (folder / resource["path"]).read_bytes()
        resource |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    path.write_text(json.dumps(description))


def rewrite(folder: Path, change: Any, name: str = "judgements") -> None:
    path = folder / f"{name}.parquet"
    change(pl.read_parquet(path)).write_parquet(path)
    describe(folder)
