"""A file that was cut short at the end of a line, or thinned out, is no new edition: the one before it stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from oneplace.evidence import actions, models, queries
from oneplace.evidence.errors import LeavesMuchOut
from oneplace.indicators import queries as indicators
from oneplace.places.actions import load_areas
from oneplace.records import AreaRecord
from oneplace.sources import SourceError, oneplace_bodies, sources
from tests.conftest import SHARED

DATA = SHARED / "data"
# Whose rows are of bodies that other sources make.
OF_BODIES = ("police_crime", "police_street", "defra_waste", "defra_recycling")


def _real_files() -> list[tuple[str, Path]]:
    """Each source with its newest real file of lines."""
    found: dict[str, Path] = {}
    for path in sorted(DATA.rglob("*.csv")):
        for source in sources().values():
            if source.reads == "tables" and source.accepts(path) and path.name not in source.companions:
                found[source.name] = path
    return sorted(found.items())


_Lines = list[bytes]


def _first_third(lines: _Lines) -> _Lines:
    return lines[: max(3, len(lines) // 3)]


def _every_second(lines: _Lines) -> _Lines:
    return [*lines[:3], *lines[3::2]]


def _cut(path: Path, to: Path, kept: Callable[[_Lines], _Lines]) -> Path:
    """Some of the lines, under the same name, written a day later; with what belongs to it."""
    lines = path.read_bytes().splitlines(keepends=True)
    to.mkdir()
    for other in path.parent.iterdir():
        if other.is_file() and other.name != path.name:
            (to / other.name).symlink_to(other)
    cut = to / path.name
    cut.write_bytes(b"".join(kept(lines)))
    later = path.stat().st_mtime + 86_400
    os.utime(cut, (later, later))
    return cut


@pytest.fixture
def register(db: None) -> None:
    path = DATA / "places/uk_local_authorities.csv"
    records = [r for r in sources()["mysociety_register"].parse(path) if isinstance(r, AreaRecord)]
    load_areas(records, "mysociety_register/test")


def _held() -> tuple[object, ...]:
    return (
        [(each.public_id, each.state) for each in queries.releases()],
        indicators.datasets(),
        queries.inspection_ids(),
        [event.sequence for event in queries.events(limit=10)],
    )


@pytest.mark.shared
@pytest.mark.usefixtures("register")
@pytest.mark.parametrize(
    ("name", "path"), _real_files(), ids=lambda each: each if isinstance(each, str) else ""
)
@pytest.mark.parametrize("kept", [_first_third, _every_second], ids=["a third", "every second"])
def test_a_part_of_a_real_file_is_refused_and_the_edition_before_it_stays(
    name: str, path: Path, kept: Callable[[_Lines], _Lines], tmp_path: Path
) -> None:
    source = sources()[name]
    if source.is_partial:
        pytest.skip("an edition of what has changed")
    if name == "police_street" and kept is _every_second:
        pytest.skip("its rows are crimes: fewer of them are fewer crimes, in every place and month")
    if name in OF_BODIES:
        bodies, forces = sources()["oneplace_bodies"], sources()["ons_police_force_areas"]
        for listed in oneplace_bodies.lists():
            list(actions.publish_many(bodies.releases(listed)))
        list(actions.publish_many(forces.releases(DATA / "places/la_to_police_force.csv")))
    list(actions.publish_many(source.releases(path)))
    before = _held()
    with pytest.raises((LeavesMuchOut, SourceError)):
        list(actions.publish_many(source.releases(_cut(path, tmp_path / "cut", kept))))
    assert _held() == before
    assert not models.Release.objects.filter(state="pending").exists()
