"""Packs: out and in again, the same bytes; and every fault named before anything is written."""

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
import pytest
from django.db import connection, transaction

from oneplace.evidence import actions, models, queries
from oneplace.evidence.errors import PackError
from oneplace.evidence.pack import bundled_pack, export_pack, load_pack
from oneplace.evidence.pack.checking import NEW_IN_2, UNTOLD_IN_1
from oneplace.indicators import queries as indicators
from oneplace.places import queries as places
from oneplace.records import Address, AreaRef, BodyRecord, BodyRef, Problem, RatingTotal, SimilarRecord
from tests.unit.evidence.making import (
    FETCHED,
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

pytestmark = pytest.mark.django_db


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
            "places_succession", "places_areacode", "places_areaname", "places_area",
        ):  # fmt: skip
            cursor.execute(f"DELETE FROM {table}")
    yield
    transaction.savepoint_rollback(point)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    fill()
    export_pack(tmp_path / "one")
    export_pack(tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize("facts_only", [False, True])
def test_out_and_in_and_out_again_is_the_same_pack(tmp_path: Path, facts_only: bool) -> None:
    fill()
    export_pack(tmp_path / "one", facts_only=facts_only)
    with another_store():
        assert queries.releases() == ()
        loaded = load_pack(tmp_path / "one")
        assert (loaded.releases, loaded.older, loaded.corrections) == (10, 2, 2)
        assert loaded.values == 8
        export_pack(tmp_path / "two", facts_only=facts_only)
        again = load_pack(tmp_path / "one")
        assert (again.releases, again.already_known, again.corrections) == (0, 12, 0)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_what_is_shown_is_the_same_after_loading(tmp_path: Path) -> None:
    fill()
    before = queries.history("alder")
    review = queries.review_queue(include_decided=True)
    export_pack(tmp_path)
    with another_store():
        load_pack(tmp_path)
        assert queries.history("alder") == before
        assert {item.key for item in queries.review_queue(include_decided=True)} == {
            item.key for item in review
        }


def test_bodies_statistics_and_the_change_log_are_the_same_after_loading(tmp_path: Path) -> None:
    fill()

    def everything() -> list[object]:
        return [
            places.bodies(["hmp-alder", "hmp-birch", "alder-police"]),
            [places.bodies_serving(each) for each in ("alder", "birch")],
            [places.bodies_in(each) for each in ("alder", "birch")],
            places.similar("alder", "dfe-statistical-neighbours"),
            [indicators.series(each, ["t-visits"]) for each in ("alder", "birch", "england", "hmp-alder")],
            indicators.as_published("t-visits", "alder", "2022-23"),
            indicators.definitions("t-visits"),
            queries.of_body("alder-police"),
            queries.events(),
        ]

    before = everything()
    assert places.body("hmp-birch").gone_since == day("2023-02-28")  # type: ignore[union-attr]
    export_pack(tmp_path)
    with another_store():
        load_pack(tmp_path)
        for one, other in zip(everything(), before, strict=True):
            assert one == other


def test_a_release_of_which_a_pack_has_nothing_is_not_in_it(tmp_path: Path) -> None:
    actions.publish_release(release(source="register"), areas())
    for content in ("old", "new"):
        later = FETCHED + dt.timedelta(content == "new")
        actions.publish_release(release(source="ons_postcodes", content=content, retrieved_at=later), [])
    actions.publish_release(report("a.pdf"), [inspection()])
    assert [each.kind for each in queries.events()] == ["superseded", "new"]
    export_pack(tmp_path)
    releases = pl.read_parquet(tmp_path / "releases.parquet")
    assert sorted(releases["source"]) == ["ofsted_reports", "register"]
    assert pl.read_parquet(tmp_path / "events.parquet").select("sequence", "kind").rows() == [(1, "new")]


def test_a_pack_that_is_loaded_beside_other_things_numbers_its_changes_behind_theirs(tmp_path: Path) -> None:
    fill()
    export_pack(tmp_path)
    there = [(each.release_id, each.kind, each.at) for each in queries.events()]
    with another_store():
        actions.publish_release(release(source="register", content="other"), areas())
        actions.publish_release(release(source="before", content="x"), [inspection(grade="good")])
        had = queries.events()
        assert had
        load_pack(tmp_path)
        now = queries.events()
        assert now[: len(had)] == had
        assert [each.sequence for each in now] == list(range(1, len(now) + 1))
        assert [(each.release_id, each.kind, each.at) for each in now[len(had) :]] == there


def test_loading_that_was_killed_goes_on_and_leaves_the_same(tmp_path: Path) -> None:
    fill()
    export_pack(tmp_path / "one")

    class Killed(Exception):
        pass

    @contextmanager
    def killed_at_the_third(what: str, total: int) -> Iterator[Any]:
        left = [3]

        def progress(more: int) -> None:
            left[0] -= 1
            if not left[0]:
                raise Killed

        yield progress

    with another_store():
        with pytest.raises(Killed):
            load_pack(tmp_path / "one", killed_at_the_third)
        load_pack(tmp_path / "one")
        export_pack(tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def as_format_1(folder: Path) -> None:
    """The folder as a version that knew councils' inspections only would have written it."""
    path = folder / "datapackage.json"
    description = json.loads(path.read_text())
    description["oneplace"]["format"] = 1
    description["resources"] = [each for each in description["resources"] if each["name"] not in NEW_IN_2]
    path.write_text(json.dumps(description))
    for name, columns in UNTOLD_IN_1.items():
        rewrite(folder, lambda frame, columns=columns: frame.drop(list(columns)), name)


def test_a_pack_of_the_format_before_is_read(tmp_path: Path) -> None:
    actions.publish_release(release(source="register"), areas())
    actions.publish_release(report("a.pdf"), [inspection(points=3)])
    before = queries.history("alder")
    export_pack(tmp_path)
    as_format_1(tmp_path)
    with another_store():
        assert load_pack(tmp_path).releases == 2
        assert queries.history("alder") == before
        assert [each.kind for each in queries.events()] == ["new"]


def test_a_pack_of_facts_has_places_and_no_sentences(tmp_path: Path) -> None:
    fill()
    export_pack(tmp_path, facts_only=True)
    for name in ("recommendations", "findings", "looks_back"):
        table = pl.read_parquet(tmp_path / f"{name}.parquet")
        assert table.height
        assert table["text"].is_null().all()
        assert not table["page"].is_null().any()
    assert b"Keep better records" not in b"".join(contents(tmp_path).values())


def test_a_report_read_after_its_facts_were_loaded_brings_its_sentences(tmp_path: Path) -> None:
    fill()
    export_pack(tmp_path, facts_only=True)
    with another_store():
        load_pack(tmp_path)
        before = queries.inspection("ofsted/alder/2018-12-14")
        assert before is not None
        assert (before.report_sha256, {item.text for item in before.improve}) == (None, {None})
        published = actions.publish_release(report("a.pdf"), [inspection(points=3)])
        assert not published.already_known
        after = queries.inspection("ofsted/alder/2018-12-14")
        assert after is not None
        assert [item.text for item in after.improve] == ["Keep better records."] * 3
        assert after.report_sha256 == report("a.pdf").sha256
        load_pack(tmp_path)
        assert queries.inspection("ofsted/alder/2018-12-14") == after


def test_the_description_says_what_is_in_each_file(tmp_path: Path) -> None:
    fill()
    export_pack(tmp_path)
    description = json.loads((tmp_path / "datapackage.json").read_text())
    for resource in description["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert fields == pl.read_parquet(tmp_path / resource["path"]).columns
        assert set(resource["schema"]["primaryKey"]) <= set(fields)
    assert description["licenses"]
    assert description["sources"]


def describe(folder: Path) -> None:
    """Make the description fit the files again, so that only what is in them is wrong."""
    path = folder / "datapackage.json"
    description = json.loads(path.read_text())
    for resource in description["resources"]:
        data = (folder / resource["path"]).read_bytes()
        resource |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    path.write_text(json.dumps(description))


def without_file(folder: Path) -> None:
    (folder / "judgements.parquet").unlink()


def cut_short(folder: Path) -> None:
    path = folder / "judgements.parquet"
    path.write_bytes(path.read_bytes()[:-100])


def cut_short_and_described(folder: Path) -> None:
    cut_short(folder)
    describe(folder)


def changed_byte(folder: Path) -> None:
    path = folder / "judgements.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def rewrite(folder: Path, change: Any, name: str = "judgements") -> None:
    path = folder / f"{name}.parquet"
    change(pl.read_parquet(path)).write_parquet(path)
    describe(folder)


def without_column(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.drop("grade"))


def other_type(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.with_columns(pl.col("page").cast(pl.String)))


def empty_value(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.with_columns(pl.lit(None, pl.String).alias("grade")))


def doubled(folder: Path) -> None:
    rewrite(folder, lambda frame: pl.concat([frame, frame]))


def orphaned(folder: Path) -> None:
    first = pl.when(pl.int_range(pl.len()) == 0)
    rewrite(
        folder,
        lambda frame: frame.with_columns(
            first.then(pl.lit("nobody/0")).otherwise("release").alias("release")
        ),
    )


def unknown_framework(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.with_columns(pl.lit("Ordeal").alias("framework")), "statements")


def odd_details(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.with_columns(pl.lit('{"a": 1}').alias("details")), "bodies")


def undefined_measure(folder: Path) -> None:
    rewrite(folder, lambda frame: frame.head(0), "measures")


def newer(folder: Path) -> None:
    path = folder / "datapackage.json"
    description = json.loads(path.read_text())
    description["oneplace"]["format"] = 99
    path.write_text(json.dumps(description))


def no_json(folder: Path) -> None:
    (folder / "datapackage.json").write_text("<html>")


def no_description(folder: Path) -> None:
    (folder / "datapackage.json").unlink()


@pytest.mark.parametrize(
    ("damage", "file", "column", "says"),
    [
        (without_file, "judgements.parquet", None, "is missing"),
        (cut_short, "judgements.parquet", None, "cut short"),
        (cut_short_and_described, "judgements.parquet", None, "not a Parquet file"),
        (changed_byte, "judgements.parquet", None, "SHA-256"),
        (without_column, "judgements.parquet", "grade", "is missing"),
        (other_type, "judgements.parquet", "page", "Int64 was expected"),
        (empty_value, "judgements.parquet", "grade", "empty in row 1"),
        (doubled, "judgements.parquet", "release, statement, position", "same key"),
        (orphaned, "judgements.parquet", "release, statement", "not in statements.parquet"),
        (unknown_framework, "statements.parquet", "framework", "Ordeal"),
        (odd_details, "bodies.parquet", "details", "row 1"),
        (undefined_measure, "values.parquet", "release, measure", "not in measures.parquet"),
        (newer, "datapackage.json", None, "update Oneplace"),
        (no_json, "datapackage.json", None, "not a data package"),
        (no_description, "datapackage.json", None, "not an evidence pack"),
    ],
)
def test_a_faulty_pack_is_refused_by_file_and_column_and_changes_nothing(
    tmp_path: Path, damage: Any, file: str, column: str | None, says: str
) -> None:
    fill()
    export_pack(tmp_path)
    damage(tmp_path)
    with another_store():
        with pytest.raises(PackError) as fault:
            load_pack(tmp_path)
        assert Path(fault.value.file).name == file
        assert fault.value.column == column
        assert says in str(fault.value)
        assert not models.Release.objects.exists()
        assert not models.Statement.objects.exists()


def test_the_pack_that_comes_with_oneplace_is_small_and_has_no_sentences() -> None:
    folder = bundled_pack()
    assert sum(path.stat().st_size for path in folder.iterdir()) < 15_000_000
    for name in ("recommendations", "findings", "looks_back"):
        assert pl.read_parquet(folder / f"{name}.parquet")["text"].is_null().all()
