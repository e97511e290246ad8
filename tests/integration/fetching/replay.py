"""A site on this machine that answers as told: pages, files, and everything that goes wrong on the way."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HTML = {"Content-Type": "text/html; charset=utf-8"}
PDF = {"Content-Type": "application/pdf"}


@dataclass(frozen=True)
class Answer:
    """One answer. `cut`: only so many bytes are sent of those that were promised. `drop`: none at all."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None
    drop: bool = False
    piece: int = 1 << 20
    seconds_a_piece: float = 0.0
    says_length: bool = True

    @property
    def etag(self) -> str | None:
        return self.headers.get("ETag")


@dataclass
class Asked:
    path: str
    headers: Mapping[str, str]


@dataclass
class Site:
    """`answers`: path with query → an answer, or several, one after the other, the last for ever."""

    answers: dict[str, Answer | Sequence[Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""
    under_way: int = 0
    most_at_once: int = 0

    def paths(self) -> list[str]:
        return [each.path for each in self.asked if each.path != "/robots.txt"]

    def answer(self, path: str) -> Answer:
        found = self.answers.get(path, Answer(b"<html><title>Not found</title></html>", 404, HTML))
        if isinstance(found, Answer):
            return found
        before = sum(each.path == path for each in self.asked) - 1
        return found[min(before, len(found) - 1)]


def packed(body: bytes) -> tuple[bytes, dict[str, str]]:
    return gzip.compress(body), {"Content-Encoding": "gzip"}


@contextmanager
def serving(site: Site) -> Iterator[str]:
    """Serve the site on a free port of this machine; yields its origin."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with lock:
                site.asked.append(Asked(self.path, dict(self.headers)))
                site.under_way += 1
                site.most_at_once = max(site.most_at_once, site.under_way)
                answer = site.answer(self.path)
            ended = False

            def end() -> None:
                nonlocal ended
                with lock:
                    site.under_way -= not ended
                ended = True

            try:
                self._send(answer, end)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                end()

        def _send(self, answer: Answer, end: Callable[[], None]) -> None:
            if answer.drop:
                self.close_connection = True
                return
            if answer.etag and self.headers.get("If-None-Match") == answer.etag:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.says_length:
                self.send_header("Content-Length", str(len(answer.body)))
            else:
                self.send_header("Connection", "close")
            self.end_headers()
            body = answer.body if answer.cut is None else answer.body[: answer.cut]
            for start in range(0, len(body), answer.piece):
                if start:
                    time.sleep(answer.seconds_a_piece)
                if start + answer.piece >= len(body):
                    end()  # once the last piece is there, whoever asked may ask again
                self.wfile.write(body[start : start + answer.piece])
                self.wfile.flush()
            if answer.cut is not None or not answer.says_length:
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *args: object) -> None:
            """A client that goes away in the middle is what some of the tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        site.url = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield site.url
        finally:
            server.shutdown()
            thread.join()
