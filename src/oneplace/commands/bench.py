"""`oneplace bench`: how long things take, beside a reference measured in the same run on the same input."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import resource
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import pypdfium2 as pdfium
from rich import box
from rich.console import Console
from rich.table import Table

from oneplace.commands.bench_load import load
from oneplace.commands.bench_site import site
from oneplace.reading.archive import read_all, report_files
from oneplace.reading.read import UnreadableReport, read_report


@click.group()
def bench() -> None:
    """Measure speed and memory, beside a reference in the same run."""


bench.add_command(load)
bench.add_command(site)


@dataclass(frozen=True, slots=True)
class Run:
    """One timed pass: pages, processor seconds, wall-clock seconds and the process's peak memory in MB."""

    pages: int
    cpu: float
    wall: float
    memory: float


@bench.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--rounds",
    default=5,
    show_default=True,
    type=click.IntRange(1, 50),
    help="Passes of each, one after the other in turn.",
)
@click.option(
    "--files",
    default=60,
    show_default=True,
    type=click.IntRange(min=1),
    help="Take this many reports, evenly over the folder.",
)
def reading(folder: Path, rounds: int, files: int) -> None:
    """Bare text extraction by PDFium against the whole reading, on the reports of FOLDER."""
    found = [path for path in report_files(folder) if path.read_bytes()[:1024].find(b"%PDF-") >= 0]
    if not found:
        raise click.ClickException(f"{folder} has no PDF; give a folder of inspection reports")
    chosen = found[:: max(1, len(found) // files)][:files]
    console = Console(highlight=False)
    passes: dict[str, list[Run]] = {"bare extraction": [], "whole reading": []}
    for number in range(rounds):
        # The order alternates, so that neither gains from what the other left in the caches.
        pair = [("bare extraction", extract_bare), ("whole reading", read_whole)]
        for name, work in pair if number % 2 == 0 else reversed(pair):
            passes[name].append(in_a_process(work, chosen))
    bare, whole = passes["bare extraction"], passes["whole reading"]
    table = Table(
        box=box.SIMPLE_HEAD,
        title=f"{len(chosen)} reports, {bare[0].pages} pages, {rounds} rounds, one process each",
    )
    for column in ("", "CPU s (median)", "pages/s", "peak MB"):
        table.add_column(column, justify="right" if column else "left")
    for name, runs in passes.items():
        cpu = statistics.median(run.cpu for run in runs)
        table.add_row(
            name, f"{cpu:.2f}", f"{runs[0].pages / cpu:.0f}", f"{max(run.memory for run in runs):.0f}"
        )
    console.print(table)
    ratios = sorted(w.cpu / b.cpu for b, w in zip(bare, whole, strict=True))
    console.print(
        f"whole reading / bare extraction, pair by pair: median {statistics.median(ratios):.2f} "
        f"({ratios[0]:.2f} to {ratios[-1]:.2f}); goal at most 1.50"
    )
    alone, together = over_workers(chosen, 1), over_workers(chosen, None)
    console.print(
        f"wall-clock seconds over one worker {alone:.2f}, over one a core {together:.2f}: "
        f"{alone / together:.2f} times as fast"
    )


def in_a_process(work: Callable[[Sequence[Path]], int], paths: Sequence[Path]) -> Run:
    """The work in a process of its own, so that memory and caches are its own too."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_timed, args=(work, paths, theirs))
    process.start()
    run: Run = ours.recv()
    process.join()
    return run


def _timed(
    work: Callable[[Sequence[Path]], int],
    paths: Sequence[Path],
    answer: multiprocessing.connection.Connection,
) -> None:
    work(paths[:1])  # the library's and our modules are loaded, as in the second file of any archive
    cpu, wall = time.process_time(), time.perf_counter()
    pages = work(paths)
    answer.send(
        Run(
            pages=pages,
            cpu=time.process_time() - cpu,
            wall=time.perf_counter() - wall,
            memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        )
    )


def extract_bare(paths: Sequence[Path]) -> int:
    """Every page's text, and nothing else: the reference."""
    pages = 0
    for path in paths:
        document = pdfium.PdfDocument(path)
        for index in range(len(document)):
            page = document[index]
            text_page = page.get_textpage()
            text_page.get_text_range()
            text_page.close()
            page.close()
            pages += 1
        document.close()
    return pages


def read_whole(paths: Sequence[Path]) -> int:
    """Every report read."""
    pages = 0
    for path in paths:
        try:
            pages += read_report(path).inspection.pages or 0
        except UnreadableReport:
            continue
    return pages


def over_workers(paths: Sequence[Path], workers: int | None) -> float:
    """Wall-clock seconds to read the files with so many processes."""
    start = time.perf_counter()
    for _ in read_all(paths, workers):
        pass
    return time.perf_counter() - start
