"""The house stands as drawn: what the import contracts in pyproject.toml cannot say is said here."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "oneplace"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)

# What an app shows to the others: reads, writes, what reads answer with and what goes wrong; and two reads that
# are packages of their own: the brief on a council, and the pack by which all of the evidence goes out and in. Of
# places also the postcodes, which are no tables of the database, and how names fold, which is no table at all.
PUBLIC = {"queries", "actions", "views", "errors", "brief", "pack", "postcodes", "names"}
APPS = sorted(path.parent.name for path in PACKAGE.glob("*/models"))

# Names that say where code is kept instead of what it does.
DRAWERS = {"utils", "util", "common", "core", "helpers", "helper", "interface", "misc", "shared", "base"}
LONGEST = 400


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Every module that a file imports, at the top or in a function: line and dotted name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                yield node.lineno, f"{node.module}.{name.name}"


def test_other_rooms_import_only_the_queries_actions_and_views_of_an_app() -> None:
    trespasses = []
    for path in MODULES:
        room = path.relative_to(PACKAGE).parts[0]
        for line, name in imports(path):
            parts = name.split(".")
            if len(parts) < 3 or parts[0] != "oneplace" or parts[1] not in APPS or parts[1] == room:
                continue
            if parts[2] not in PUBLIC:
                trespasses.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert trespasses == []


@pytest.mark.parametrize(
    "module", ["oneplace.cli", "oneplace.reading", "oneplace.sources", "oneplace.frameworks"]
)
def test_importing_what_works_without_a_database_does_not_import_django(module: str) -> None:
    program = f"import sys, {module}; sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{module} imports Django\n{done.stderr}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_fits_on_a_few_screens_and_is_named_for_what_it_does(path: Path) -> None:
    assert path.stem not in DRAWERS
    assert path.parent.name not in DRAWERS
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST, "past this it is two stories"


def test_every_room_is_a_package_that_the_import_contracts_can_see() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.rglob("*.py"))}
    without = sorted(room for room in rooms if not (PACKAGE / room / "__init__.py").is_file())
    assert without == []


def test_no_column_limits_how_long_words_are() -> None:
    # SQLite keeps no such limit: a publisher's long sentence would be refused by PostgreSQL only.
    limited = [
        str(field)
        for model in apps.get_models()
        if model.__module__.startswith("oneplace.")
        for field in model._meta.concrete_fields
        if getattr(field, "max_length", None) is not None
    ]
    assert limited == []
