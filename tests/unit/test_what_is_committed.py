"""What is committed depends on no machine, and copies no one else's sentences."""

from __future__ import annotations

import csv
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import ROOT

# Written in halves, so that this file does not find itself.
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry." + "npm",
    "deb." + "debian.org",
    "snapshot." + "debian",
]
PLACES = ["/wo" + "rk/", "/ro" + "ot/", "/tm" + "p/", "/ho" + "me/"]
WORDS = ["work" + "place", "sub" + "agent", "this " + "session"]

# Questions that HMICFRS asks of a police force: its words, which the record keeps as printed.
PRINTED = re.compile("(developing a positive|supporting the) work" + "place", re.IGNORECASE)

# As many words in a row as do not agree by chance.
RUN = 12


@cache
def committed() -> tuple[Path, ...]:
    """Every file that git keeps or is about to; the test is skipped where there is no git."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout")
    return tuple(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


@cache
def text_of(path: Path) -> str:
    """A file's text; of a Parquet file, all its strings; nothing of other binary files."""
    if path.suffix == ".parquet":
        strings = pl.read_parquet(path).select(pl.selectors.string())
        return "\n".join(str(value) for column in strings for value in column.unique() if value)
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def naming(needles: list[str]) -> Iterator[str]:
    pattern = re.compile("|".join(rf"(?<![\w.<~}}]){re.escape(needle)}" for needle in needles), re.IGNORECASE)
    for path in committed():
        for number, line in enumerate(text_of(path).splitlines(), start=1):
            if found := pattern.search(PRINTED.sub("", line)):
                yield f"{path.relative_to(ROOT)}:{number}: {found[0]}"


def test_no_package_index_is_named_so_that_a_mirror_works_as_well() -> None:
    pattern = re.compile("|".join(re.escape(host) for host in HOSTS), re.IGNORECASE)
    named = [str(path.relative_to(ROOT)) for path in committed() if pattern.search(text_of(path))]
    assert named == []


def test_no_path_of_one_machine_is_named() -> None:
    assert list(naming(PLACES)) == []


def test_nothing_speaks_of_where_it_was_written() -> None:
    # The pack has the addresses of other people's pages, in whatever words they are.
    assert [each for each in naming(WORDS) if not each.startswith("src/oneplace/pack/")] == []


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


@pytest.mark.shared
def test_no_sentence_of_an_inspectorate_is_committed(shared: Path) -> None:
    theirs: set[tuple[str, ...]] = set()
    for name, column in (("recommendations.csv", "text"), ("back_references.csv", "sentence")):
        with (shared / "reports" / "truth" / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                theirs |= runs(row[column])
    assert len(theirs) > 1000
    copied = {
        f"{path.relative_to(ROOT)}: {' '.join(sorted(same)[0])}"
        for path in committed()
        if (same := runs(text_of(path)) & theirs)
    }
    assert copied == set()


def test_locked_packages_have_hashes_and_cover_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    asked = [re.split(r"[^a-z0-9-]", line)[0] for line in wanted]
    assert "django" in asked
    assert "pytest" in asked
    lock = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    locked = re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE)
    assert set(asked) <= set(locked), "run script/lock --keep"
    for entry in re.split(r"\n(?=[a-z0-9])", lock)[1:]:
        assert "--hash=sha256:" in entry, entry
