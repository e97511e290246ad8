"""Rows that are written once: the record's and the statistics'.

The guard is here for whoever writes Python, and triggers in the database (a migration of each room) for
whoever writes SQL: an update of a written row is refused by both. Rows of a release that never became live
are nobody's yet; `remove_pending` is the one way to clear them away.
"""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models

_M = TypeVar("_M", bound="WriteOnce")


class WriteOnceQuerySet(models.QuerySet[_M]):
    """A query set that reads and adds, and does nothing else."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse: what is written stays as it was written."""
        raise self.model.refused("changed")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, like `update`."""
        raise self.model.refused("changed")

    def delete(self) -> NoReturn:
        """Refuse: what is published is superseded or corrected, not removed."""
        raise self.model.refused("removed")

    def remove_pending(self) -> int:
        """Remove rows that no live release has vouched for. The caller has chosen them by that."""
        return int(self._raw_delete(self.db))


class WriteOnce(models.Model):
    """A row that is added and never changed. Each room says with which error it refuses, and what to do instead."""

    refusal: ClassVar[type[Exception]]
    instead: ClassVar[str]

    objects = WriteOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; refuse to change one that is there."""
        if not self._state.adding:
            raise self.refused("changed")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse, like the query set."""
        raise self.refused("removed")

    @classmethod
    def refused(cls, verb: str) -> Exception:
        """The error for somebody who would have such a row "changed" or "removed"."""
        return cls.refusal(f"A {cls._meta.verbose_name} is never {verb}: {cls.instead}.")
