"""Whatever a person can call or set is documented, and the documentation says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from docs.generate import HERE, PAGES, commands
from oneplace.cli import oneplace
from tests.conftest import ROOT

WRITTEN = sorted(path.relative_to(ROOT) for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
VARIABLE = re.compile(
    r"""(?:environ(?:\.get\(|\[)|getenv\(|_on\(|_megabytes\(|envvar=)["']([A-Z][A-Z_]+)["']"""
)


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_says_what_the_code_says(name: str) -> None:
    path = HERE / name
    assert path.is_file(), "run script/docs"
    assert path.read_text(encoding="utf-8") == PAGES[name](), "run script/docs"


def test_every_command_and_each_of_its_options_says_what_it_is_for() -> None:
    silent = []
    for name, command in commands(oneplace, "oneplace"):
        if not (command.help or "").strip():
            silent.append(name)
        for option in command.params:
            if isinstance(option, click.Option) and not option.hidden and not (option.help or "").strip():
                silent.append(f"{name} --{option.name}")
    assert silent == []


def test_every_environment_variable_that_the_product_reads_is_documented() -> None:
    read = {
        found
        for path in [*(ROOT / "src").rglob("*.py")]
        for found in VARIABLE.findall(path.read_text(encoding="utf-8"))
    }
    assert {"ONEPLACE_HOME", "DATABASE_URL", "PORT"} <= read
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert {name for name in read if f"`{name}`" not in page} == set()


def test_every_script_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    scripts = sorted(path.name for path in (ROOT / "script").iterdir() if path.is_file())
    assert [name for name in scripts if f"script/{name}" not in readme] == []


@pytest.mark.parametrize("page", WRITTEN, ids=str)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text)
    assert [link for link in links if not (ROOT / page.parent / link).exists()] == []


@pytest.mark.parametrize("page", WRITTEN, ids=str)
def test_every_command_in_the_pages_is_one_that_exists(page: Path) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    called = set(re.findall(r"^(?:\$ )?oneplace ([a-z-]+)", text, re.MULTILINE)) | set(
        re.findall(r"`oneplace ([a-z-]+)", text)
    )
    known = {name.split()[1] for name, _ in commands(oneplace, "oneplace") if " " in name}
    assert called - known == set()


def test_each_decision_says_what_was_decided_and_why() -> None:
    for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"):
        text = path.read_text(encoding="utf-8")
        for heading in ("# ", "## Why", "## What follows"):
            assert re.search(rf"^{heading}", text, re.MULTILINE), f"{path.name} has no “{heading}”"
