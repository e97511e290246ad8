"""What residents read of a source: no mark of a programmer's is left in it, and how old it is stands there."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from oneplace.evidence import actions
from oneplace.sources import sources
from tests.unit.evidence.making import inspection, register, release

pytestmark = pytest.mark.django_db

FETCHED = dt.datetime(2026, 2, 1, tzinfo=dt.UTC)


def words(path: str) -> str:
    """A page without its mark-up, from its heading on."""
    page = Client().get(path).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<h1") :]).split())


@pytest.mark.parametrize("name", list(sources()))
def test_the_page_of_a_source_has_no_word_that_only_its_programmers_know(name: str) -> None:
    told = words(f"/sources/{name}/")
    assert "`" not in told
    assert not re.search(r"names? above|see the facts file|opened where this was written", told)
    for_residents, _, _ = told.partition("For whoever runs this copy")
    assert "Format" not in for_residents
    assert not re.search(r"\boneplace (ingest|update|read)\b", for_residents)


def test_the_list_says_what_a_table_describes_and_apart_from_it_when_it_was_fetched() -> None:
    register()
    actions.publish_release(
        release(source="audit_commission_cpa", retrieved_at=FETCHED),
        [inspection(published="2018-12-14", date_precision="month")],
    )
    told = words("/sources/")
    assert re.search(
        r"Newest inspection published in December 2018 .{3,40} ago; fetched 1 February 2026", told
    )
    alone = words("/sources/audit_commission_cpa/")
    assert "Here Loaded: newest inspection published in December 2018 Fetched 1 February 2026" in alone
