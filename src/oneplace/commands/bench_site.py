"""`oneplace bench site`: how fast the site answers, beside nginx with the same bytes in the same run."""

from __future__ import annotations

import asyncio
import datetime as dt
import gzip
import os
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import click
from rich import box
from rich.console import Console
from rich.table import Table

from oneplace.commands import site_servers
from oneplace.commands.record import open_record
from oneplace.commands.site_servers import Server, get, load, needed

# Of the area pages, one with much on it, where the record has it.
USUAL_AREA = "/areas/haringey/"
# What is looked for: single words, common and rare, several together, and a phrase.
WORDS = (
    "children", "neglect", "leadership", "care leavers", "strategy meeting", '"core group"', "thresholds",
    "waste", "missing from home", "independent reviewing officers", "supervision", "apprenticeship",
    '"children looked after"', "domestic abuse", "housing benefit", "management oversight", "health visitors",
    "adoption", "dentist", "exploitation", "early help", "assessment quality", "chronologies", "advocacy",
)  # fmt: skip
NO_CACHE = {"ONEPLACE_PAGE_CACHE": "0"}
# The kernel gives each connection to a worker by chance; after so many, each has been asked.
_UNTIL_ALL_KEEP = 40


@click.command()
@click.option(
    "--rounds", default=5, show_default=True, type=click.IntRange(1, 20),
    help="Passes of the site and of nginx, one after the other in turn.",
)  # fmt: skip
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 16), help="Processes of each."
)
@click.option(
    "--areas",
    type=click.IntRange(min=1),
    help="Ask for so many areas, evenly over all; without it for every one.",
)
@click.option(
    "--seconds", default=3, show_default=True, type=click.IntRange(1, 30),
    help="How long each pass asks for one kept page.",
)  # fmt: skip
@click.option(
    "--clients", default=500, show_default=True, type=click.IntRange(1, 800),
    help="How many ask at once, for pages that nobody has asked for, when more ask than can be answered.",
)  # fmt: skip
def site(rounds: int, workers: int, areas: int | None, seconds: int, clients: int) -> None:
    """The pages of the record that is loaded: uncached, searched, kept beside nginx, and when too many ask.

    Starts its own servers on this machine, and needs nginx and wrk. The client shares the processor with them.
    """
    needed("nginx", "wrk")
    open_record()
    paths = _area_pages(areas)
    if not paths:
        raise click.ClickException("The record is empty: run oneplace load first.")
    area = USUAL_AREA if USUAL_AREA in paths else paths[0]
    console = Console(highlight=False)
    console.print(
        f"{os.cpu_count()} processors are shared by {workers} workers and the client. Times in milliseconds.\n"
    )
    console.print(_uncached(paths, workers))
    with site_servers.our_site(workers, {}) as ours:
        console.print(_kept(ours, area, _Turns(rounds, seconds), workers))
        heavy = ", ".join(f"{each:.0f}" for each in site_servers.memory(ours))
        console.print(f"Memory of the workers after that: {heavy} MB\n")
        console.print(_overload(ours, area, clients))


@dataclass(frozen=True, slots=True)
class _Turns:
    """How often each is asked in its turn, and for how many seconds."""

    rounds: int
    seconds: int


