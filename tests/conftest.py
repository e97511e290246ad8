"""What every test may use: the real files, where they are present."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# The real reports and tables, beside the checkout. CI always has them; a fresh clone may not.
SHARED = Path(__file__).parents[2] / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests that are marked `shared` where the real files are absent."""
    if SHARED.is_dir():
        return
    absent = pytest.mark.skip(reason="../shared, with the real reports and tables, is absent")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and tables; skips the test where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared, with the real reports and tables, is absent")
    return SHARED
