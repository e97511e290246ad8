"""What the cells of an OpenDocument sheet hold, out of the XML of one row.

Each different piece of XML is understood once: the plain kinds by a pattern, all others by an XML parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.sax.saxutils import unescape

# Pieces that are kept understood, in bytes: a service's rows stand together, so few are met again later.
KEPT = 8_000_000
# The widest publication has 130 columns; an empty end of a row stands for up to 16,384.
MOST_COLUMNS = 1_000

_NAMES = {each: f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0" for each in ("office", "table", "text")}
_OFFICE, _TABLE, _TEXT = (f"{{{uri}}}" for uri in _NAMES.values())
_PLAIN = re.compile(
    rb"([^>\"'/]*(?:\"[^\"]*\"[^>\"'/]*)*)>(?:<text:p>([^<]*)</text:p>)?</table:table-cell>\s*"
)
_VALUE = re.compile(rb'\soffice:(value|date-value|time-value|boolean-value)="([^"&]*)"')
# Attributes with which a cell is not just its text.
_SAYS_MORE = re.compile(rb"-repeated|value=|value\s")
_USUAL = re.compile(rb"(?:[^&]|&(?:amp|lt|gt|quot|apos);)*")
_QUOTES = {"&quot;": '"', "&apos;": "'"}
_VALUES = tuple(_OFFICE + each for each in ("value", "date-value", "time-value", "boolean-value"))
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")


class NotUnderstood(ValueError):
    """XML that is no cell; the message says what was expected."""


class Cells(dict[bytes, tuple[str, ...]]):
    """A piece of XML, from behind one `<table:table-cell` to the next, → the text of the cells it holds.

    More than one where a cell is repeated, or covered by the one before. `NotUnderstood` where it is none.
    """

    def __init__(self, namespaces: bytes) -> None:
        """`namespaces`: the declarations of the document's root, as they stand there."""
        super().__init__()
        self._open = b"<row" + namespaces + b"><table:table-cell"
        self._bytes = 0
        self._plain: set[bytes] = set()  # attributes that say "a text" and nothing else
        self.blank: set[bytes] = set()  # pieces that hold nothing, as at the end of most rows

    def __missing__(self, piece: bytes) -> tuple[str, ...]:
        self._bytes += len(piece)
        if self._bytes > KEPT:
            self.clear()
            self._plain.clear()
            self.blank.clear()
            self._bytes = len(piece)
        cells = self[piece] = self._understood(piece)
        if not any(cells):
            self.blank.add(piece)
        return cells

    def _understood(self, piece: bytes) -> tuple[str, ...]:
        if plain := _PLAIN.fullmatch(piece):
            attributes, text = plain.groups(b"")
            if attributes not in self._plain and not _SAYS_MORE.search(attributes):
                self._plain.add(attributes)
            if attributes in self._plain and (b"&" not in text or _USUAL.fullmatch(text)):
                said = text.decode()
                return ((unescape(said, _QUOTES) if "&" in said else said).strip(),)
            if b"-repeated" not in attributes and (value := _VALUE.search(attributes)):
                return (_number(value[2].decode()) if value[1] == b"value" else value[2].decode(),)
        if b"<!" in piece:
            raise NotUnderstood("cells without comments or CDATA")
        try:
            row = ElementTree.fromstring(self._open + piece + b"</row>")
        except ElementTree.ParseError as fault:
            raise NotUnderstood("cells of well-formed XML") from fault
        return tuple(_each(row))


def _each(row: ElementTree.Element) -> Iterator[str]:
    for cell in row:
        if cell.tag not in _CELLS:
            raise NotUnderstood("nothing but cells in a row")
        repeated = _count(cell.get(_TABLE + "number-columns-repeated", "1"))
        text = _text(cell).strip()
        if text and repeated > MOST_COLUMNS:
            raise NotUnderstood(f"at most {MOST_COLUMNS:,} columns")
        yield from [text] * min(repeated, MOST_COLUMNS)


def _text(cell: ElementTree.Element) -> str:
    """What a cell holds: its value where it has one (dates and numbers as stored), else its paragraphs."""
    said = cell.get(_OFFICE + "string-value")
    if said is not None:
        return said
    for name in _VALUES:
        if (value := cell.get(name)) is not None:
            return _number(value) if name.endswith("}value") else value
    return "\n".join("".join(_words(each)) for each in cell if each.tag == _TEXT + "p")


def _words(element: ElementTree.Element) -> Iterator[str]:
    """The text of a paragraph: OpenDocument writes its spaces, tabs and line breaks as elements."""
    yield element.text or ""
    for each in element:
        if each.tag == _TEXT + "s":
            yield " " * min(_count(each.get(_TEXT + "c", "1")), MOST_COLUMNS)
        elif each.tag == _TEXT + "tab":
            yield "\t"
        elif each.tag == _TEXT + "line-break":
            yield "\n"
        elif each.tag != _OFFICE + "annotation":
            yield from _words(each)
        yield each.tail or ""


def _count(said: str) -> int:
    if not (said.isascii() and said.isdigit()) or len(said) > 18:
        raise NotUnderstood("cells that are repeated a whole number of times")
    return int(said)


def _number(stored: str) -> str:
    """A number in the shortest way that says the same: "12.3" for 12.30, "7" for 7.0."""
    try:
        number = float(stored)
    except ValueError:
        return stored
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
