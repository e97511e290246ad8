"""A chart with its words, the file that is made of it, and what a reader needs to use it elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from oneplace.charts.drawing import Picture
from oneplace.charts.standing_alone import size_of, standing_alone
from oneplace.website.as_at import AsAt
from oneplace.website.wording import day

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart: `drawn` for a page that has its heading, `file` to stand alone.

    `name` is its address without what comes before and after: "areas/haringey/children/history". `query` are the
    parameters that it depends on. `page` is where the site tells the same.
    """

    name: str
    query: str
    title: str
    description: str
    drawn: Picture
    file: str
    page: str
    source: str  # "Source: Ofsted."
    day: dt.date
    header: Row
    rows: tuple[Row, ...]


def told_at(page: str, site: str) -> str:
    """Where the site tells the same, as a picture has it printed."""
    return f"Oneplace: {site}{page.partition('?')[0]}"


def made(
    *,
    name: str,
    query: str,
    title: str,
    description: str,
    drawn: Picture,
    page: str,
    source: str,
    on: AsAt,
    site: str,
    header: Row,
    rows: tuple[Row, ...],
) -> Chart:
    """The chart with its file: heading, source, day and address printed in the picture."""
    file = standing_alone(
        drawn.wide,
        chart_id="chart",
        kind="alone",
        title=title,
        description=description,
        notes=(
            *([drawn.signs] if drawn.signs else []),
            source,
            f"As at {day(on.day)}. {told_at(page, site)}",
        ),
    )
    return Chart(
        name=name,
        query=query,
        title=title,
        description=description,
        drawn=drawn,
        file=file,
        page=page,
        source=source,
        day=on.day,
        header=header,
        rows=rows,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What a reader needs to use a chart elsewhere: the block "Share this picture"."""

    title: str
    svg: str
    png: str
    csv: str
    embed: str
    code: str  # HTML to paste


# How high the map in tiles is drawn, about, where it is not at hand.
MAP_HEIGHT = 860.0
# What a frame takes besides the picture: its heading, its source and a link.
AROUND = 150


def shared(
    title: str, name: str, query: str, absolute: Callable[[str], str], height: float | None = None
) -> Shared:
    """The addresses of a chart. `absolute` makes a whole address of a path; `height` is the drawing's, if known."""
    embed = f"/embed/{name}/{query}"
    tall = round((height or 480) + AROUND)
    code = (
        f'<iframe src="{_quoted(absolute(embed))}" title="{_quoted(title)}" width="100%" height="{tall}" '
        'loading="lazy" frameborder="0"></iframe>'
    )
    return Shared(
        title=title,
        svg=f"/charts/{name}.svg{query}",
        png=f"/charts/{name}.png{query}",
        csv=f"/charts/{name}.csv{query}",
        embed=embed,
        code=code,
    )


def shared_chart(found: Chart, absolute: Callable[[str], str]) -> Shared:
    """The same of a chart that is at hand."""
    return shared(found.title, found.name, found.query, absolute, size_of(found.drawn.wide).height)


def _quoted(words: str) -> str:
    return words.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
