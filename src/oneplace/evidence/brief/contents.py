"""What a brief is made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from oneplace.evidence.views import SourceRef
from oneplace.records import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSource:
    """Where a fact stands. Without the day on which this store fetched it, which may be later than the brief."""

    release_id: str
    publisher: str
    title: str
    url: str | None
    sha256: str
    licence: str
    compiled_by: str | None
    page: int | None
    box: Box | None
    sheet: str | None
    row: int | None

    @property
    def words(self) -> str:
        """Title, whose table it is, and page or row."""
        parts = [self.title]
        if self.compiled_by:
            parts.append(f"compiled by {self.compiled_by}")
        if self.page is not None:
            parts.append(f"page {self.page}")
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if self.row is not None:
            parts.append(f"row {self.row}")
        return ", ".join(parts)


def source(ref: SourceRef) -> BriefSource:
    """A view's source, for a brief."""
    return BriefSource(
        release_id=ref.release_id,
        publisher=ref.publisher,
        title=ref.title,
        url=ref.url,
        sha256=ref.sha256,
        licence=ref.licence,
        compiled_by=ref.compiled_by,
        page=ref.address.page,
        box=ref.address.box,
        sheet=ref.address.sheet,
        row=ref.address.row,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One statement of the brief. `quote` is the inspectors' own sentence, where the store holds it."""

    text: str
    sources: tuple[BriefSource, ...] = ()
    quote: str | None = None
    anchor: str | None = None  # "/inspections/ofsted/haringey/2018-12-14/#improve-5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its facts. `absence` says what is not there, and why that is not the same as "no"."""

    key: str
    title: str
    facts: tuple[Fact, ...] = ()
    absence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """All that the record says about an area as at a date."""

    area_id: str
    name: str
    as_at: dt.date
    sections: tuple[Section, ...]

    def section(self, key: str) -> Section | None:
        """A section by its key."""
        return next((section for section in self.sections if section.key == key), None)
