"""The charts are well-formed, named, deterministic, and say nothing by colour alone."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.charts.distribution import Share, distribution
from oneplace.charts.drawing import fitted, text_width, wrapped
from oneplace.charts.grades import COLOURS, Grade, meter
from oneplace.charts.marks import Era, Mark, Row
from oneplace.charts.timeline import timeline

SVG = "{http://www.w3.org/2000/svg}"
GOOD = Grade(label="Good", short="G", rank=2)
POOR = Grade(label="Performs poorly", short="PP", rank=4)

words = st.text(max_size=40)
days = st.dates(dt.date(2005, 1, 1), dt.date(2030, 1, 1))
grades = st.builds(
    Grade,
    label=words,
    short=st.text(max_size=3),
    rank=st.none() | st.integers(-1, 7),
    ranks=st.integers(1, 6),
)


@st.composite
def histories(draw: st.DrawFn) -> dict[str, object]:
    starts = sorted(draw(st.lists(days, max_size=4)))
    eras = tuple(Era(name=draw(words), start=start, blank=draw(st.booleans())) for start in starts)
    eras_of_marks = st.none() | st.integers(0, max(len(eras) - 1, 0))
    marks = st.builds(
        Mark, at=days, label=words, grade=st.none() | grades, era=eras_of_marks, urgent=st.booleans()
    )
    rows = st.lists(
        st.builds(Row, label=words, marks=st.lists(marks, max_size=5).map(tuple)), max_size=3
    ).map(tuple)
    return {
        "chart_id": "t",
        "title": draw(words),
        "description": draw(words),
        "start": draw(days),
        "end": draw(days),
        "eras": eras,
        "rows": draw(rows),
        "other_rows": draw(rows),
    }


@given(histories())
def test_any_history_is_drawn_as_well_formed_svg_with_a_name_and_a_description(history: dict) -> None:
    drawn = timeline(**history)
    for shape in (drawn.wide, drawn.narrow):
        root = ET.fromstring(shape)
        assert root.get("role") == "img"
        ids = {each.get("id") for each in root.iter() if each.get("id")}
        assert set((root.get("aria-labelledby") or "").split()) == ids


@given(histories())
def test_no_rectangle_of_any_history_has_a_negative_size(history: dict) -> None:
    drawn = timeline(**history)
    for shape in (drawn.wide, drawn.narrow):
        for each in ET.fromstring(shape).iter(f"{SVG}rect"):
            assert float(each.get("width") or 0) >= 0
            assert float(each.get("height") or 0) >= 0


def test_the_same_history_is_drawn_the_same_each_time_and_the_two_shapes_share_no_id() -> None:
    def draw() -> tuple[str, str]:
        mark = Mark(at=dt.date(2018, 12, 14), label="Overall: Good", grade=GOOD, era=0)
        drawn = timeline(
            chart_id="history",
            title="History",
            description="One inspection.",
            start=dt.date(2009, 1, 1),
            end=dt.date(2026, 1, 1),
            eras=(Era(name="ILACS", start=dt.date(2018, 12, 14)),),
            rows=(Row(label="Overall", marks=(mark,)),),
        )
        return drawn.wide, drawn.narrow

    assert draw() == draw()
    wide, narrow = (ET.fromstring(shape) for shape in draw())
    assert not {e.get("id") for e in wide.iter()} - {None} & {e.get("id") for e in narrow.iter()} - {None}
    assert "Good" in {e.text for e in wide.iter(f"{SVG}text")}


def test_a_judgement_too_short_lived_for_its_words_is_shown_by_its_short_form() -> None:
    at = (dt.date(2014, 7, 18), dt.date(2014, 12, 1))
    drawn = timeline(
        chart_id="t",
        title="T",
        description="D",
        start=dt.date(2009, 1, 1),
        end=dt.date(2026, 1, 1),
        eras=(Era(name="SIF", start=at[0]),),
        rows=(
            Row(
                label="Overall",
                marks=(
                    Mark(at=at[0], label="first", grade=POOR, era=0),
                    Mark(at=at[1], label="second", grade=GOOD, era=0),
                ),
            ),
        ),
    )
    shown = [each.text for each in ET.fromstring(drawn.wide).iter(f"{SVG}text")]
    assert "PP" in shown
    assert "Performs poorly" not in shown
    assert drawn.signs == "PP: Performs poorly."  # the other one has room for its word


def test_the_signs_of_visits_are_told_with_the_picture() -> None:
    at = dt.date(2020, 1, 21)
    for urgent, told in (
        (False, "ring: a visit that gives no grade."),
        (True, "triangle: a visit that found something to be put right at once."),
    ):
        drawn = timeline(
            chart_id="t",
            title="T",
            description="D",
            start=dt.date(2019, 1, 1),
            end=dt.date(2021, 1, 1),
            other_rows=(Row(label="Visits", marks=(Mark(at=at, label="a visit", urgent=urgent),)),),
        )
        assert drawn.signs == told


def test_a_judgement_does_not_run_on_into_the_next_framework() -> None:
    eras = (Era(name="SIF", start=dt.date(2014, 1, 1)), Era(name="ILACS", start=dt.date(2018, 1, 1)))
    marks = (
        Mark(at=dt.date(2014, 1, 1), label="a", grade=GOOD, era=0),
        Mark(at=dt.date(2018, 1, 1), label="b", grade=GOOD, era=1),
    )
    drawn = timeline(
        chart_id="t",
        title="T",
        description="D",
        start=dt.date(2009, 1, 1),
        end=dt.date(2026, 1, 1),
        eras=eras,
        rows=(Row(label="Overall", marks=marks),),
    )
    root = ET.fromstring(drawn.wide)
    panels = [e for e in root.iter(f"{SVG}rect") if e.get("class") == "chart__panel"]
    held = [e for e in root.iter(f"{SVG}rect") if "chart__held" in (e.get("class") or "")]
    for bar, panel in zip(held, panels, strict=True):
        right = float(bar.get("x") or 0) + float(bar.get("width") or 0)
        assert right <= float(panel.get("x") or 0) + float(panel.get("width") or 0)


@pytest.mark.parametrize("ranks", [2, 3, 4, 5])
def test_each_grade_of_a_scale_has_a_meter_and_a_tone_of_its_own(ranks: int) -> None:
    scale = [Grade(label="x", rank=rank, ranks=ranks) for rank in range(1, ranks + 1)]
    filled = [meter(grade).count('fill="currentColor"') for grade in scale]
    assert filled == list(range(ranks, 0, -1))
    assert len({grade.tone for grade in scale}) == ranks


def test_a_grade_outside_the_scale_has_no_level() -> None:
    assert Grade(label="Not judged", rank=None).tone == "none"
    assert "rect" not in meter(Grade(label="Not judged", rank=None))


@given(st.lists(st.tuples(grades, st.integers(0, 200), st.integers(0, 200)), max_size=6))
def test_a_distribution_draws_one_square_for_each_authority(shares: list[tuple[Grade, int, int]]) -> None:
    given_shares = [Share(grade=g, count=max(c, n), named=min(c, n)) for g, c, n in shares]
    drawn = distribution(chart_id="d", title="T", description="D", shares=given_shares)
    for shape in (drawn.wide, drawn.narrow):
        paths = list(ET.fromstring(shape).iter(f"{SVG}path"))
        named = sum((p.get("d") or "").count("z") for p in paths if "chart__strong" in (p.get("class") or ""))
        unnamed = sum(
            (p.get("d") or "").count("z") for p in paths if "chart__unnamed" in (p.get("class") or "")
        )
        assert named == sum(share.named for share in given_shares)
        assert unnamed == sum(share.count - share.named for share in given_shares)


@given(st.text(alphabet="abcdefgh iWM", max_size=60), st.floats(20, 300), st.floats(9, 20))
def test_wrapping_keeps_every_word_and_what_fits_is_no_wider_than_asked(
    text: str, width: float, size: float
) -> None:
    assert " ".join(wrapped(text, width, size)).split() == text.split()
    for line in fitted(text, width, size, 3) or []:
        assert text_width(line, size) <= width


@pytest.mark.parametrize("tone", sorted(COLOURS))
def test_words_on_every_colour_meet_the_contrast_that_wcag_asks(tone: str) -> None:
    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    def contrast(one: str, other: str) -> float:
        light, dark = sorted((luminance(one), luminance(other)), reverse=True)
        return (light + 0.05) / (dark + 0.05)

    strong, tint = COLOURS[tone]
    assert contrast("#ffffff", strong) >= 4.5
    assert contrast("#14202b", tint) >= 4.5
    assert contrast(strong, tint) >= 3  # the edge of a bar


def a_year_of_ratings() -> tuple[ET.Element, ET.Element]:
    rated, visited = dt.date(2009, 12, 9), dt.date(2020, 1, 21)
    drawn = timeline(
        chart_id="t",
        title="T",
        description="D",
        start=dt.date(2009, 1, 1),
        end=dt.date(2026, 1, 1),
        eras=(
            Era(name="Annual rating", start=rated, end=dt.date(2010, 12, 10)),
            Era(name="Nothing held", start=dt.date(2010, 12, 10), blank=True),
        ),
        rows=(Row(label="Overall", marks=(Mark(at=rated, label="a", grade=POOR, era=0),)),),
        other_rows=(Row(label="Visits", marks=(Mark(at=visited, label="21 January 2020: Focused visit"),)),),
    )
    return ET.fromstring(drawn.wide), ET.fromstring(drawn.narrow)


def test_a_panel_of_one_year_has_its_name_and_holds_its_judgement() -> None:
    wide, _ = a_year_of_ratings()
    assert {"Annual", "rating"} <= {each.text for each in wide.iter(f"{SVG}text")}
    panel, blank = (
        next(e for e in wide.iter(f"{SVG}rect") if e.get("class") == kind)
        for kind in ("chart__panel", "chart__blank")
    )
    held = next(e for e in wide.iter(f"{SVG}rect") if "chart__held" in (e.get("class") or ""))

    def right(each: ET.Element) -> float:
        return float(each.get("x") or 0) + float(each.get("width") or 0)

    assert right(held) <= right(panel) < float(blank.get("x") or 0)


def test_a_visit_s_date_stands_once_on_a_phone_and_whole_for_one_who_points_at_it() -> None:
    wide, narrow = a_year_of_ratings()
    shown = [each.text for each in narrow.iter(f"{SVG}text")]
    assert shown.count("21 January 2020") == 1
    assert "Focused visit" in shown
    assert "21 January 2020: Focused visit" in {each.text for each in wide.iter(f"{SVG}title")}
