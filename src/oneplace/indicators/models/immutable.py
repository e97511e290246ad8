"""Rows that are written once.

The guard is here for whoever writes Python, and a trigger in the database (migration 0002) for whoever
writes SQL. Values of a release that never became live are nobody's statistics yet; `remove_pending` is the
one way to clear them away.
"""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import models

from oneplace.indicators.errors import ValuesAreImmutable

_M = TypeVar("_M", bound=models.Model)


class WriteOnceQuerySet(models.QuerySet[_M]):
    """A query set that reads and adds, and does nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: what is written stays as it was written."""
        raise ValuesAreImmutable(_message(self.model, "changed"))

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, like `update`."""
        raise ValuesAreImmutable(_message(self.model, "changed"))

    def delete(self) -> NoReturn:
        """Refuse: what is published is superseded, not removed."""
        raise ValuesAreImmutable(_message(self.model, "removed"))

    def remove_pending(self) -> int:
        """Remove rows that no live release has vouched for. The caller has chosen them by that."""
        return int(self._raw_delete(self.db))


class WriteOnce(models.Model):
    """A row that is added and never changed."""

    objects = WriteOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to change one that is there."""
        if not self._state.adding:
            raise ValuesAreImmutable(_message(type(self), "changed"))
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, like the query set."""
        raise ValuesAreImmutable(_message(type(self), "removed"))


def _message(model: type[models.Model], verb: str) -> str:
    return f"A {model._meta.verbose_name} is never {verb}: publish a newer release of the statistics."
