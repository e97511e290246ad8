"""The real reports, served as Ofsted's site serves them, into a record that has the pack: the sentences fill in."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.integration.fetching.ofsted_site import Report, lay_out
from tests.integration.fetching.replay import HTML, Answer, Site
from tests.integration.fetching.test_update import files_asked, python, update

pytestmark = [pytest.mark.shared, pytest.mark.slow]

SAID = {
    "inspection": "Children's services inspection",
    "focused-visit": "Children's services focused visit",
    "area-send": "Area SEND full inspection",
}
STATE = """
import json
from oneplace.commands.record import open_record
open_record()
from oneplace.evidence import queries
from oneplace.sources import sources
import datetime as dt
(state,) = queries.source_states([sources()["ofsted_reports"]], dt.date(2026, 3, 1))
view = queries.inspection("ofsted/haringey/2018-12-14")
print(json.dumps({
    "inspections": len(queries.inspection_ids()),
    "live": len(queries.releases("live")),
    "improve": [each.text for each in view.improve],
    "source": view.source.release_id,
    "reports": sum(each.source == "ofsted_reports" for each in queries.releases("live")),
    "held": [state.releases, state.only_facts],
}))
"""


@pytest.fixture(scope="module")
def reports(shared: Path) -> dict[str, tuple[str, list[Report]]]:
    """Every report of three councils, with one of the two files that are web pages."""
    councils: dict[str, tuple[str, list[Report]]] = {}
    number = 50000000
    for folder in ("80431-blackpool", "80498-haringey", "80500-havering"):
        urn, _, name = folder.partition("-")
        listed = []
        for path in sorted((shared / "reports" / folder).glob("*.pdf")):
            number += 1
            day = dt.date.fromisoformat(path.name[:10])
            said = f"{SAID[path.stem[11:]]}, pdf - {day:%d %B %Y}"
            listed.append(Report(number, said, path.read_bytes()))
        councils[urn] = (f"{name.title()} Council", list(reversed(listed)))
    return councils


def test_they_are_read_into_their_own_slots_and_add_no_inspection(
    site: Site, tmp_path: Path, reports: dict[str, tuple[str, list[Report]]]
) -> None:
    lay_out(site, reports)
    every = [report for _, listed in reports.values() for report in listed]
    (web_page,) = [report for report in every if not report.body.startswith(b"%PDF")]
    site.answers[f"/v1/file/{web_page.number}"] = Answer(web_page.body, headers=HTML)
    python(tmp_path, site, "-m", "oneplace.cli", "load")
    before = json.loads(python(tmp_path, site, "-c", STATE).stdout)
    assert set(before["improve"]) == {None}
    told = update(tmp_path, site, "ofsted_reports", status=1)
    assert f"{len(every) - 1} reports loaded" in told
    assert f"/v1/file/{web_page.number}" in told
    after = json.loads(python(tmp_path, site, "-c", STATE).stdout)
    assert after["inspections"] == before["inspections"]
    # The facts that were copied out by hand stay beside the reading.
    assert after["live"] == before["live"] + len(every) - 1
    assert before["held"] == [before["reports"], before["reports"]]
    assert after["held"] == [before["reports"], before["reports"] - (len(every) - 1)]
    assert len(after["improve"]) == len(before["improve"])
    assert all(after["improve"])
    assert after["source"] != before["source"]
    assert len(files_asked(site)) == len(every)
    assert "unchanged" in update(tmp_path, site, "ofsted_reports")
    assert len(files_asked(site)) == len(every)
