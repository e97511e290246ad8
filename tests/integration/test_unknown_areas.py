"""A code that no area has, in a real layout: refused or put to a person, and nothing is half loaded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from oneplace.cli import oneplace
from oneplace.evidence import actions, queries
from oneplace.evidence.errors import EvidenceError
from oneplace.evidence.models import Release
from oneplace.indicators.models import Dataset, Value
from oneplace.places.actions import load_areas
from oneplace.sources import sources
from tests.sources.making import Where, write
from tests.sources.publications import PUBLICATIONS
from tests.unit.evidence.making import area

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    load_areas(
        [
            area("haringey", gss_codes=("E09000014",), codes=(("dfe_code", "309"),)),
            area("york", gss_codes=("E06000014",)),
        ],
        "register/1",
    )


def _load(name: str, folder: Path, cell: tuple[Where, int, str, str] | None = None) -> None:
    folder.mkdir(exist_ok=True)
    publication, source = PUBLICATIONS[name], sources()[name]
    changed = dict(publication.tables)
    if cell:
        where, row, heading, value = cell
        changed = publication.changed(where, row, publication.column(where, heading), value)
    for release, records in source.releases(write(changed, publication.main, folder)):
        actions.publish_release(release, records)


@pytest.mark.parametrize("name", ["mhclg_rough_sleeping", "mhclg_imd", "mhclg_homelessness"])
def test_statistics_of_an_area_that_nobody_knows_are_refused_and_those_before_stay(
    name: str, tmp_path: Path
) -> None:
    _load(name, tmp_path / "before")
    releases = list(Release.objects.values_list("pk", flat=True))
    live, values = Dataset.objects.get(state="live").pk, Value.objects.count()
    (where,) = PUBLICATIONS[name].tables
    with pytest.raises(EvidenceError) as refused:
        _load(name, tmp_path / "after", (where, 3, "lad24cd", "E09999999"))
    assert "row 3" in str(refused.value)
    assert "E09999999" in str(refused.value)
    assert list(Release.objects.values_list("pk", flat=True)) == releases
    assert Dataset.objects.get(state="live").pk == live
    assert (Dataset.objects.count(), Value.objects.count()) == (1, values)


def test_an_inspection_of_a_council_that_nobody_knows_is_put_to_a_person_and_on_no_page(
    tmp_path: Path,
) -> None:
    where = ("local_audit_opinions.csv", "")
    cells = PUBLICATIONS["local_audit"]
    changed = cells.changed(where, 4, 0, "Atlantis")
    changed[where][3][1] = "E09999999"
    source = sources()["local_audit"]
    for release, records in source.releases(write(changed, cells.main, tmp_path)):
        actions.publish_release(release, records)
    unknown = [item for item in queries.review_queue() if item.kind == "body_unknown"]
    assert [item for item in unknown if "Atlantis" in item.message]
    assert any(each.address.row == 4 for item in unknown for each in item.sources)
    assert queries.history("haringey", service=None)


@pytest.mark.parametrize("command", [["ingest"], ["update", "--no-fetch"]])
def test_the_commands_name_file_row_and_column_of_a_figure_that_is_nobody_s(
    command: list[str], tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "mhclg_imd"
    settings.ONEPLACE_HOME = tmp_path
    monkeypatch.setattr(f"oneplace.commands.{command[0]}.open_record", lambda: None)
    (where,) = PUBLICATIONS[name].tables
    cells = PUBLICATIONS[name]
    changed = cells.changed(where, 3, cells.column(where, "lad24cd"), "E09999999")
    folder = tmp_path / "fetched" / name
    folder.mkdir(parents=True)
    path = write(changed, cells.main, folder)
    files = [str(path)] if command == ["ingest"] else []
    result = CliRunner(env={"COLUMNS": "400"}).invoke(oneplace, [*command, name, *files])
    assert result.exit_code == 1
    told = " ".join(result.output.split())
    assert f"{path.name}, row 3, column “lad24cd”: nobody knows an area or body by gss 'E09999999'" in told
    assert Value.objects.count() == 0
