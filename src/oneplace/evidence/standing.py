"""Whose word counts for more, where two releases speak of one inspection.

    0  this store's own correction, made by a person with a reason
    1  the inspectorate's own report, read from its PDF
    2  the facts of that report without its sentences: copied out and checked by hand, or out of a pack
    3  the inspectorate's official statistics
    4  a table that a third party compiled

A release is never discarded for its standing: what it says otherwise is kept as a difference.
"""

from __future__ import annotations

CORRECTION = 0
REPORT = 1
REPORT_FACTS = 2
OFFICIAL = 3
THIRD_PARTY = 4

# The source whose slots are reports, and the reader that only has facts copied out of them; every other
# source is a table about inspections.
REPORTS_SOURCE = "ofsted_reports"
REPORT_FACTS_READER = "ofsted_report_facts"
# What a reader's name ends with where a pack was made without the inspectorate's sentences.
FACTS_ONLY = " (facts only)"


def standing(source: str, reader: str, compiled_by: str | None) -> int:
    """The standing of a release, 1 the best. `compiled_by` is a third party's name, or None."""
    if REPORT_FACTS_READER in (source, reader) or reader.endswith(FACTS_ONLY):
        return REPORT_FACTS
    if source == REPORTS_SOURCE:
        return REPORT
    return THIRD_PARTY if compiled_by else OFFICIAL
