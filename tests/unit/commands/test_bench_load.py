"""The table of `oneplace bench load`, and how its parts measure: each pass in a process of its own."""

from __future__ import annotations

import math
import os
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner

from oneplace.commands import bench_load, load_benchmarks
from oneplace.commands.bench import bench
from oneplace.commands.load_benchmarks import NotMeasured, Pass, Result, Setting, in_a_process, in_turn


def test_a_pass_is_timed_in_a_process_of_its_own_and_says_what_the_work_said() -> None:
    done = in_a_process(os.getpid)
    assert done.said != os.getpid()
    slept = in_a_process(time.sleep, 0.2)
    assert slept.seconds >= 0.2
    assert slept.cpu < 0.2
    assert slept.memory > 1


def test_work_that_fails_or_dies_is_not_measured_and_says_why() -> None:
    with pytest.raises(NotMeasured, match="math domain error"):
        in_a_process(math.sqrt, -1)
    with pytest.raises(NotMeasured, match="status 7"):
        in_a_process(os._exit, 7)


def test_who_goes_first_alternates() -> None:
    setting = Setting(Path(), rounds=3)
    ours, reference = in_turn(setting, (time.monotonic,), (time.monotonic,))
    ours_first = [one.said < other.said for one, other in zip(ours, reference, strict=True)]
    assert ours_first == [True, False, True]


def test_a_real_publication_is_found_anywhere_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "dfe").mkdir()
    (tmp_path / "dfe" / "values.parquet").touch()
    setting = Setting(tmp_path, publications=tmp_path)
    assert setting.find("values.parquet") == tmp_path / "dfe" / "values.parquet"
    assert setting.find("other.parquet") is None
    assert Setting(tmp_path).find("values.parquet") is None


def test_every_part_can_measure() -> None:
    for name in bench_load.parts():
        module = __import__(f"{load_benchmarks.__name__}.{name}", fromlist=["measure"])
        assert callable(module.measure)
    assert "lait" in bench_load.parts()


def part(measured: Result | NotMeasured, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a part in the place of that of the tool's."""
    module = ModuleType("part")

    def measure(setting: Setting) -> Result:
        assert setting.work.is_dir()
        if isinstance(measured, NotMeasured):
            raise measured
        return measured

    module.measure = measure  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, f"{load_benchmarks.__name__}.lait", module)


def test_the_table_has_medians_and_the_ratio_of_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    passes = [Pass(seconds=seconds, cpu=seconds, memory=100) for seconds in (2.0, 9.0, 4.0)]
    bare = [Pass(seconds=seconds, cpu=seconds, memory=50) for seconds in (1.0, 3.0, 2.0)]
    part(
        Result(
            title="Many values", rows=641_070, ours=passes, reference=bare, reference_name="bare reading",
            goal="within 3 times", notes=("a note",),
        ),
        monkeypatch,
    )  # fmt: skip
    result = CliRunner().invoke(bench, ["load", "lait"])
    assert result.exit_code == 0
    assert "641,070" in result.output
    for figure in ("4.00", "2.00", "100", "50"):
        assert figure in result.output
    assert "median 2.00 (2.00 to 3.00); goal" in result.output
    assert "a note" in result.output


def test_a_part_that_cannot_measure_says_why_and_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    part(NotMeasured("give a folder"), monkeypatch)
    result = CliRunner().invoke(bench, ["load", "lait"])
    assert result.exit_code == 0
    assert "lait: not measured: give a folder" in result.output
