"""A reading as JSON: one flat object a report, the keys and values that docs/reference/reading-json.md lists."""

from __future__ import annotations

from typing import Any

import msgspec

from oneplace.reading.archive import Outcome
from oneplace.reading.read import UnreadableReport
from oneplace.records import Address, InspectionRecord, Reading


def as_json(outcome: Outcome) -> str:
    """One line of JSON, without the line's end. An unreadable file has "error" in place of what it says."""
    if isinstance(outcome, UnreadableReport):
        error = {"kind": outcome.kind, "message": outcome.message}
        return _line({"path": outcome.path, "sha256": outcome.sha256, "error": error})
    return _line(as_object(outcome))


def _line(value: dict[str, Any]) -> str:
    return msgspec.json.encode(value).decode()


def as_object(reading: Reading) -> dict[str, Any]:
    """The reading as plain values: dates as "2018-12-14", boxes as [x0, y0, x1, y1]."""
    said: InspectionRecord = reading.inspection
    return {
        "path": reading.path,
        "sha256": reading.sha256,
        "publisher": said.publisher,
        "framework": said.framework,
        "form": said.form,
        "body": {"name": said.body.name},
        "title": said.title,
        "inspection_start": said.inspection_start,
        "inspection_end": said.inspection_end,
        "published": said.published,
        "lead_inspector": said.lead_inspector,
        "pages": said.pages,
        "judgements": [
            {
                "question": each.question,
                "question_key": each.question_key,
                "grade_printed": each.grade_printed,
                "grade": each.grade,
                **_place(each.address),
            }
            for each in said.judgements
        ],
        "improve": [
            {
                "ordinal": each.ordinal,
                "list_kind": each.list_kind,
                "text": each.text,
                "heading": each.heading,
                "subheading": each.subheading,
                "printed_number": each.printed_number,
                "responsible_body": each.responsible_body,
                **_place(each.address),
            }
            for each in said.improve
        ],
        "findings": [
            {"section": each.section, "paragraph": each.paragraph, "text": each.text, **_place(each.address)}
            for each in said.findings
        ],
        "looks_back": [
            {"text": each.text, "status": each.status, **_place(each.address)} for each in said.looks_back
        ],
        "problems": [
            {"kind": each.kind, "field": each.field, "message": each.message, **_place(each.address)}
            for each in said.problems
        ],
    }


def _place(address: Address) -> dict[str, Any]:
    return {"page": address.page, "box": address.box}