def _area_pages(most: int | None) -> list[str]:
    from django.utils import timezone

    from oneplace.places import queries as places

    ids = [area.area_id for area in places.areas() if area.end is None or area.end > timezone.localdate()]
    step = max(1, len(ids) // most) if most else 1
    return [f"/areas/{each}/" for each in ids[::step]]


# --- Pages that are not kept -----------------------------------------------------------------------------


def _uncached(paths: Sequence[str], workers: int) -> Table:
    table = _table(
        "Computed for each request (nothing kept)", "pages", "median", "95 %", "slowest", "queries", "goal"
    )
    searches = [f"/search/words/?q={quote(words)}" for words in WORDS]
    with site_servers.our_site(workers, NO_CACHE) as server:
        for name, asked, goal in (
            ("area page", paths, "40 ms, 15 queries"),
            ("search in what inspectors wrote", searches, "50 ms"),
        ):
            for path in [*asked[:20], *asked[:20]]:  # each worker has loaded what it keeps for good
                get(server.port, path)
            took = sorted(_milliseconds(server.port, path) for path in asked)
            most = max(_queries(asked))
            table.add_row(
                name, str(len(took)), f"{statistics.median(took):.0f}", f"{took[int(len(took) * 0.95)]:.0f}",
                f"{took[-1]:.0f}", f"at most {most}", goal,
            )  # fmt: skip
    return table


def _milliseconds(port: int, path: str) -> float:
    began = time.perf_counter()
    status, _, _ = get(port, path, "br")
    if status != 200:
        raise click.ClickException(f"{path} answered {status}")
    return (time.perf_counter() - began) * 1000


def _queries(paths: Sequence[str]) -> list[int]:
    """How many questions each page asks the record, in this process."""
    from django.db import connection
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    found: list[int] = []

    def count(execute: Callable[..., object], *arguments: object) -> object:
        found[-1] += 1
        return execute(*arguments)

    client.get(paths[0])  # what a process loads once
    with connection.execute_wrapper(count):
        for path in paths:
            found.append(0)
            client.get(path)
    return found


# --- Pages that are kept -----------------------------------------------------------------------------------


def _kept(ours: Server, area: str, turns: _Turns, workers: int) -> Table:
    table = _table(
        f"Kept pages, requests a second (wrk, 32 connections, {turns.rounds} rounds in turn; medians)",
        "bytes", "Oneplace", "nginx", "ratio", "lowest ratio", "wrong", "goal",
    )  # fmt: skip
    pages = ("/", area, "/review/annual/")
    with tempfile.TemporaryDirectory(prefix="oneplace-bench-site-") as name:
        folder = Path(name)
        sizes = _files(folder / "files", ours, pages)
        with site_servers.nginx(folder, workers) as reference:
            for path in pages:
                wanted = {"Accept-Encoding": "gzip"}
                mine, theirs, wrong = _in_turn(ours, reference, path, wanted, turns)
                _row(table, path, sizes[path], mine, theirs, wrong, "0.50")
            etags = [get(each.port, _file(area, each is reference))[1]["etag"] for each in (ours, reference)]
            mine, theirs, wrong = _in_turn(ours, reference, area, {"Accept-Encoding": "gzip"}, turns, etags)
            _row(table, f"{area} unchanged (304)", 0, mine, theirs, wrong, "")
    return table


def _files(folder: Path, ours: Server, pages: Sequence[str]) -> dict[str, int]:
    """The pages' very bytes as files for nginx, as they are and compressed; the bytes compressed of each."""
    sizes: dict[str, int] = {}
    for path in pages:
        for _ in range(_UNTIL_ALL_KEEP):
            status, headers, body = get(ours.port, path)
        if status != 200 or headers.get("content-encoding") != "gzip":
            raise click.ClickException(f"{path} answered {status}, {headers.get('content-encoding')}")
        file = folder / _file(path, True).lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(gzip.decompress(body))
        Path(f"{file}.gz").write_bytes(body)
        sizes[path] = len(body)
    return sizes


def _file(path: str, is_nginx: bool) -> str:
    return f"{path}page.html" if is_nginx else path


def _in_turn(
    ours: Server,
    reference: Server,
    path: str,
    headers: dict[str, str],
    turns: _Turns,
    etags: Sequence[str] = (),
) -> tuple[list[float], list[float], int]:
    """Requests a second of both, round by round in alternating order; and how many were answered wrongly."""
    rates: tuple[list[float], list[float]] = ([], [])
    wrong = 0
    for number in range(turns.rounds):
        for which in (0, 1) if number % 2 == 0 else (1, 0):
            server = (ours, reference)[which]
            sent = headers | ({"If-None-Match": etags[which]} if etags else {})
            done = load(server.address + _file(path, which == 1), turns.seconds, sent)
            rates[which].append(done.a_second)
            wrong += done.wrong
    return *rates, wrong


def _row(
    table: Table, name: str, size: int, mine: Sequence[float], theirs: Sequence[float], wrong: int, goal: str
) -> None:
    ratios = sorted(a / b for a, b in zip(mine, theirs, strict=True))
    table.add_row(
        name, f"{size:,}", f"{statistics.median(mine):,.0f}", f"{statistics.median(theirs):,.0f}",
        f"{statistics.median(ratios):.2f}", f"{ratios[0]:.2f}", str(wrong), goal,
    )  # fmt: skip


# --- More than can be answered -----------------------------------------------------------------------------


@dataclass
class _Seen:
    """What clients saw: how many answers of which kind, and the seconds that each took."""

    answers: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


def _overload(ours: Server, area: str, clients: int) -> Table:
    """So many clients at once, each for a page that is not kept; meanwhile others ask for one that is."""
    for _ in range(_UNTIL_ALL_KEEP):
        get(ours.port, area)
    new, kept = asyncio.run(_rush(ours.port, area, clients))
    table = _table(
        f"{clients} clients at once, each for a page that nobody has asked for",
        "answered", "told to try again", "wrong", "median", "longest",
    )  # fmt: skip
    for name, seen in (("pages that must be computed", new), ("a kept page meanwhile", kept)):
        table.add_row(
            name, str(seen.answers["page"]), str(seen.answers["try again"]), str(seen.answers["wrong"]),
            f"{statistics.median(seen.seconds) * 1000:.0f}", f"{max(seen.seconds) * 1000:.0f}",
        )  # fmt: skip
    return table


async def _rush(port: int, area: str, clients: int) -> tuple[_Seen, _Seen]:
    first = dt.date(2010, 1, 1)
    new, kept = _Seen(), _Seen()
    days = [(first + dt.timedelta(days=number)).isoformat() for number in range(clients)]
    rush = asyncio.gather(*(_ask(port, f"{area}?as-at={day}", f'value="{day}"', new) for day in days))
    while not rush.done():
        await _ask(port, area, "</html>", kept)
        await asyncio.sleep(0.02)
    await rush
    return new, kept


async def _ask(port: int, path: str, must_say: str, seen: _Seen) -> None:
    """Ask once. An answer is right if it is the page that was asked for, or asks in plain words to try again."""
    began = time.perf_counter()
    kind = "wrong"
    try:
        async with asyncio.timeout(60):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(
                f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
            )
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
            writer.close()
    except (OSError, TimeoutError):
        pass
    else:
        status, words = head[9:12], body.decode()
        if status == b"200" and must_say in words:
            kind = "page"
        elif status == b"503" and b"retry-after:" in head.lower() and "Try again in a moment" in words:
            kind = "try again"
    seen.answers[kind] += 1
    seen.seconds.append(time.perf_counter() - began)


def _table(title: str, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left")
    for column in ("", *columns):
        table.add_column(column, justify="right" if column else "left")
    return table
