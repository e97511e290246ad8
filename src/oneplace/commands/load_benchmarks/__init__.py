"""The parts of `oneplace bench load`: one module each, found here by their being here.

A part has a function `measure(setting: Setting) -> Result`. It makes its own input (or takes the real file
from the folder of publications), does our work and the reference's in turn, each in a process of its own by
`in_a_process`, and says what both took. It never asserts.

    def measure(setting: Setting) -> Result:
        file = make_a_file(setting.work / "large.ods")
        ours, reference = in_turn(setting, (read_ours, file), (read_bare, file))
        return Result("A ratings table of 324,000 rows", rows=324_000, ours=ours, reference=reference,
                      reference_name="bare calamine", goal="under 60 s and 500 MB, within 2 times")

What `read_ours` and `read_bare` take and return crosses between processes: plain values, paths, numbers.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import resource
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """How to measure. `work` is an empty folder of the part's own, removed afterwards.

    `publications` is a folder with real publications, or None: then a part makes a file in the real layout.
    `rows` makes the file that a part makes as long as that, where it can; None is the length of the goal.
    """

    work: Path
    rounds: int = 3
    publications: Path | None = None
    rows: int | None = None

    def find(self, name: str) -> Path | None:
        """A real publication by its file name, anywhere in the folder of publications."""
        found = sorted(self.publications.rglob(name)) if self.publications else []
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Pass:
    """One timed pass: wall-clock and processor seconds, the process's peak memory in MB, what the work said."""

    seconds: float
    cpu: float
    memory: float
    said: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a part measured: a pass a round, ours and the reference's, and lines to print beneath the table."""

    title: str
    rows: int
    ours: Sequence[Pass]
    reference: Sequence[Pass]
    reference_name: str
    goal: str = ""
    notes: tuple[str, ...] = ()


class NotMeasured(Exception):
    """A part cannot measure here, and says why."""


Work = tuple[Any, ...]  # a function of a module's own and its arguments


def in_turn(setting: Setting, ours: Work, reference: Work) -> tuple[list[Pass], list[Pass]]:
    """Both, as often as there are rounds; who goes first alternates, so that neither gains from warm caches."""
    passes: tuple[list[Pass], list[Pass]] = ([], [])
    for number in range(setting.rounds):
        for which in (0, 1) if number % 2 == 0 else (1, 0):
            function, *arguments = (ours, reference)[which]
            passes[which].append(in_a_process(function, *arguments))
    return passes


def in_a_process(function: Callable[..., Any], *arguments: Any) -> Pass:
    """The work in a process of its own, so that its memory and its caches are its own too.

    Importing the module of `function` is not timed; what the function imports is, unless it says `ready`.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_timed, args=(function, arguments, theirs))
    process.start()
    theirs.close()
    try:
        answer = ours.recv()
    except EOFError:
        process.join()
        raise NotMeasured(f"{function.__name__} ended with status {process.exitcode}") from None
    process.join()
    if isinstance(answer, str):
        raise NotMeasured(answer)
    assert isinstance(answer, Pass)
    return answer


_began = (0.0, 0.0)  # of processor time and of the clock, in the process that is timed


def ready() -> None:
    """Time the function that calls it from here: what it needs is imported, and its record open."""
    global _began
    _began = time.process_time(), time.perf_counter()


def _timed(
    function: Callable[..., Any],
    arguments: tuple[Any, ...],
    answer: multiprocessing.connection.Connection,
) -> None:
    ready()
    try:
        said = function(*arguments)
    except Exception:
        answer.send(traceback.format_exc(limit=-3))
        return
    cpu, wall = _began
    answer.send(
        Pass(
            seconds=time.perf_counter() - wall,
            cpu=time.process_time() - cpu,
            memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            said=said,
        )
    )


def fresh_record(folder: Path) -> None:
    """Set Django up over an empty SQLite database in `folder`, in the process that calls it."""
    os.environ["ONEPLACE_HOME"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    from oneplace.commands.record import open_record

    open_record()
