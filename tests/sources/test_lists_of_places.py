"""Lists of bodies and of similar areas: what each fault of the files that are no tables is told as."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oneplace.records import BODY_KINDS, BodyRecord, SimilarRecord
from oneplace.sources import Source, SourceError
from oneplace.sources.oneplace_bodies import OneplaceBodies, lists
from oneplace.sources.ons_areas import OnsAreas
from oneplace.sources.ons_police_force_areas import OnsPoliceForceAreas
from tests.sources.making import write
from tests.sources.publications.ons_areas import PUBLICATION as SIMILAR
from tests.sources.publications.ons_police_force_areas import PUBLICATION as FORCES


def _bodies(source: Source, path: Path) -> list[BodyRecord]:
    return [each for each in source.parse(path) if isinstance(each, BodyRecord)]


HEAD = 'kind = "prison"\n\n[bodies]\n'


@pytest.mark.parametrize(
    ("text", "row", "column", "said"),
    [
        ('kind = "palace"\n[bodies]\na = { name = "A" }\n', None, "kind", "prison"),
        ('kind = "prison"\n', None, "bodies", "at least one body"),
        (HEAD + 'a = { name = "A" }\nb = { names = ["B"] }\n', 5, "name", "a name"),
        (HEAD + 'a = { name = "A", lead = "B" }\n', 4, "lead", "only closed"),
        (HEAD + 'a = { name = "A", serves = "b" }\n', 4, "serves", "a list of words"),
        (HEAD + 'a = { name = "A", opened = "1 April" }\n', 4, "opened", "a date like"),
        (HEAD + 'a = { name = "A", stands_in = 7 }\n', 4, "stands_in", "words in quotes"),
        (HEAD + '"A B" = { name = "A" }\n', None, "identifier", "small letters"),
        (HEAD + 'a = "A"\n', None, "a", "in braces"),
        (HEAD + 'a = { name = "A" }\na = { name = "B" }\n', None, None, "TOML"),
    ],
)
def test_a_fault_of_a_list_of_bodies_is_named(
    text: str, row: int | None, column: str | None, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "prisons.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError, match=said) as refused:
        OneplaceBodies().parse(path)
    assert (refused.value.row, refused.value.column) == (row, column)


def test_a_body_stands_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "prisons.toml"
    path.write_text(
        HEAD + '\na = { name = "A" }\n# between\nb = { name = "B", stands_in = "fen" }\n', "utf-8"
    )
    assert [each.address.row for each in _bodies(OneplaceBodies(), path)] == [5, 7]


def test_each_list_that_comes_with_oneplace_is_a_release_of_its_own() -> None:
    source = OneplaceBodies()
    releases = [source.release(path) for path in lists()]
    assert len({release.slot for release in releases}) == len(releases) >= 7
    assert all(release.compiled_by == "Oneplace" for release in releases)
    assert all(source.accepts(path) for path in lists())
    ids = [body.body_id for path in lists() for body in _bodies(source, path)]
    assert len(set(ids)) == len(ids)
    kinds = {body.kind for path in lists() for body in _bodies(source, path)}
    assert kinds <= set(BODY_KINDS)


def test_every_list_says_what_it_was_made_from() -> None:
    for path in lists():
        head = path.read_text("utf-8").split("kind =")[0]
        assert len([line for line in head.splitlines() if line.startswith("# ")]) >= 3, path.name


def test_a_part_of_a_body_is_part_of_one_that_there_is() -> None:
    bodies = [body for path in lists() for body in _bodies(OneplaceBodies(), path)]
    ids = {body.body_id for body in bodies}
    assert {body.parent for body in bodies if body.parent} <= ids


def test_a_force_has_its_identifier_and_the_ways_it_is_named(tmp_path: Path) -> None:
    marsh, met = _bodies(OnsPoliceForceAreas(), write(FORCES.tables, FORCES.main, tmp_path))
    assert (marsh.body_id, marsh.name, marsh.names) == (
        "marsh-fen-police", "Marsh & Fen Police", ("Marsh & Fen",),
    )  # fmt: skip
    assert (met.body_id, met.name) == ("metropolitan-police", "Metropolitan Police Service")
    assert [ref.gss_code for ref in marsh.serves] == ["E06000901", "E08000902"]


def _similar(tmp_path: Path, change: Callable[[dict[str, Any]], None], file: str) -> Path:
    for name, text in SIMILAR.raw.items():
        content = json.loads(text)
        if name == file:
            change(content)
        (tmp_path / name).write_text(json.dumps(content), "utf-8")
    return tmp_path / SIMILAR.main


def _set(*keys: Any) -> Callable[[dict[str, Any]], None]:
    def change(content: dict[str, Any]) -> None:
        for key in keys[:-2]:
            content = content[key]
        content[keys[-2]] = keys[-1]

    return change


@pytest.mark.parametrize(
    ("file", "change", "row", "said"),
    [
        ("areas_similar.json", _set("Haringey", {}), None, "codes of areas"),
        ("areas_similar.json", _set("E06000901", "rural", []), 1, "global, economic, demographic"),
        ("areas_similar.json", _set("E06000901", "global", []), 1, "a list of different codes"),
        ("areas_similar.json", _set("E06000901", "global", ["E06000901"]), 1, "none of them the area's own"),
        ("areas_similar.json", _set("E08000902", "economic", ["E06000999"]), 3, "areas_list.json"),
        ("areas_list.json", _set("areanm", ["Fen"]), None, "as many names as codes"),
        ("areas_list.json", _set("areacd", "E06000901"), None, "a list “areacd”"),
    ],
)
def test_a_fault_of_the_similar_areas_is_named(
    file: str, change: Callable[[dict[str, Any]], None], row: int | None, said: str, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match=said) as refused:
        OnsAreas().parse(_similar(tmp_path, change, file))
    assert (refused.value.file.name, refused.value.row) == (file, row)


def test_neighbours_elsewhere_are_left_out_and_the_others_keep_their_rank(tmp_path: Path) -> None:
    path = _similar(tmp_path, lambda content: None, "")
    found = [
        (each.measure, each.area.gss_code, each.other.name, each.rank)
        for each in OnsAreas().parse(path)
        if isinstance(each, SimilarRecord)
    ]
    assert found == [
        ("ons-similar-areas", "E06000901", "Marsh", 2),
        ("ons-similar-areas-economic", "E06000901", "Marsh", 1),
        ("ons-similar-areas-demographic", "E06000901", "Marsh", 1),
        ("ons-similar-areas", "E08000902", "Fen", 1),
        ("ons-similar-areas-economic", "E08000902", "Fen", 1),
    ]
