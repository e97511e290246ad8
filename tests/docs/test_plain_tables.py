"""The page on plain tables shows a file that is accepted, and every key that one may have."""

from __future__ import annotations

import re

import msgspec
import pytest

from oneplace.sources import plain_definition
from oneplace.sources.periods import LAST_DAY
from oneplace.sources.plain_definition import Definition, definition
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "reference" / "plain-tables.md").read_text("utf-8")
FORMS = [
    value
    for value in vars(plain_definition).values()
    if isinstance(value, type) and issubclass(value, msgspec.Struct) and value.__struct_fields__
]


def _example() -> str:
    found = re.search(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_is_a_definition_that_is_accepted() -> None:
    found = definition("made_bins.toml", _example().encode())
    assert found.name == "made_bins"
    assert [measure.key for measure in found.measures()] == ["bins-emptied"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_key_of_the_form_is_on_the_page(form: type[msgspec.Struct]) -> None:
    assert Definition in FORMS
    missing = [
        name
        for name in form.__struct_fields__
        if not re.search(rf"(^|[\s\[{{(`.]){name}\b", PAGE, re.MULTILINE)
    ]
    assert missing == []


def test_every_kind_of_year_is_on_the_page() -> None:
    assert [year for year in LAST_DAY if f"`{year}`" not in PAGE] == []
