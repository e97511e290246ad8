"""A made PDF, read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from oneplace.reading.read import read_report
from oneplace.records import InspectionRecord
from tests.pdfs.sheets import Sheets

Read = Callable[[Sheets | bytes], InspectionRecord]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write the sheets as a file and read it."""

    def _read(made: Sheets | bytes) -> InspectionRecord:
        path = tmp_path / "report.pdf"
        path.write_bytes(made if isinstance(made, bytes) else made.bytes())
        return read_report(path).inspection

    return _read
