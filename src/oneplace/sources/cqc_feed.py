"""The Care Quality Commission's interface: which locations have changed, and what it says of each, one at a time.

Thousands of answers take hours at a polite pace. Each is kept as it comes, in a file that only gets its name once
it is whole; a run that was stopped goes on where it was.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from oneplace.sources.fetching import Client, Fetched, Held, NotFetched
from oneplace.sources.polite.saved import save_whole

API = "https://api.service.cqc.org.uk/public/v1"
HEADER = "Ocp-Apim-Subscription-Key"
A_PAGE = 1000
MOST_PAGES = 500
# Where nothing was fetched before: the monthly file has the rest.
FIRST_DAYS = 31

UNDER_WAY = "under-way.json"
ANSWERS = "under-way.jsonl"
SINCE = "since.json"


@dataclass(slots=True)
class Work:
    """What a run has to do: the locations that changed between two moments."""

    start: str
    end: str
    locations: list[str]

    @property
    def filename(self) -> str:
        return f"cqc_locations_{self.end[:10]}.jsonl"


def fetch_changed(
    client: Client, held: Held, key: str, personal: Collection[str]
) -> Iterator[Fetched | NotFetched]:
    """Save one answer a line for every location that changed since the last time.

    What stands under the keys in `personal`, at any depth, tells of people and is not saved.
    """
    if not key:
        raise NotFetched(API, "this needs a key")
    headers = {HEADER: key}
    folder = held.folder
    work = _under_way(folder) or _new_work(client, headers, held)
    if not work.locations:
        _since(folder, work.end)
        return
    path = folder / work.filename
    done = _done(folder / ANSWERS)
    folder.mkdir(parents=True, exist_ok=True)
    save_whole(
        folder / UNDER_WAY,
        [json.dumps({"start": work.start, "end": work.end, "locations": work.locations}).encode()],
    )
    with (folder / ANSWERS).open("ab") as answers:
        for location in work.locations:
            if location in done:
                continue
            try:
                answer = client.page(
                    f"{API}/locations/{location}", headers=headers, expect="application/json"
                ).json()
            except NotFetched as fault:
                if not fault.is_lasting:
                    raise
                yield fault
                continue
            # On one line, whatever line breaks the answer came with.
            kept = json.dumps(_without(answer, personal), ensure_ascii=False, separators=(",", ":"))
            answers.write(kept.encode() + b"\n")
            answers.flush()
        os.fsync(answers.fileno())
    (folder / ANSWERS).replace(path)
    _since(folder, work.end)
    (folder / UNDER_WAY).unlink()
    yield Fetched(path=path, url=f"{API}/locations", retrieved_at=dt.datetime.fromisoformat(work.end))


def changed_locations(client: Client, headers: dict[str, str], start: str, end: str) -> list[str]:
    """The numbers of the locations that changed between two moments, each once, in the interface's order."""
    found: dict[str, None] = {}
    number, pages = 1, 1
    while number <= pages:
        asked = {"startTimestamp": start, "endTimestamp": end, "page": number, "perPage": A_PAGE}
        page = client.page(
            f"{API}/changes/location?{urlencode(asked)}", headers=headers, expect="application/json"
        )
        said = page.json()
        changes = said.get("changes") if isinstance(said, dict) else None
        if not isinstance(changes, list) or not all(isinstance(each, str) for each in changes):
            raise NotFetched(page.url, "the interface has changed: a list “changes” of numbers was expected")
        found.update(dict.fromkeys(changes))
        pages = int(said.get("totalPages") or 1)
        if pages > MOST_PAGES:
            raise NotFetched(
                page.url, f"at most {MOST_PAGES} pages of changes were expected, and there are {pages}"
            )
        number += 1
    return list(found)


def _without(said: Any, keys: Collection[str]) -> Any:
    if isinstance(said, dict):
        return {key: _without(value, keys) for key, value in said.items() if key not in keys}
    return [_without(each, keys) for each in said] if isinstance(said, list) else said


def _new_work(client: Client, headers: dict[str, str], held: Held) -> Work:
    end = dt.datetime.now(dt.UTC).replace(microsecond=0)
    try:
        start = str(json.loads((held.folder / SINCE).read_text("utf-8"))["since"])
        dt.datetime.fromisoformat(start)
    except (OSError, ValueError, KeyError, TypeError):
        first = held.latest or end - dt.timedelta(days=FIRST_DAYS)
        start = _moment(first)
    return Work(start, _moment(end), changed_locations(client, headers, start, _moment(end)))


def _under_way(folder: Path) -> Work | None:
    try:
        kept = json.loads((folder / UNDER_WAY).read_text("utf-8"))
        return Work(str(kept["start"]), str(kept["end"]), [str(each) for each in kept["locations"]])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _done(path: Path) -> set[str]:
    """The locations that are answered. A last line that a kill cut off is taken away."""
    if not path.is_file():
        return set()
    whole, done = 0, set()
    with path.open("rb") as answers:
        for line in answers:
            try:
                done.add(str(json.loads(line)["locationId"]))
            except (ValueError, KeyError, TypeError):
                break
            if not line.endswith(b"\n"):
                break
            whole += len(line)
    os.truncate(path, whole)
    return done


def _since(folder: Path, end: str) -> None:
    save_whole(folder / SINCE, [json.dumps({"since": end}).encode() + b"\n"])


def _moment(when: dt.datetime) -> str:
    return when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
