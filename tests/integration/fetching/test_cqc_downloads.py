"""The care commission's monthly files are found by the links on its page of downloads, the newest of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneplace.commands.fetched_files import SourceFiles
from oneplace.sources import sources
from oneplace.sources.fetching import Fetched, NotFetched
from tests.integration.fetching.conftest import Time, make_client
from tests.integration.fetching.replay import HTML, Answer, Site
from tests.integration.fetching.test_gov_uk import ODS, WORKBOOK

PAGE = "/about-us/transparency/using-cqc-data"
FOLDER = "/sites/default/files/2025-10"
NAMES = (
    "01_September_2025_Latest_ratings.ods",
    "01_October_2025_Latest_ratings.ods",
    "01_October_2025_HSCA_Active_Locations.ods",
    "notes.pdf",
)


@pytest.fixture
def commission(site: Site) -> Site:
    links = "".join(f'<li><a href="{FOLDER}/{name}">{name}</a></li>' for name in NAMES)
    site.answers[PAGE] = Answer(f"<!DOCTYPE html><html><ul>{links}</ul></html>".encode(), headers=HTML)
    for name in NAMES:
        site.answers[f"{FOLDER}/{name}"] = Answer(WORKBOOK, headers=ODS)
    return site


def fetch(site: Site, source: str, folder: Path) -> list[Fetched | NotFetched]:
    with make_client(Time(), instead={"https://www.cqc.org.uk": site.url}, tries=2) as client:
        return list(sources()[source].fetch(client, SourceFiles(sources()[source], folder)))


def test_the_newest_ratings_are_fetched_once(commission: Site, tmp_path: Path) -> None:
    (fetched,) = fetch(commission, "cqc_ratings", tmp_path)
    assert isinstance(fetched, Fetched)
    assert fetched.path == tmp_path / "01_October_2025_Latest_ratings.ods"
    assert sources()["cqc_ratings"].accepts(fetched.path)
    (again,) = fetch(commission, "cqc_ratings", tmp_path)
    assert isinstance(again, Fetched)
    assert not again.is_new


def test_a_page_without_the_link_says_so(commission: Site, tmp_path: Path) -> None:
    commission.answers[PAGE] = Answer(b"<!DOCTYPE html><html><a href='/x'>x</a></html>", headers=HTML)
    with pytest.raises(NotFetched, match="no link to a file"):
        fetch(commission, "cqc_ratings", tmp_path)


def test_half_of_a_month_is_never_saved(commission: Site, tmp_path: Path) -> None:
    name = f"{FOLDER}/01_October_2025_Latest_ratings.ods"
    commission.answers[name] = Answer(WORKBOOK, headers=ODS, cut=100)
    with pytest.raises(NotFetched, match="2 tries"):
        fetch(commission, "cqc_ratings", tmp_path)
    assert list(tmp_path.iterdir()) == []
