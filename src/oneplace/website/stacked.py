"""Wide tables on a narrow screen: each row a card, with the headings as labels; to a screen reader still a table.

The stylesheet takes the rows apart (`.stacks`), and some browsers then no longer tell that it is a table: so the
parts' roles are written out, and each cell carries the words of its column.
"""

import re
from html import escape, unescape

from markupsafe import Markup

_PART = re.compile(r"<(table|thead|tbody|tr|th|td)\b([^>]*)>")
_HEADING = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPAN = re.compile(r'\bcolspan="(\d+)"')
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}


def stacked(table: str) -> Markup:
    """The markup of one table, with roles, a label on each cell of one column, and the class `stacks`."""
    head = table.partition("<thead")[2].partition("</thead>")[0]
    labels = [" ".join(unescape(_TAG.sub("", words)).split()) for words in _HEADING.findall(head)]
    column, in_head = 0, False

    def part(found: re.Match[str]) -> str:
        nonlocal column, in_head
        tag, attributes = found.group(1), found.group(2)
        role = _ROLES.get(tag, "rowheader" if 'scope="row' in attributes else "columnheader")
        if tag in ("thead", "tbody"):
            in_head = tag == "thead"
        if tag == "tr":
            column = 0
        if tag == "table":
            attributes = attributes.replace('class="', 'class="stacks ', 1)
        if tag not in ("th", "td"):
            return f'<{tag} role="{role}"{attributes}>'
        span = _SPAN.search(attributes)
        wide = int(span.group(1)) if span else 1
        at, column = column, column + wide
        label = labels[at] if tag == "td" and wide == 1 and not in_head and at < len(labels) else ""
        told = f' data-label="{escape(label)}"' if label else ""
        return f'<{tag} role="{role}"{told}{attributes}>'

    return Markup(_PART.sub(part, table))
