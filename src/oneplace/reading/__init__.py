"""A report's PDF → a Reading: judgements, what needs to improve, findings, and the page and box of each.

Pure: no Django, no network, no guess. `from oneplace.reading import read_report` works in a notebook.
"""

from oneplace.reading.read import READER_VERSION, UnreadableReport, read_report

__all__ = ["READER_VERSION", "UnreadableReport", "read_report"]
