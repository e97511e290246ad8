"""A chart as PNG, for those who cannot take SVG. With letters of its own: what fonts the machine has is no matter."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import resvg_py

# Source Sans Pro, by Adobe, under the SIL Open Font License: narrower than the fonts that the charts reckon with.
_FONT = "Source Sans Pro"
_FILES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")
WIDEST = 4_000


class NotDrawn(ValueError):
    """A picture could not be turned into a PNG: what is handed in is no SVG, or the width is out of bounds."""


def png_of(svg: str, width: int) -> bytes:
    """`svg` as a PNG of `width` px (1 to 4,000) on white, as high as its shape asks for. Raises `NotDrawn`."""
    if not 1 <= width <= WIDEST:
        raise NotDrawn(f"a PNG is 1 to {WIDEST:,} px wide, not {width:,}")
    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            background="#ffffff",
            skip_system_fonts=True,
            font_files=list(_fonts()),
            font_family=_FONT,
            sans_serif_family=_FONT,
        )
    except ValueError as error:
        raise NotDrawn(f"the picture cannot be drawn: {error}") from error
    return bytes(drawn)


@cache
def _fonts() -> tuple[str, ...]:
    folder = files("font_source_sans_pro").joinpath("files")
    return tuple(str(folder.joinpath(name)) for name in _FILES)
