"""A replaying site, and a client whose time is the test's own: nothing sleeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from oneplace.sources.polite.client import Limits, PoliteClient
from tests.integration.fetching.replay import Site, serving


@dataclass
class Time:
    """A clock that only moves when somebody sleeps, and keeps how long each sleep was."""

    seconds: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def now(self) -> dt.datetime:
        return dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC) + dt.timedelta(seconds=self.seconds - 1000)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    with serving(found):
        yield found


@pytest.fixture
def client(site: Site, time: Time) -> Iterator[PoliteClient]:
    with make_client(time) as made:
        yield made


def make_client(time: Time, contact: str = "", instead: Any = None, **limits: Any) -> PoliteClient:
    return PoliteClient(
        contact,
        limits=Limits(**limits),
        instead=instead,
        clock=time.clock,
        sleep=time.sleep,
        now=time.now,
        jitter=lambda: 0.5,
    )


MakeClient = Callable[..., PoliteClient]
