"""One writer at a time."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from oneplace.evidence.writer import only_writer

pytestmark = pytest.mark.django_db


def test_what_went_wrong_while_writing_is_what_is_told() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), only_writer(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO evidence_attempt (id) VALUES (1)")


def test_who_writes_already_does_not_wait_for_itself() -> None:
    with only_writer(), transaction.atomic(), only_writer():
        pass
    with only_writer():
        pass
