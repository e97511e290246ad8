"""Pages that are kept: who is sent what, how fresh, how many compute at once, and what happens when too many ask."""

from __future__ import annotations

import asyncio
import gzip
import re
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import brotli
import httpx
import pytest

from oneplace.website import front
from oneplace.website.asked_queries import AskedQuery, part_asked
from oneplace.website.computing import Answer
from oneplace.website.front import Faults, Front
from oneplace.website.page_cache import BROTLI, CODINGS, GZIP, PLAIN, Page, Pages, chosen_coding, page

HTML = (b"content-type", b"text/html; charset=utf-8")


@dataclass
class Site:
    """What stands behind: every page says what it was asked, and how often it was computed."""

    generation: str = "1"
    computed: list[str] = field(default_factory=list)
    seconds: float = 0
    open: threading.Event = field(default_factory=threading.Event)
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    status: int = 200
    reads: frozenset[str] = frozenset({"as-at"})
    fault: Exception | None = None

    def __post_init__(self) -> None:
        self.open.set()

    def answer(self, scope: Mapping[str, Any], body: bytes) -> Answer:
        query = scope["query_string"].decode()
        generation = self.generation
        self.computed.append(f"{scope['path']}?{query}")
        time.sleep(self.seconds)
        assert self.open.wait(20)
        if self.fault:
            raise self.fault
        words = f"{scope['path']} {parse_qs(query)} generation {generation} {body.decode()} " + "word " * 200
        return Answer(self.status, [HTML, *self.headers], words.encode(), self.reads)

    def edition(self) -> str:
        if self.generation == "silent":
            raise OSError("nobody answers")
        return self.generation


def fault(status: int) -> Page:
    return page(status, [HTML, (b"retry-after", b"5")], b"a plain page", CODINGS)


def faults() -> Faults:
    return Faults(
        overloaded=fault(503), failed=fault(500), unreadable=fault(400), too_slow=fault(408),
        too_long=fault(414), too_large=fault(413),
    )  # fmt: skip


def front_of(site: Site, most_bytes: int = 1_000_000, patience: tuple[float, float] = (10, 0.3)) -> Front:
    return Front(
        site,
        site.edition,
        lambda path: path.split("/")[1],
        faults(),
        most_bytes,
        patience,
    )


Reader = httpx.AsyncClient


def asked_of(application: Front, ask: Callable[[Reader], Awaitable[None]]) -> None:
    """Run what a reader asks, with the application in the same loop."""

    async def run() -> None:
        transport = httpx.ASGITransport(app=application)
        async with Reader(transport=transport, base_url="http://oneplace.test") as reader:
            await ask(reader)

    asyncio.run(run())


