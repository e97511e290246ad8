"""`oneplace update` on tables and `oneplace sources`, in this process: what is loaded, refused, stale and missing."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from click.testing import CliRunner, Result

from oneplace.cli import oneplace
from oneplace.commands import record, updating
from oneplace.commands.listing import Entry, show
from oneplace.evidence import actions, queries
from oneplace.places.actions import load_areas
from oneplace.records import MeasureRecord, ReleaseRecord, ValueRecord
from oneplace.sources import Source, SourceError, registry
from oneplace.sources.fetching import Client, Fetched, Held, NotFetched
from oneplace.sources.polite.client import Limits, PoliteClient
from oneplace.sources.source import Access
from tests.integration.fetching.replay import Answer, Site
from tests.unit.evidence.making import area

pytestmark = pytest.mark.django_db(transaction=True)

CSV = {"Content-Type": "text/csv"}
GOOD = b"area,value\nE09000014,5\nE09000014,7\n"
BAD = b"area,value\nE09000014,five\n"


class Table(Source):
    """A table of a number or two, as plain as can be."""

    publisher = "example"
    cadence = "monthly"
    media_type = "text/csv"
    filename = "table.csv"
    title = "A table"

    def records(self, path: Path) -> Iterator[MeasureRecord | ValueRecord]:
        said = path.read_text("utf-8").splitlines()
        yield MeasureRecord(
            key=f"{self.name}-m", title="M", service="waste", unit="number", polarity="none", definition="d"
        )
        for number, line in enumerate(said[1:], 2):
            code, _, value = line.partition(",")
            if not value.isdigit():
                raise SourceError(path, "a whole number", found=value, row=number, column="value")
            ends = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=10 - number)
            yield ValueRecord(
                f"{self.name}-m", "gss", code, ends.isoformat(), ends, float(value), "", value, None, number
            )


class OpenTable(Table):
    name = "example_open"
    access: ClassVar[Access] = "open"
    url = "https://example.org/table.csv"
    months = 3

    def fetch(self, client: Client, held: Held) -> Iterator[Fetched]:
        yield client.file("https://example.org/table.csv", held.folder / "table.csv", expect="text/csv")


class BrokenTable(OpenTable):
    name = "example_broken"

    def fetch(self, client: Client, held: Held) -> Iterator[Fetched]:
        raise NotFetched("https://example.org/", "the layout has changed")


class FaultyTable(OpenTable):
    name = "example_faulty"

    def fetch(self, client: Client, held: Held) -> Iterator[Fetched]:
        raise ZeroDivisionError("a slip of ours")


class KeyTable(OpenTable):
    name = "example_key"
    access = "key"
    key_setting = "EXAMPLE_KEY"
    how = "Ask example.org for a key."


class ManualTable(Table):
    name = "example_manual"
    access = "manual"
    how = "Open the page and save the table."
    months = 2


EXAMPLES = {cls.name: cls() for cls in (BrokenTable, FaultyTable, KeyTable, ManualTable, OpenTable)}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Path:
    """A record with one council, five made-up sources, and a site that is asked without pauses."""
    settings.ONEPLACE_HOME = tmp_path
    monkeypatch.setattr("oneplace.settings.ONEPLACE_HOME", tmp_path)
    monkeypatch.setattr(record, "open_record", lambda: None)
    for module in ("ingest", "sources", "update"):
        monkeypatch.setattr(f"oneplace.commands.{module}.open_record", lambda: None)
    monkeypatch.setattr(registry, "sources", lambda: EXAMPLES)
    monkeypatch.setattr("oneplace.sources.sources", lambda: EXAMPLES)
    monkeypatch.setattr(
        updating,
        "polite_client",
        lambda: PoliteClient(limits=Limits(pause=0, tries=1), instead={"https://example.org": site.url}),
    )
    monkeypatch.delenv("EXAMPLE_KEY", raising=False)
    load_areas([area("haringey", gss_codes=("E09000014",))], "register/1")
    site.answers["/table.csv"] = Answer(GOOD, headers={**CSV, "ETag": '"1"'})
    return tmp_path


def run(*arguments: str, status: int = 0) -> str:
    result: Result = CliRunner(env={"COLUMNS": "220"}).invoke(oneplace, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == status, result.output
    return " ".join(result.output.split())


def states() -> dict[str, dict[str, Any]]:
    result = CliRunner().invoke(oneplace, ["sources", "--json"])
    return {said["source"]: said for said in map(json.loads, result.output.splitlines())}


# --- update -----------------------------------------------------------------------------------------------------------


def test_a_failure_of_one_stops_no_other_and_the_status_tells_of_it(home: Path) -> None:
    told = run("update", status=1)
    assert "example_broken failed https://example.org/: the layout has changed" in told
    assert "example_faulty failed our fetching failed (ZeroDivisionError: a slip of ours)" in told
    assert "example_open new 1 file loaded, 3 rows" in told
    assert "example_key needs a person needs a key: set EXAMPLE_KEY. Ask example.org" in told
    assert "example_manual needs a person not loaded yet. Open the page" in told
    assert {each.source: each.outcome for each in queries.attempts()} == {
        "example_broken": "failed",
        "example_faulty": "failed",
        "example_open": "new",
    }


def test_what_has_not_changed_is_neither_sent_nor_loaded_again(site: Site) -> None:
    run("update", "example_open")
    assert "unchanged nothing new" in run("update", "example_open")
    assert [each.outcome for each in queries.attempts("example_open")] == ["unchanged", "new"]
    assert len(queries.releases()) == 1


def test_a_release_says_where_it_was_fetched(site: Site) -> None:
    run("update", "example_open")
    (release,) = queries.releases()
    assert release.url == "https://example.org/table.csv"


def test_a_bad_file_is_put_aside_with_the_reason_and_what_was_there_stays(home: Path, site: Site) -> None:
    run("update", "example_open")
    site.answers["/table.csv"] = Answer(BAD, headers={**CSV, "ETag": '"2"'})
    told = run("update", "example_open", status=1)
    assert "row 2, column “value”: a whole number was expected" in told
    folder = home / "fetched" / "example_open"
    assert (folder / "refused" / "table.csv").read_bytes() == BAD
    assert "column “value”" in (folder / "refused" / "table.csv.why.txt").read_text("utf-8")
    assert not (folder / "table.csv").exists()
    assert [each.state for each in queries.releases()] == ["live"]
    assert queries.attempts("example_open")[0].outcome == "refused"
    assert states()["example_open"]["state"] == "failed"


def test_a_refused_file_is_not_fetched_again_until_its_publisher_changes_it(home: Path, site: Site) -> None:
    site.answers["/table.csv"] = Answer(BAD, headers={**CSV, "ETag": '"2"'})
    run("update", "example_open", status=1)
    assert "was refused" in run("update", "example_open")
    assert site.asked[-1].headers["If-None-Match"] == '"2"'
    site.answers["/table.csv"] = Answer(GOOD, headers={**CSV, "ETag": '"3"'})
    assert "1 file loaded" in run("update", "example_open")


def test_a_refused_file_is_tried_again_by_another_version_of_the_source(
    home: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.answers["/table.csv"] = Answer(BAD, headers={**CSV, "ETag": '"2"'})
    run("update", "example_open", status=1)
    monkeypatch.setattr(OpenTable, "version", "2")
    assert "a whole number was expected" in run("update", "example_open", status=1)
    monkeypatch.setattr(OpenTable, "version", "3")
    monkeypatch.setattr(OpenTable, "records", lambda self, path: iter(()))
    run("update", "example_open")
    assert not list((home / "fetched" / "example_open" / "refused").glob("*.csv"))


def test_a_file_that_a_person_puts_into_the_folder_is_loaded(home: Path) -> None:
    folder = home / "fetched" / "example_manual"
    folder.mkdir(parents=True)
    (folder / "table.csv").write_bytes(GOOD)
    (folder / "notes.txt").write_text("mine", "utf-8")
    assert "example_manual new 1 file loaded" in run("update", "example_manual")
    assert (folder / "table.csv").is_file()
    assert "unchanged" in run("update", "example_manual")


def test_what_a_person_brings_is_asked_for_again_when_a_newer_edition_is_likely(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = home / "fetched" / "example_manual"
    folder.mkdir(parents=True)
    (folder / "table.csv").write_bytes(GOOD)
    run("update", "example_manual")
    assert "example_manual" not in run("update", status=1)
    monkeypatch.setattr(ManualTable, "months", -1)
    told = run("update", status=1)
    assert "example_manual needs a person a newer edition is likely: figures to" in told
    assert told.rindex("example_manual needs") > told.rindex("example_open unchanged")
    assert "Open the page and save the table." in told


def test_a_value_of_an_area_that_nobody_knows_refuses_the_release_and_says_which(site: Site) -> None:
    run("update", "example_open")
    body = GOOD.replace(b"E09000014,7", b"E09999999,7")
    site.answers["/table.csv"] = Answer(body, headers={**CSV, "ETag": '"2"'})
    told = run("update", "example_open", status=1)
    assert "E09999999" in told
    assert [each.state for each in queries.releases()] == ["live"]


def test_no_fetch_asks_nobody(site: Site, home: Path) -> None:
    folder = home / "fetched" / "example_open"
    folder.mkdir(parents=True)
    (folder / "table.csv").write_bytes(GOOD)
    assert "1 file loaded" in run("update", "--no-fetch", "example_open")
    assert site.asked == []


def test_a_dry_run_tells_the_address_and_changes_nothing(site: Site, home: Path) -> None:
    told = run("update", "--dry-run", "example_open", "example_key")
    assert "https://example.org/table.csv" in told
    assert "set EXAMPLE_KEY" in told
    assert queries.releases() == ()
    assert queries.attempts() == ()
    assert not (home / "fetched").exists()


def test_the_file_is_loaded_after_a_stop_between_fetching_and_loading(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(updating, "_load_tables", stopped)
        assert "Stopped" in run("update", "example_open", status=130)
    assert queries.releases() == ()
    assert "1 file loaded" in run("update", "example_open")
    assert site.paths().count("/table.csv") == 2


# --- sources ----------------------------------------------------------------------------------------------------------


def test_the_list_says_what_is_loaded_and_what_is_missing() -> None:
    run("update", "example_open")
    found = states()
    assert found["example_open"]["state"] == "loaded"
    assert (found["example_open"]["values"], found["example_open"]["rows"]) == (2, 2)
    assert found["example_key"]["state"] == "needs a key"
    assert found["example_manual"]["state"] == "by hand"
    assert found["example_broken"]["state"] == "not loaded yet"
    told = run("sources")
    assert "2 not loaded yet, 1 needs a key, 1 by hand, 1 loaded" in told


def test_an_edition_that_is_too_old_is_stale_with_the_day(home: Path) -> None:
    run("update", "example_open")
    (open_table,) = queries.source_states([EXAMPLES["example_open"]], dt.datetime.now(dt.UTC).date())
    assert open_table.condition == "loaded"
    later = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=100)
    (open_table,) = queries.source_states([EXAMPLES["example_open"]], later)
    assert open_table.condition == "stale"
    assert "more than 3 months ago" in open_table.why


def test_how_old_a_table_is_follows_from_its_figures_and_not_from_when_it_was_fetched() -> None:
    run("update", "example_open")
    today = dt.datetime.now(dt.UTC).date()
    (state,) = queries.source_states([EXAMPLES["example_open"]], today)
    last = today - dt.timedelta(days=7)
    assert state.figures_to == last
    assert state.describes == f"figures to {last.day} {last:%B %Y}"
    assert state.edition == last


def test_a_directory_that_comes_along_is_held_without_a_release(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OpenTable, "name", "ons_postcodes")
    monkeypatch.setattr("oneplace.places.postcodes.in_use", lambda: (dt.date(2025, 11, 30), 2_720_556))
    (state,) = queries.source_states([EXAMPLES["example_open"]], dt.date(2025, 12, 1))
    assert (state.condition, state.is_held, state.rows) == ("loaded", True, 2_720_556)
    assert state.describes == "as at 30 November 2025"
    monkeypatch.setattr("oneplace.places.postcodes.in_use", lambda: None)
    (state,) = queries.source_states([EXAMPLES["example_open"]], dt.date(2025, 12, 1))
    assert (state.condition, state.is_held) == ("not loaded yet", False)


def test_into_a_pipe_each_source_is_one_whole_line() -> None:
    result = CliRunner(env={"COLUMNS": "40"}).invoke(oneplace, ["sources"])
    headings, *lines = result.stdout.splitlines()
    assert headings.split("\t")[0] == "source"
    assert [line.split("\t")[0] for line in lines] == list(EXAMPLES)
    assert {len(line.split("\t")) for line in lines} == {len(headings.split("\t"))}
    assert any(line.endswith("Open the page and save the table.") for line in lines)


def test_on_a_terminal_of_eighty_columns_no_line_is_longer_and_no_word_is_cut(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    entry = Entry(
        name="n" * 28, state="not loaded yet", style="", aside="1,234 rows", lines=("long words " * 60,)
    )
    show([entry], ("source",))
    printed = re.sub(r"\x1b\[[0-9;]*m", "", capsys.readouterr().out).splitlines()
    assert len(printed) > 4
    assert max(map(len, printed)) <= 80
    assert printed[0].endswith("1,234 rows")
    assert {word for line in printed[1:] for word in line.split()} == {"long", "words"}


def test_a_failure_is_told_with_its_day_until_the_next_attempt(site: Site) -> None:
    site.answers["/table.csv"] = Answer(status=404)
    run("update", "example_open", status=1)
    found = states()["example_open"]
    assert found["state"] == "failed"
    assert "404" in found["why"]
    site.answers["/table.csv"] = Answer(GOOD, headers=CSV)
    run("update", "example_open")
    assert states()["example_open"]["state"] == "loaded"


def test_one_source_is_told_in_full_with_the_way_by_hand(home: Path) -> None:
    told = run("sources", "example_manual")
    assert "Open the page and save the table." in told
    assert f"put table.csv into {home / 'fetched' / 'example_manual'}" in told
    assert "oneplace ingest example_manual FILE" in told


def test_an_unknown_source_is_a_mistake_in_the_call() -> None:
    assert "there is no source 'nonsense'" in run("sources", "nonsense", status=2)


def test_check_names_what_each_source_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    told = run("sources", "check", status=1)
    assert "example_open: docs/reference/sources.md does not have it" in told
    assert "0 of 5 sources" in told


def test_facts_of_reports_are_not_taken_for_the_reports() -> None:
    release = ReleaseRecord(
        source="ofsted_reports",
        slot="80498-haringey/2018-12-14-inspection.pdf",
        publisher="ofsted",
        title="Facts",
        sha256="a" * 64,
        licence="OGL",
        retrieved_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        reader="ofsted_report_facts",
    )
    actions.publish_release(release, [])
    known = updating._known_releases()["ofsted_reports"]
    assert [each.is_whole for each in known] == [False]
