"""What goes over the wire: kept pages and computed ones in turn, and clients that are slow, greedy or no browsers."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn

from oneplace.website import connections
from oneplace.website.connections import Connection
from tests.unit.website.test_page_cache import Site, front_of

LINE = b"\r\n"


@contextmanager
def serving(site: Site) -> Iterator[int]:
    """A server of one process on a port of its own, as `oneplace serve` has it in each worker."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            front_of(site, most_bytes=100_000_000), interface="asgi3", http=Connection, ws="none", loop="uvloop",
            lifespan="off", log_level="critical", proxy_headers=False, server_header=False, date_header=False,
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield int(listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(20)


@contextmanager
def reader(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        yield connection


def get(path: str, *lines: str, method: str = "GET", version: str = "1.1") -> bytes:
    return "\r\n".join([f"{method} {path} HTTP/{version}", "Host: oneplace.test", *lines, "", ""]).encode()


def answers(connection: socket.socket, number: int, without_body: bool = False) -> list[tuple[bytes, bytes]]:
    """So many answers, each as its head and its body, and not a byte more."""
    found = []
    with connection.makefile("rb") as stream:
        for _ in range(number):
            head = b"".join(iter(stream.readline, LINE))
            length = next(
                int(line[15:]) for line in head.splitlines() if line.lower().startswith(b"content-length:")
            )
            found.append((head, b"" if without_body else stream.read(length)))
    return found


def rest(connection: socket.socket) -> bytes:
    """All that comes until the server closes."""
    return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.fixture(autouse=True)
def asked_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    """The edition is asked for once, so that the pages of one test stay kept."""
    monkeypatch.setattr("oneplace.website.front.ASKED_EVERY", 60.0)


def test_a_kept_page_is_sent_as_the_page_that_was_computed() -> None:
    site = Site()
    with serving(site) as port, reader(port) as connection:
        connection.sendall(get("/areas/a/"))
        [(head, body)] = answers(connection, 1)
        connection.sendall(get("/areas/a/"))
        [(kept_head, kept_body)] = answers(connection, 1)
    assert site.computed == ["/areas/a/?"]
    assert kept_body == body

    def lines(head: bytes) -> list[bytes]:
        status, *lines = head.strip().lower().split(LINE)
        return [status, *sorted(line for line in lines if not line.startswith(b"date:"))]

    assert lines(kept_head) == lines(head)
    assert b"date: " in kept_head


def test_requests_that_are_sent_before_their_answers_are_answered_in_their_order() -> None:
    site = Site()
    paths = [
        "/areas/a/",
        "/areas/b/?as-at=2020-01-01",
        "/areas/a/",
        "/areas/c/",
        "/areas/a/",
        "/areas/a/?x=1",
    ]
    with serving(site) as port, reader(port) as connection:
        connection.sendall(get("/areas/a/"))
        answers(connection, 1)
        site.seconds = 0.05
        connection.sendall(b"".join(get(path) for path in paths))
        found = answers(connection, len(paths))
    assert [body.split()[0].decode() for _, body in found] == [path.partition("?")[0] for path in paths]


def test_a_page_that_the_client_has_is_said_to_be_unchanged() -> None:
    with serving(Site()) as port, reader(port) as connection:
        connection.sendall(get("/areas/a/"))
        [(head, _)] = answers(connection, 1)
        etag = next(line for line in head.split(LINE) if line.startswith(b"etag: "))[6:].decode()
        connection.sendall(get("/areas/a/", f"If-None-Match: {etag}"))
        time.sleep(0.2)
        unchanged = connection.recv(65_536)
    assert unchanged.startswith(b"HTTP/1.1 304 Not Modified\r\n")
    assert unchanged.endswith(b"\r\n\r\n")
    assert etag.encode() in unchanged


@pytest.mark.parametrize(
    "asked",
    [
        get("/areas/a/", "Connection: close"),
        get("/areas/a/", version="1.0"),
    ],
)
def test_who_asks_for_one_page_is_sent_it_and_the_connection_is_closed(asked: bytes) -> None:
    with serving(Site()) as port:
        for _ in range(2):
            with reader(port) as connection:
                connection.sendall(asked)
                assert b"/areas/a/" in rest(connection)


def test_the_head_alone_of_a_kept_page_has_no_body() -> None:
    with serving(Site()) as port, reader(port) as connection:
        connection.sendall(get("/areas/a/"))
        [(_, body)] = answers(connection, 1)
        connection.sendall(get("/areas/a/", method="HEAD") + get("/areas/a/"))
        with connection.makefile("rb") as stream:
            head = b"".join(iter(stream.readline, LINE))
            assert str(len(body)).encode() in head
            assert stream.readline() == b"HTTP/1.1 200 OK\r\n"


def test_a_body_that_comes_with_the_wish_for_a_kept_page_is_passed_over() -> None:
    with serving(Site()) as port, reader(port) as connection:
        connection.sendall(get("/areas/a/"))
        answers(connection, 1)
        connection.sendall(get("/areas/a/", "Content-Length: 5") + b"hello" + get("/areas/b/"))
        found = answers(connection, 2)
    assert [body.split()[0] for _, body in found] == [b"/areas/a/", b"/areas/b/"]


def test_a_page_of_an_older_edition_is_not_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site()
    with serving(site) as port, reader(port) as connection:
        connection.sendall(get("/areas/a/"))
        answers(connection, 1)
        site.generation = "2"
        monkeypatch.setattr("oneplace.website.front.ASKED_EVERY", 0.0)
        connection.sendall(get("/areas/a/"))
        [(_, body)] = answers(connection, 1)
    assert b"generation 2" in body


def test_who_says_nothing_or_not_all_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "ASKS_WITHIN", 0.5)
    with serving(Site()) as port, reader(port) as silent, reader(port) as slow, reader(port) as idle:
        slow.sendall(b"GET /areas/a/ HTTP/1.1\r\nHost: one")
        idle.sendall(get("/areas/a/") + get("/areas/a/"))
        assert len(answers(idle, 2)) == 2
        for _ in range(20):  # a letter at a time, and never all
            time.sleep(0.1)
            try:
                slow.sendall(b"x")
            except OSError:
                break
        else:
            pytest.fail("the server still listens to a head that never ends")
        assert rest(silent) == b""
        assert rest(idle) == b""


def test_a_page_that_takes_longer_than_clients_may_be_silent_is_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "ASKS_WITHIN", 0.3)
    with serving(Site(seconds=1.0)) as port, reader(port) as connection:
        connection.sendall(get("/areas/a/"))
        assert b"/areas/a/" in answers(connection, 1)[0][1]


