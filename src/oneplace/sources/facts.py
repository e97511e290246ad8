"""Files in this package that complete a publication: what it leaves unsaid, each fact with where it was read."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def file_of_facts(name: str) -> bytes:
    """What is in a file of facts, by its name in this package."""
    return files("oneplace.sources").joinpath(name).read_bytes()


def facts_in(name: str) -> dict[str, Any]:
    """What a TOML file of facts says."""
    return tomllib.loads(file_of_facts(name).decode("utf-8"))
