"""A reader's report of a mistake: kept whole, shown to nobody but who decides it, and no flood of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from oneplace.evidence import actions, queries, reporting
from oneplace.evidence.models import Reported, Reporter
from oneplace.website.views.mistakes import known_page
from tests.unit.evidence.making import register

pytestmark = pytest.mark.django_db
FORM = "/about/mistake/"
SENT = {
    "about": "/areas/alder/",
    "wrong": "The <b>grade</b> is Zebra.",
    "should_be": "Giraffe",
    "says_so": "page 3",
    "email": "reader@example.com",
}


@pytest.fixture(autouse=True)
def record(db: None) -> None:
    register()


def send(**changed: str) -> int:
    return Client().post(FORM, {**SENT, **changed}).status_code


def test_a_report_reaches_the_queue_without_a_word_of_the_readers() -> None:
    assert send() == 302
    text = Client().get("/review/queue/").content.decode()
    assert "A reader reported a mistake" in text
    assert 'href="/areas/alder/"' in text
    for private in ("Zebra", "Giraffe", "page 3", "reader@example.com"):
        assert private not in text


def test_who_decides_sees_all_of_it_and_the_address_goes_with_the_decision() -> None:
    send()
    (item,) = [each for each in queries.review_queue() if each.kind == "reported"]
    told = queries.report(item.key)
    assert told is not None
    assert (told.wrong, told.email) == (SENT["wrong"], SENT["email"])
    actions.decide(item.key, "dismiss", reason="It is as the report says.", decided_by="A. Person")
    assert not [each for each in queries.review_queue() if each.kind == "reported"]
    told = queries.report(item.key)
    assert told is not None
    assert told.email == ""


def test_a_blank_report_is_refused_with_the_field_named_and_what_was_typed_kept() -> None:
    answer = Client().post(FORM, {**SENT, "wrong": "", "email": "no address"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert 'href="#wrong"' in text
    assert 'href="#email"' in text
    assert "Giraffe" in text
    assert not Reported.objects.exists()


def test_what_is_too_long_is_refused() -> None:
    assert send(wrong="x" * 2_001) == 400


def test_what_only_a_program_fills_in_is_thrown_away() -> None:
    assert send(website="http://example.com") == 302
    assert not Reported.objects.exists()


def test_one_sender_may_send_a_few_a_day() -> None:
    codes = [send() for _ in range(reporting.A_SENDER_A_DAY + 1)]
    assert codes == [302] * reporting.A_SENDER_A_DAY + [429]


def test_all_senders_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "ALL_A_DAY", 1)
    assert [send(), Client(REMOTE_ADDR="192.0.2.9").post(FORM, SENT).status_code] == [302, 429]


def test_the_address_is_forgotten_after_ninety_days_and_the_sender_after_one() -> None:
    send()
    now = timezone.now()
    reporting.forget_reporters(now + dt.timedelta(days=2))
    assert Reporter.objects.get().sender == ""
    assert Reporter.objects.get().email
    reporting.forget_reporters(now + dt.timedelta(days=91))
    assert not Reporter.objects.exists()


def test_without_the_mark_of_our_own_page_nothing_is_taken() -> None:
    assert Client(enforce_csrf_checks=True).post(FORM, SENT).status_code == 403
    assert not Reported.objects.exists()


def test_the_form_is_nobody_elses_page() -> None:
    answer = Client().get(FORM)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "csrftoken" in answer.cookies


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/areas/alder/", "/areas/alder/"),
        ("/areas/rude-words/", ""),
        ("/areas/alder/rude-words/", "/areas/alder/"),
        ("/about/grades/", "/about/grades/"),
        ("/about/grades/rude-words/", ""),
        ("https://example.com/", ""),
        ("//example.com/", ""),
        ("/inspections/a/b/c/", ""),
    ],
)
def test_only_a_page_that_there_is_is_told_on_the_queue(path: str, known: str) -> None:
    assert known_page(path) == known