@pytest.fixture(autouse=True)
def asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edition is asked for before every page, unless a test says how often."""
    monkeypatch.setattr(front, "ASKED_EVERY", 0.0)


def test_a_page_is_computed_once_and_then_sent_as_it_was_kept() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        first, second = await reader.get("/areas/a/"), await reader.get("/areas/a/")
        assert first.text == second.text
        assert first.status_code == second.status_code == 200

    asked_of(front_of(site), ask)
    assert site.computed == ["/areas/a/?"]


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [
        ("br, gzip", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("identity", None),
        ("", None),
        ("*", "br"),
        ("gzip;q=nonsense", None),
    ],
)
def test_the_coding_is_the_smallest_that_the_client_takes(accepts: str, coding: str | None) -> None:
    async def ask(reader: Reader) -> None:
        for _ in range(2):
            answer = await reader.get("/areas/a/", headers={"Accept-Encoding": accepts})
            assert answer.headers.get("content-encoding") == coding
            assert answer.headers["vary"] == "Accept-Encoding"
            assert answer.text.startswith("/areas/a/")

    asked_of(front_of(Site()), ask)


def test_the_bytes_of_each_coding_are_those_of_the_page() -> None:
    body = b"What inspectors say. " * 100
    kept = page(200, [HTML], body, CODINGS)
    assert brotli.decompress(kept.answer(BROTLI)[1]) == body
    assert gzip.decompress(kept.answer(GZIP)[1]) == body
    assert kept.answer(PLAIN)[1] == body
    assert dict(kept.answer(PLAIN)[0])[b"content-length"] == str(len(body)).encode()
    assert PLAIN not in kept.bodies, "only compressed bytes are kept"


def test_a_picture_is_not_compressed_again() -> None:
    kept = page(200, [(b"content-type", b"image/webp")], bytes(1000), CODINGS)
    assert kept.answer(BROTLI) == kept.answer(PLAIN)
    assert b"vary" not in dict(kept.headers)


def test_who_has_the_page_is_told_that_it_is_unchanged_until_it_changes() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        etag = (await reader.get("/areas/a/")).headers["etag"]
        again = await reader.get("/areas/a/", headers={"If-None-Match": f'"other", {etag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
        assert "content-length" not in again.headers
        site.generation = "2"
        changed = await reader.get("/areas/a/", headers={"If-None-Match": etag})
        assert changed.status_code == 200
        assert "generation 2" in changed.text

    asked_of(front_of(site), ask)


def test_head_has_the_headers_of_the_page_and_no_body() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        head, got = await reader.head("/areas/a/"), await reader.get("/areas/a/")
        assert head.content == b""
        assert head.headers["content-length"] == got.headers["content-length"]
        assert head.headers["etag"] == got.headers["etag"]

    asked_of(front_of(site), ask)
    assert len(site.computed) == 1


def test_the_moment_a_release_is_published_the_page_is_made_anew() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        assert "generation 1" in (await reader.get("/areas/a/")).text
        site.generation = "2"
        assert "generation 2" in (await reader.get("/areas/a/")).text

    asked_of(front_of(site), ask)


def test_the_edition_is_asked_for_at_most_as_often_as_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "ASKED_EVERY", 60.0)
    site = Site()
    asked = []

    def edition() -> str:
        asked.append(1)
        return site.generation

    application = Front(
        site,
        edition,
        lambda path: path,
        faults(),
        1_000_000,
    )

    async def ask(reader: Reader) -> None:
        for _ in range(50):
            await reader.get("/areas/a/")
        assert len(asked) == 1
        site.generation = "2"
        assert "generation 1" in (await reader.get("/areas/a/")).text
        monkeypatch.setattr(front, "ASKED_EVERY", 0.0)
        assert "generation 2" in (await reader.get("/areas/a/")).text

    asked_of(application, ask)
    assert len(asked) == 2


def test_while_the_record_does_not_say_its_generation_kept_pages_are_still_sent() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        await reader.get("/areas/a/")
        site.generation = "silent"
        answer = await reader.get("/areas/a/")
        assert (answer.status_code, len(site.computed)) == (200, 1)

    asked_of(front_of(site), ask)


def test_what_a_page_does_not_read_makes_no_second_page_and_what_it_reads_does() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        await reader.get("/areas/a/")
        for number in range(100):
            await reader.get(f"/areas/a/?utm_source={number}&x={number}")
        assert len(site.computed) == 1
        then = await reader.get("/areas/a/?x=1&as-at=2018-12-20")
        assert "2018-12-20" in then.text
        await reader.get("/areas/a/?as-at=2018-12-20&y=2")
        assert len(site.computed) == 2
        await reader.get("/areas/b/?z=1")
        await reader.get("/areas/b/?z=2")
        assert len(site.computed) == 3, "known for every page of the kind"

    asked_of(front_of(site), ask)


def test_what_a_page_does_not_read_is_not_even_shown_to_it() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        assert "'x'" in (await reader.get("/areas/a/?x=1")).text, "nobody knows yet what such pages read"
        assert "'x'" not in (await reader.get("/areas/a/?x=2")).text
        assert "'x'" not in (await reader.get("/areas/a/?x=1")).text

    asked_of(front_of(site), ask)
    assert len(site.computed) == 2


def test_a_page_that_reads_what_none_before_it_has_read_is_not_sent_to_who_asked_otherwise() -> None:
    site = Site(reads=frozenset())

    async def ask(reader: Reader) -> None:
        await reader.get("/review/first/")
        site.reads, site.seconds = frozenset({"service"}), 0.2
        queries = ("service=police", "service=fire", "service=fire")
        answers = await asyncio.gather(*(reader.get(f"/review/second/?{query}") for query in queries))
        assert ["fire" in answer.text for answer in answers] == [False, True, True]
        assert "police" in answers[0].text

    asked_of(front_of(site), ask)
    assert len(site.computed) == 4  # once more, as the first of a kind was not shown what it then read


def test_what_the_first_page_of_a_kind_did_not_read_is_not_taken_from_who_asks_for_it() -> None:
    site = Site(reads=frozenset(), status=404)

    async def ask(reader: Reader) -> None:
        await reader.get("/areas/nowhere/")  # not found before any of its query was read
        site.reads, site.status = frozenset({"as-at"}), 200
        answer = await reader.get("/areas/haringey/?as-at=2018-12-20")
        assert "2018-12-20" in answer.text
        assert "2018-12-20" not in (await reader.get("/areas/haringey/")).text

    asked_of(front_of(site), ask)


def test_half_a_form_is_no_form() -> None:
    site = Site()
    application = front_of(site)
    parts = iter(
        [
            {"type": "http.request", "body": b"about=a&what=The grade of", "more_body": True},
            {"type": "http.disconnect"},
        ]
    )
    sent: list[Any] = []

    async def receive() -> Any:
        return next(parts)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/about/mistake/", "query_string": b"",
        "headers": [(b"host", b"testserver")], "scheme": "http",
    }  # fmt: skip
    asyncio.run(application(scope, receive, send))
    assert site.computed == []
    assert sent[0]["status"] == 408


def test_the_order_of_parameters_makes_no_second_page() -> None:
    site = Site(reads=frozenset({"service", "as-at"}))

    async def ask(reader: Reader) -> None:
        await reader.get("/review/?service=children&as-at=2018-12-20")
        await reader.get("/review/?as-at=2018-12-20&service=children")

    asked_of(front_of(site), ask)
    assert len(site.computed) == 1


def test_a_page_that_looks_through_its_whole_query_is_kept_for_that_query_alone() -> None:
    site = Site(reads=frozenset({"*"}))

    async def ask(reader: Reader) -> None:
        for query in ("a=1", "a=2", "a=1", "b=1"):
            assert query[0] in (await reader.get(f"/compare/?{query}")).text

    asked_of(front_of(site), ask)
    assert len(site.computed) == 3


def test_a_query_notes_what_is_read_of_it() -> None:
    query = AskedQuery("a=1&a=2&b=3")
    assert query.asked == set()
    assert query.get("a") == "2"
    assert query.getlist("c") == []
    assert "d" not in query
    assert query.asked == {"a", "c", "d"}
    for look in (
        list,
        len,
        lambda each: each.urlencode(),
        lambda each: each.dict(),
        lambda each: each.items(),
    ):
        whole = AskedQuery("a=1")
        look(whole)
        assert "*" in whole.asked
    assert part_asked("b=2&a=1&b=1&c=", frozenset({"b", "c"})) == "b=2&b=1&c="


@pytest.mark.parametrize(
    "own",
    [
        (b"set-cookie", b"mark=1"),
        (b"vary", b"Cookie"),
        (b"cache-control", b"private"),
        (b"cache-control", b"no-store"),
    ],
)
def test_nobody_is_sent_a_page_that_is_anothers_own(own: tuple[bytes, bytes]) -> None:
    site = Site(headers=[own], seconds=0.05)

    async def ask(reader: Reader) -> None:
        await asyncio.gather(*(reader.get("/form/") for _ in range(5)))
        await reader.get("/form/")

    application = front_of(site)
    asked_of(application, ask)
    assert len(site.computed) == 6
    assert len(application.pages) == 0


@pytest.mark.parametrize("status", [302, 404, 500, 503])
def test_what_is_no_page_is_not_kept(status: int) -> None:
    site = Site(status=status)

    async def ask(reader: Reader) -> None:
        for _ in range(2):
            answer = await reader.get("/areas/a/")
            assert answer.status_code == status
            assert "etag" not in answer.headers

    application = front_of(site)
    asked_of(application, ask)
    assert (len(application.pages), len(site.computed)) == (0, 2)


def test_pages_are_told_apart_by_the_host_and_by_https() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        for headers in ({}, {"Host": "other.test"}, {"X-Forwarded-Proto": "https"}):
            await reader.get("/areas/a/", headers=headers)

    asked_of(front_of(site), ask)
    assert len(site.computed) == 3


@pytest.mark.parametrize(("query", "times"), [("", 1), ("?as-at=2018-12-20", 1), ("?x={}", 2)])
def test_two_hundred_who_ask_at_once_for_a_slow_page_have_it_computed_once(query: str, times: int) -> None:
    """Once more where the first came with what no such page reads, and nobody knew that yet."""
    site = Site(seconds=0.3)

    async def ask(reader: Reader) -> None:
        addresses = [f"/areas/a/{query.format(number)}" for number in range(200)]
        answers = await asyncio.gather(*(reader.get(address) for address in addresses))
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.text for answer in answers}) == times

    asked_of(front_of(site), ask)
    assert len(site.computed) == times


def test_letters_that_are_not_english_come_through() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        for _ in range(2):
            assert "café" in (await reader.get("/areas/a/?as-at=caf%C3%A9")).text
            assert (await reader.get("/areas/a/?as-at=%FF%FE")).status_code == 200

    asked_of(front_of(site), ask)


def test_beyond_the_bound_of_computing_a_plain_page_says_to_try_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(front, "MOST_COMPUTING", 10)
    site = Site()

    async def ask(reader: Reader) -> None:
        await reader.get("/areas/known/")
        site.open.clear()
        waiting = [asyncio.create_task(reader.get(f"/areas/{number}/")) for number in range(30)]
        for _ in range(200):  # a busy machine takes its time
            await asyncio.sleep(0.1)
            if sum(task.done() for task in waiting) >= 20:
                break
        turned_away = [task.result() for task in waiting if task.done()]
        assert {(each.status_code, each.headers["retry-after"]) for each in turned_away} == {(503, "5")}
        assert len(turned_away) == 20
        assert (await reader.get("/areas/known/")).status_code == 200, "what is kept is sent whatever goes on"
        site.open.set()
        assert [(await task).status_code for task in waiting].count(200) == 10

    asked_of(front_of(site), ask)


def test_a_page_that_is_not_made_in_time_is_a_plain_page_and_is_there_when_asked_again() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        site.open.clear()
        assert (await reader.get("/areas/a/")).status_code == 503
        site.open.set()
        await asyncio.sleep(0.1)
        assert (await reader.get("/areas/a/")).status_code == 200

    asked_of(front_of(site, patience=(0.1, 0.1)), ask)
    assert len(site.computed) == 1


def test_while_the_new_page_is_long_in_making_the_one_before_is_sent() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        await reader.get("/areas/a/")
        site.generation = "2"
        site.open.clear()
        assert "generation 1" in (await reader.get("/areas/a/")).text
        site.open.set()
        await asyncio.sleep(0.1)
        assert "generation 2" in (await reader.get("/areas/a/")).text

    asked_of(front_of(site), ask)


def test_where_the_new_page_fails_the_one_before_is_sent() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        await reader.get("/areas/a/")
        site.generation, site.status = "2", 503
        answer = await reader.get("/areas/a/")
        assert (answer.status_code, "generation 1" in answer.text) == (200, True)

    asked_of(front_of(site), ask)


def test_a_fault_that_not_even_the_page_for_faults_survives_is_a_plain_page(
    caplog: pytest.LogCaptureFixture,
) -> None:
    site = Site(fault=RuntimeError("no templates"))

    async def ask(reader: Reader) -> None:
        answer = await reader.get("/areas/a/")
        assert (answer.status_code, answer.text) == (500, "a plain page")

    asked_of(front_of(site), ask)
    assert "/areas/a/" in caplog.text


def test_an_address_or_a_form_that_is_too_long_never_reaches_a_page() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        assert (await reader.get("/areas/" + "a" * 3000)).status_code == 414
        assert (await reader.post("/form/", content=b"x" * 1_000_001)).status_code == 413

    asked_of(front_of(site), ask)
    assert site.computed == []


def test_a_form_is_passed_on_whole_and_its_answer_not_kept() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        for _ in range(2):
            assert "name=value" in (await reader.post("/form/", content=b"name=value")).text

    application = front_of(site)
    asked_of(application, ask)
    assert (len(site.computed), len(application.pages)) == (2, 0)


def test_the_operators_question_is_answered_while_everything_computes() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        site.open.clear()
        waiting = [asyncio.create_task(reader.get(f"/areas/{number}/")) for number in range(100)]
        await asyncio.sleep(0.1)
        healthy = asyncio.create_task(reader.get("/healthz"))
        await asyncio.sleep(0.1)
        assert "/healthz?" in site.computed
        site.open.set()
        assert (await healthy).status_code == 200
        await asyncio.gather(*waiting)

    asked_of(front_of(site), ask)


def test_whoever_asks_for_the_operators_answer_meanwhile_gets_the_same_one() -> None:
    site = Site(seconds=0.2)

    async def ask(reader: Reader) -> None:
        answers = await asyncio.gather(*(reader.get("/healthz") for _ in range(50)))
        assert {answer.status_code for answer in answers} == {200}

    asked_of(front_of(site), ask)
    assert len(site.computed) <= 2


def test_kept_pages_stay_within_their_bytes_and_the_longest_unasked_goes_first() -> None:
    pages = Pages(most=100_000)
    for number in range(100):
        pages.keep(number, Page(200, (), {PLAIN: bytes(3_000)}, is_everybodys=True))
        pages.get(0)
        assert pages.weight <= 100_000
    assert pages.get(0) is not None
    assert pages.get(1) is None
    assert pages.get(99) is not None
    pages.keep("large", Page(200, (), {PLAIN: bytes(50_000)}, is_everybodys=True))
    assert pages.get("large") is None, "one page does not push out all others"
    pages.keep(99, Page(200, (), {PLAIN: bytes(3_000)}, is_everybodys=True))
    assert pages.weight == sum(page.weight for page in pages._pages.values())


def test_without_room_nothing_is_kept() -> None:
    site = Site()

    async def ask(reader: Reader) -> None:
        for _ in range(2):
            assert (await reader.get("/areas/a/")).status_code == 200

    asked_of(front_of(site, most_bytes=0), ask)
    assert len(site.computed) == 2


def test_a_coding_is_chosen_by_its_weight() -> None:
    assert chosen_coding(b"gzip;q=0.5, br;q=0.1") == BROTLI
    assert chosen_coding(b"br;q=0, *;q=0.5") == GZIP


def test_no_page_reads_its_query_where_the_front_does_not_see_it() -> None:
    """It would be shown what other pages of its kind read, and no more."""
    # Who sent a form is no part of an address.
    unseen = re.compile(r"QUERY_STRING|request\.META|request\.headers")
    website = Path(front.__file__).parent
    ours = {"computing.py", "front.py", "senders.py"}
    found = [
        f"{path.name}: {line.strip()}"
        for path in [*website.rglob("*.py"), *website.rglob("*.html")]
        for line in path.read_text(encoding="utf-8").splitlines()
        if path.name not in ours and unseen.search(line)
    ]
    assert found == []