@pytest.mark.parametrize(
    "said",
    [b"\x16\x03\x01\x02\x00\x01\x00", b"HELP\r\n\r\n", b"GET /areas/a/ HTTP/1.1\r\nNo colon here\r\n\r\n"],
)
def test_what_is_no_http_is_answered_by_a_page_and_the_end(said: bytes) -> None:
    with serving(Site()) as port, reader(port) as connection:
        connection.sendall(said)
        answer = rest(connection)
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert answer.endswith(b"a plain page")
    assert b"connection: close\r\n" in answer


def test_a_head_without_end_is_refused_long_before_it_fills_the_memory() -> None:
    sent = 0
    with serving(Site()) as port, reader(port) as connection:
        connection.sendall(b"GET /areas/a/ HTTP/1.1\r\n")
        try:
            while sent < 10_000_000:
                connection.sendall(b"X-More: " + b"x" * 8_000 + LINE)
                sent += 8_010
                time.sleep(0.002)
        except OSError:
            pass
    assert sent < 2_000_000


def test_who_asks_for_much_and_reads_nothing_is_not_sent_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits to be sent is bounded, however often a kept page is asked for."""
    waiting: list[int] = []
    made = Connection.on_headers_complete

    def noted(self: Connection) -> None:
        made(self)
        waiting.append(self.transport.get_write_buffer_size())

    monkeypatch.setattr(Connection, "on_headers_complete", noted)
    with serving(Site(headers=[(b"x-long", b"y" * 20_000)])) as port, reader(port) as connection:
        connection.sendall(get("/areas/a/"))
        answers(connection, 1)
        connection.settimeout(1.0)
        with pytest.raises(TimeoutError):
            connection.sendall(get("/areas/a/") * 200_000)
    assert len(waiting) > 100
    assert max(waiting) < 2_000_000


def test_a_form_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oneplace.website.front.SENT_WITHIN", 0.3)
    with serving(Site()) as port, reader(port) as connection:
        connection.sendall(get("/areas/a/", "Content-Length: 50", method="POST") + b"half")
        assert answers(connection, 1)[0][0].startswith(b"HTTP/1.1 408 ")
