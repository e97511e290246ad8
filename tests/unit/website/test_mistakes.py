"""A reader's report of a mistake: kept whole, shown to nobody but who decides it, and no flood of them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django.fixtures import Settings

from oneplace.evidence import actions, queries, reporting
from oneplace.evidence.models import Reported, Reporter
from oneplace.website.senders import sender_address
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


def sent_through(forwarded: str, *, proxy: str = "10.0.0.1") -> int:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return Client(REMOTE_ADDR=proxy, headers=headers).post(FORM, SENT).status_code


def test_without_a_proxy_what_a_sender_says_of_himself_is_not_believed(settings: Settings) -> None:
    settings.PROXIES = 0
    codes = [sent_through(f"203.0.113.{number}") for number in range(reporting.A_SENDER_A_DAY + 1)]
    assert codes == [302] * reporting.A_SENDER_A_DAY + [429]


def test_behind_a_proxy_senders_are_told_apart(settings: Settings) -> None:
    settings.PROXIES = 1
    codes = [sent_through(f"203.0.113.{number}") for number in range(reporting.A_SENDER_A_DAY + 1)]
    assert set(codes) == {302}


@pytest.mark.parametrize(
    ("proxies", "after"),
    [(1, "203.0.113.9"), (2, "203.0.113.9, 192.0.2.1"), (2, "203.0.113.9:5123, 192.0.2.7")],
)
def test_behind_proxies_an_invented_address_before_the_own_one_makes_no_other_sender(
    settings: Settings, proxies: int, after: str
) -> None:
    settings.PROXIES = proxies
    codes = [sent_through(f"198.51.100.{number}, {after}") for number in range(reporting.A_SENDER_A_DAY + 1)]
    assert codes == [302] * reporting.A_SENDER_A_DAY + [429]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (1, " 203.0.113.9:4711 ", "203.0.113.9"),
        (1, "[2001:DB8::9]:4711", "2001:db8::9"),
        (1, "2001:DB8:0::9", "2001:db8::9"),
        (2, "198.51.100.1,203.0.113.9,192.0.2.1", "203.0.113.9"),
        (2, "203.0.113.9", "203.0.113.9"),
    ],
)
def test_the_sender_is_whom_the_outermost_proxy_of_ours_saw(
    settings: Settings, proxies: int, forwarded: str, address: str
) -> None:
    settings.PROXIES = proxies
    request = RequestFactory().post(FORM, REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
    assert sender_address(request) == address


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
