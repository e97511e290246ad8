"""Whether two statements say the same: a hash of everything in them but where they stand."""

from __future__ import annotations

import hashlib

from oneplace.records import InspectionRecord


def fingerprint(record: InspectionRecord) -> str:
    """Sixteen hexadecimal digits, the same for two records that say the same of an inspection.

    Addresses and problems are left out, and so is the order of the judgements: next month's table has
    the same rating in another row. Only ever compared within one inspection, so 64 bits are plenty.
    """
    body = record.body
    said = (
        record.publisher, record.framework, body.name, body.urn, body.gss_code, body.kind, body.body_id,
        record.form, record.title, record.inspection_start, record.inspection_end, record.published,
        record.published_source, record.lead_inspector, record.pages, record.report_url, record.reference,
        record.date_precision,
        sorted(
            (
                each.subject, each.question_key, each.question, each.grade, each.grade_printed,
                -1.0 if each.score is None else each.score,
            )
            for each in record.judgements
        ),
        [
            (
                each.ordinal, each.list_kind, each.text, each.heading, each.subheading, each.printed_number,
                each.responsible_body,
            )
            for each in record.improve
        ],
        [(each.ordinal, each.section, each.text, each.paragraph) for each in record.findings],
        [(each.ordinal, each.text, each.status) for each in record.looks_back],
    )  # fmt: skip
    return hashlib.blake2b(repr(said).encode(), digest_size=8).hexdigest()
