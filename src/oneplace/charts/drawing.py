"""The pen: escaped elements, and text that knows about how wide it will be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

Attribute = str | int | float | None

# What words are written in: a class for the page's stylesheet and a colour for where there is none.
INKS = {"ink": "#14202b", "quiet": "#4a5560", "on-strong": "#ffffff"}
RULE, PANEL = "#b8c2ca", "#f3f5f7"

# About how wide a letter of a system sans serif is, in ems, on the generous side so that text which is
# said to fit does fit in Segoe UI, Roboto, SF and DejaVu alike.
_NARROW = frozenset("iljtfrI.,:;'’‘|!()[] -–·")
_BROAD = frozenset("mwMWQO@%—&")
_EM_NARROW, _EM_BROAD, _EM_CAPITAL, _EM_OTHER = 0.36, 0.92, 0.70, 0.60


_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What a value may hold that its quotes cannot.
_SPECIAL = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture in its two shapes. `wide` is drawn for 800 px and more, `narrow` for a phone's 290 px.

    `signs` says what stands for words in the wide one, for where no page explains it; "" where nothing does.
    """

    wide: str
    narrow: str
    signs: str = ""


def number(value: float) -> str:
    """A coordinate with at most one decimal: shorter files, and the same bytes on every machine."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def _permitted(text: str) -> str:
    """`text` without the control characters that XML cannot carry in any spelling."""
    return _FORBIDDEN.sub("", text)


def _quoted(value: str | int | float) -> str:
    """A value of an attribute in its quotes. Most are numbers and plain words, which need no escaping."""
    if isinstance(value, float):
        return f'"{number(value)}"'
    shown = str(value)
    return quoteattr(_permitted(shown)) if _SPECIAL.search(shown) else f'"{shown}"'


def element(tag: str, attributes: Mapping[str, Attribute], content: str = "") -> str:
    """`<tag …>content</tag>`; values are escaped, None is left out, `content` is taken as SVG already."""
    written = "".join(
        [f" {name}={_quoted(value)}" for name, value in attributes.items() if value is not None]
    )
    return f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"


def _named(attributes: Mapping[str, Attribute]) -> dict[str, Attribute]:
    """Attribute names as SVG spells them: `stroke_width` is "stroke-width", `class_` is "class"."""
    return {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}


def rect(x: float, y: float, width: float, height: float, **attributes: Attribute) -> str:
    """A rectangle; attribute names use _ for -."""
    place = {"x": float(x), "y": float(y), "width": float(width), "height": float(height)}
    return element("rect", {**place, **_named(attributes)})


def path(d: str, **attributes: Attribute) -> str:
    """A path; attribute names use _ for -."""
    return element("path", {"d": d, **_named(attributes)})


def circle(x: float, y: float, radius: float, **attributes: Attribute) -> str:
    """A circle around (x, y); attribute names use _ for -."""
    return element("circle", {"cx": float(x), "cy": float(y), "r": float(radius), **_named(attributes)})


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 13,
    ink: str = "ink",
    weight: int | None = None,
    anchor: str | None = None,
    halo: bool = False,
) -> str:
    """Words with their baseline at (x, y), in one of INKS. `anchor` is "start", "middle" or "end".

    `halo` clears the paper around the letters where they stand on a line.
    """
    attributes: dict[str, Attribute] = {
        "class": f"chart__{ink}",
        "x": float(x),
        "y": float(y),
        "font-size": float(size),
        "font-weight": weight,
        "text-anchor": anchor,
        "fill": INKS[ink],
    }
    if halo:
        attributes |= {"stroke": "#ffffff", "stroke-width": 4, "paint-order": "stroke"}
    return element("text", attributes, escaped(words))


def column(
    x: float, middle: float, lines: list[str], *, size: float, leading: float = 1.18, **how: str | int | None
) -> str:
    """Lines of text of which the whole is centred on `middle`; `how` as for `text`."""
    ink, weight, anchor = how.get("ink") or "ink", how.get("weight"), how.get("anchor")
    first = middle - (len(lines) - 1) * size * leading / 2 + size * 0.36
    return "".join(
        text(
            x,
            first + index * size * leading,
            line,
            size=size,
            ink=str(ink),
            weight=int(weight) if weight else None,
            anchor=str(anchor) if anchor else None,
        )
        for index, line in enumerate(lines)
    )


def escaped(words: str) -> str:
    """Words as the content of an element."""
    return escape(_permitted(words))


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """About how many px `words` take at `size`, never much less than a browser will use."""
    ems = 0.0
    for letter in words:
        if letter in _NARROW:
            ems += _EM_NARROW
        elif letter in _BROAD:
            ems += _EM_BROAD
        elif letter.isupper():
            ems += _EM_CAPITAL
        else:
            ems += _EM_OTHER
    return ems * size * (1.15 if bold else 1.0)


def wrapped(words: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """`words` broken at spaces into lines no wider than `width`; one word alone may be wider."""
    lines: list[str] = []
    for word in words.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, bold=bold) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def fitted(words: str, width: float, size: float, most_lines: int, *, bold: bool = False) -> list[str] | None:
    """`wrapped`, or None where it takes too many lines or a word sticks out."""
    lines = wrapped(words, width, size, bold=bold)
    if not lines or len(lines) > most_lines:
        return None
    if any(text_width(line, size, bold=bold) > width for line in lines):
        return None
    return lines


def picture(
    *, chart_id: str, kind: str, title: str, description: str, width: float, height: float, content: str
) -> str:
    """The outer <svg>: an image with a name and a description for those who do not see it."""
    names = f"{chart_id}-title {chart_id}-desc"
    inside = (
        element("title", {"id": f"{chart_id}-title"}, escaped(title) or " ")
        + element("desc", {"id": f"{chart_id}-desc"}, escaped(description) or " ")
        + content
    )
    return element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"chart chart--{kind}",
            "viewBox": f"0 0 {number(width)} {number(height)}",
            "width": number(width),
            "height": number(height),
            "role": "img",
            "aria-labelledby": names,
            "font-family": "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Arial, sans-serif",
        },
        inside,
    )
