"""Packs: out and in again, the same bytes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from oneplace.evidence import actions, queries
from oneplace.evidence.pack import bundled_pack, export_pack, load_pack
from oneplace.evidence.pack.checking import NEW_IN_2, NEW_IN_3, UNTOLD_IN_1, UNTOLD_IN_2
from oneplace.indicators import queries as indicators
from oneplace.places import queries as places
from oneplace.records import BodyRecord
from tests.unit.evidence.making import FETCHED, areas, day, inspection, release, report
from tests.unit.evidence.packs import another_store, contents, fill, rewrite

pytestmark = pytest.mark.django_db


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
        assert (loaded.releases, loaded.older, loaded.corrections) == (12, 2, 2)
        assert loaded.values == 8
        export_pack(tmp_path / "two", facts_only=facts_only)
        again = load_pack(tmp_path / "one")
        assert (again.releases, again.already_known, again.corrections) == (0, 14, 0)
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


@pytest.mark.parametrize("at_last", [False, True])
def test_loading_that_was_killed_goes_on_and_leaves_the_same(tmp_path: Path, at_last: bool) -> None:
    fill()
    export_pack(tmp_path / "one")

    class Killed(Exception):
        pass

    left = [0]

    @contextmanager
    def killed(what: str, total: int) -> Iterator[Any]:
        def progress(more: int) -> None:
            left[0] -= 1
            if not left[0]:
                raise Killed

        yield progress

    with another_store():
        load_pack(tmp_path / "one", killed)
    left = [-left[0] if at_last else 3]
    with another_store():
        with pytest.raises(Killed):
            load_pack(tmp_path / "one", killed)
        load_pack(tmp_path / "one")
        export_pack(tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def as_format(number: int, folder: Path) -> None:
    """The folder as a version would have written it that knew no boundaries (2), or councils' inspections only (1)."""
    path = folder / "datapackage.json"
    description = json.loads(path.read_text())
    description["oneplace"]["format"] = number
    later = NEW_IN_3 | NEW_IN_2 if number == 1 else NEW_IN_3
    description["resources"] = [each for each in description["resources"] if each["name"] not in later]
    path.write_text(json.dumps(description))
    for name, columns in (UNTOLD_IN_1 if number == 1 else UNTOLD_IN_2).items():
        rewrite(folder, lambda frame, columns=columns: frame.drop(list(columns)), name)


def test_a_pack_of_format_2_is_read_without_boundaries(tmp_path: Path) -> None:
    fill()
    before = queries.history("alder"), places.body("hmp-alder")
    export_pack(tmp_path)
    as_format(2, tmp_path)
    with another_store():
        assert load_pack(tmp_path).releases == 12
        assert (queries.history("alder"), places.body("hmp-alder")) == before
        assert places.boundary("alder", day("2020-01-01")) is None


def test_boundaries_and_names_by_code_are_the_same_after_loading(tmp_path: Path) -> None:
    def shown() -> tuple[object, ...]:
        on = day("2020-01-01")
        return (
            dict(places.boundaries("lower", on, "full")), dict(places.centres("lower", on)),
            places.names_over_time("alder"), places.differences(),
        )  # fmt: skip

    fill()
    before = shown()
    assert all(before)
    export_pack(tmp_path)
    with another_store():
        assert not any(shown())
        load_pack(tmp_path)
        assert shown() == before


def test_an_edition_after_a_loaded_pack_leaves_what_it_would_have_left_in_the_record_itself(
    tmp_path: Path,
) -> None:
    """What several sources say of a body is in the pack: what the newest leaves out, another still says."""
    newest = release(source="prisons", content="c", is_snapshot=True, as_at=day("2023-03-31"))
    bare = BodyRecord(body_id="hmp-alder", name="HMP Alder", kind="prison", details=(("Places", "41"),))
    fill()
    export_pack(tmp_path)
    actions.publish_release(newest, [bare])
    expected = places.body("hmp-alder")
    assert expected is not None
    assert (expected.parent, expected.details) == ("alder-police", (("Places", "41"),))
    with another_store():
        load_pack(tmp_path)
        actions.publish_release(newest, [bare])
        assert places.body("hmp-alder") == expected


def test_a_pack_of_the_format_before_is_read(tmp_path: Path) -> None:
    actions.publish_release(release(source="register"), areas())
    actions.publish_release(report("a.pdf"), [inspection(points=3)])
    before = queries.history("alder")
    export_pack(tmp_path)
    as_format(1, tmp_path)
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


def test_the_pack_that_comes_with_oneplace_is_small_and_has_no_sentences() -> None:
    folder = bundled_pack()
    assert sum(path.stat().st_size for path in folder.iterdir()) < 15_000_000
    for name in ("recommendations", "findings", "looks_back"):
        assert pl.read_parquet(folder / f"{name}.parquet")["text"].is_null().all()
