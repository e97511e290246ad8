"""The templates' environment: escaping on, GOV.UK Frontend's macros at hand, dates and grades in words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from oneplace.charts.grades import meter
from oneplace.charts.tally import tally
from oneplace.website import wording
from oneplace.website.area_services import edition_name
from oneplace.website.asked_queries import address_of
from oneplace.website.figures import MARKERS, shown
from oneplace.website.grades import chart_grade
from oneplace.website.judged import Tally, tally_words
from oneplace.website.links import passage_path, row_path
from oneplace.website.stacked import stacked
from oneplace.wording import as_precise

BUILT = Path(__file__).parent / "static" / "built"


class AssetsNotBuilt(Exception):
    """The stylesheet is made by `npm run build`, which `script/setup` runs; nobody has run it here."""


@cache
def _manifest() -> dict[str, str]:
    try:
        names: dict[str, str] = json.loads((BUILT / "manifest.json").read_text())
    except FileNotFoundError as error:
        raise AssetsNotBuilt(
            "the site's stylesheet is not built: run script/setup, or npm ci && npm run build"
        ) from error
    return names


def built(name: str) -> str:
    """The address of a built asset: "/static/built/site.3f2a9c1b7d20.css"."""
    return static(f"built/{_manifest()[name]}")


@cache
def grade_meter(framework: str, grade: str) -> Markup:
    """The small picture beside a grade's words."""
    return Markup(meter(chart_grade(framework, grade)))


@cache
def grade_tone(framework: str, grade: str) -> str:
    """The tone's name, a class in the stylesheet."""
    return chart_grade(framework, grade).tone


def tally_bar(counted: Sequence[Tally], width: float = 96.0) -> Markup:
    """The bar beside the words of a tally."""
    return Markup(tally([(each.grade, each.count) for each in counted], width))


def coded(words: str) -> Markup:
    """Words between backticks as code, as the documents of the sources have them."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(words))))


def capitalize_first(words: str) -> str:
    """A sentence's first letter large, after whatever sign or mark-up stands before it."""
    plain = str(words)
    place = next((at for at, _ in _texts(plain)), None)
    found = plain if place is None else plain[:place] + plain[place].upper() + plain[place + 1 :]
    return Markup(found) if isinstance(words, Markup) else found


def _texts(markup: str) -> Iterator[tuple[int, str]]:
    """The letters outside the tags, with their places."""
    inside = False
    for at, letter in enumerate(markup):
        if letter == "<":
            inside = True
        elif letter == ">":
            inside = False
        elif not inside and letter.isalpha():
            yield at, letter


def environment(**options: Any) -> Environment:
    """What Django's Jinja2 backend asks for."""
    options.update(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    options["loader"] = ChoiceLoader([FileSystemLoader(Path(__file__).parent / "templates")])
    found = Environment(**options)
    found.globals.update(
        built=built,
        grade_meter=grade_meter,
        grade_tone=grade_tone,
        url=reverse,
        debug=settings.DEBUG,
        passage=passage_path,
        row_path=row_path,
        markers=MARKERS,
        shown=shown,
        edition_name=edition_name,
        address_of=address_of,
        tally_bar=tally_bar,
        tally_words=tally_words,
    )
    found.filters.update(
        day=wording.day,
        month=wording.month,
        ago=wording.ago,
        counted=wording.counted,
        listed=wording.listed,
        thing=wording.thing,
        things=wording.things,
        as_precise=as_precise,
        stacked=stacked,
        capitalize_first=capitalize_first,
        coded=coded,
    )
    return found
