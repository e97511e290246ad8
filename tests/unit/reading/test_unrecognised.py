"""What no form recognises is not read, however much it sounds like a report."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from oneplace.reading.read import UnreadableReport
from tests.pdfs import others
from tests.pdfs.ilacs import Ilacs
from tests.pdfs.sheets import Sheets
from tests.unit.reading.conftest import Read


@pytest.mark.parametrize(
    "made", [others.childrens_home, others.school, others.monitoring_visit, others.minutes]
)
def test_another_kind_of_report_is_unrecognised_and_never_guessed(
    read: Read, made: Callable[[], Sheets]
) -> None:
    with pytest.raises(UnreadableReport) as refused:
        read(made())
    assert refused.value.kind == "unrecognised"


def test_a_report_without_its_first_page_is_unrecognised(read: Read) -> None:
    sheets = Ilacs().sheets()
    del sheets.pages[0], sheets.rules[0]
    with pytest.raises(UnreadableReport) as refused:
        read(sheets)
    assert refused.value.kind == "unrecognised"
