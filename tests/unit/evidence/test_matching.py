"""Which inspection a statement is about."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.evidence import actions, among, queries
from oneplace.evidence.among import Among
from oneplace.evidence.matching import Candidate, Known, match, public_id
from oneplace.records import DatePrecision
from tests.unit.evidence.making import FETCHED, inspection, register, release

FAMILIES = ("ILACS", "SIF", "SIF-reinspection", "focused-visit", "area-SEND", "annual-rating")
days = st.dates(dt.date(2010, 1, 1), dt.date(2026, 1, 1))


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    start = draw(st.none() | days)
    length = dt.timedelta(days=draw(st.integers(0, 30)))
    wait = dt.timedelta(days=draw(st.integers(0, 120)))
    published = draw(st.none() | (st.just(start + length + wait) if start else days))
    return Candidate(
        publisher="ofsted",
        body_id=draw(st.sampled_from(["alder", "birch"])),
        family=draw(st.sampled_from(FAMILIES)),
        inspection_start=start,
        inspection_end=start + length if start else None,
        published=published,
        slot=draw(st.none() | st.tuples(st.just("reports"), st.sampled_from(["a.pdf", "b.pdf"]))),
        reference=draw(st.sampled_from(["", "", "1", "2"])),
        date_precision=draw(st.sampled_from(["day", "day", "month", "year"])),
    )


def known(candidate: Candidate, name: str = "known") -> Known:
    each = Known(name, candidate.key)
    each.learn(candidate)
    return each


def candidate(start: str | None, published: str | None, family: str = "ILACS") -> Candidate:
    begun = dt.date.fromisoformat(start) if start else None
    return Candidate(
        publisher="ofsted",
        body_id="alder",
        family=family,
        inspection_start=begun,
        inspection_end=begun + dt.timedelta(days=4) if begun else None,
        published=dt.date.fromisoformat(published) if published else None,
    )


@given(candidates())
def test_a_statement_with_any_date_or_place_is_about_its_own_inspection(one: Candidate) -> None:
    if one.family == "annual-rating" and one.published is None and one.slot is None and not one.reference:
        return
    if one.period is None and one.published is None and one.slot is None and not one.reference:
        return
    assert match(one, [known(one)]) is not None


@given(candidates(), candidates())
def test_other_bodies_and_kinds_are_never_the_same_inspection(one: Candidate, other: Candidate) -> None:
    if one.key != other.key:
        assert match(one, [known(other)]) is None


@given(candidates(), candidates())
def test_whether_two_statements_match_does_not_depend_on_which_came_first(
    one: Candidate, other: Candidate
) -> None:
    assert (match(one, [known(other)]) is None) == (match(other, [known(one)]) is None)


@given(st.lists(candidates(), max_size=12))
def test_new_inspections_never_get_a_name_that_another_has(several: list[Candidate]) -> None:
    taken: set[str] = set()
    for each in several:
        name = public_id(each, taken)
        assert name not in taken
        taken.add(name)


@given(candidates())
def test_a_name_is_the_same_for_the_same_statement(one: Candidate) -> None:
    assert public_id(one, set()) == public_id(one, set())


def test_a_table_with_only_the_first_day_matches_the_report_of_two_weeks() -> None:
    report = Candidate(
        publisher="ofsted", body_id="alder", family="ILACS",
        inspection_start=dt.date(2018, 10, 29), inspection_end=dt.date(2018, 11, 9),
    )  # fmt: skip
    assert match(candidate("2018-10-29", "2018-12-14"), [known(report)])


def test_a_focused_visit_is_not_the_full_inspection_of_the_same_day() -> None:
    full = known(candidate("2018-10-29", "2018-12-14"))
    assert match(candidate("2018-10-29", "2018-12-14", "focused-visit"), [full]) is None


def test_two_visits_published_on_one_day_after_different_fieldwork_stay_two() -> None:
    first = known(candidate("2019-05-01", "2019-07-01", "focused-visit"))
    assert match(candidate("2019-06-10", "2019-07-01", "focused-visit"), [first]) is None


def test_a_period_misprinted_to_another_year_does_not_make_another_inspection() -> None:
    printed = known(candidate("2017-10-29", "2018-12-14"))
    assert match(candidate("2018-10-29", "2018-12-14"), [printed])


def test_a_reinspection_is_a_single_inspection_of_another_name() -> None:
    sif = known(candidate("2016-10-29", "2016-12-14", "SIF"))
    assert match(candidate("2016-10-29", "2016-12-14", "SIF-reinspection"), [sif])


def test_a_rating_given_again_three_months_later_is_another_rating() -> None:
    first = known(candidate(None, "2010-12-09", "annual-rating"))
    assert match(candidate(None, "2010-12-20", "annual-rating"), [first])
    assert match(candidate(None, "2011-02-28", "annual-rating"), [first]) is None


def test_names_tell_date_and_kind_and_then_count() -> None:
    full, again = candidate("2018-10-29", "2018-12-14"), candidate("2018-05-01", "2018-12-14")
    assert public_id(full, set()) == "ofsted/alder/2018-12-14"
    assert public_id(again, {"ofsted/alder/2018-12-14"}) == "ofsted/alder/2018-12-14-ilacs"
    taken = {"ofsted/alder/2018-12-14", "ofsted/alder/2018-12-14-ilacs"}
    assert public_id(again, taken) == "ofsted/alder/2018-12-14-ilacs-2"
    letter = candidate("2018-12-01", "2018-12-14", "focused-visit")
    assert public_id(letter, set()) == "ofsted/alder/2018-12-14-focused-visit"
    assert public_id(candidate("2018-10-29", None), set()) == "ofsted/alder/2018-11-02"


@pytest.mark.parametrize(
    ("family", "precision", "dates", "name"),
    [
        ("healthy-prison", "month", ("2018-08-01", "2018-08-31", None), "2018-08"),
        ("healthy-prison", "year", ("2016-01-01", "2016-12-31", None), "2016"),
        ("healthy-prison", "year", ("2016-01-01", "2017-12-31", None), "2016-17"),
        ("PEEL", "month", (None, None, "2019-09-30"), "2019-09-peel"),
        ("PEEL", "round", ("2018-05-01", "2020-12-31", None), "2018-19-peel"),
        ("PEEL", "round", ("2016-04-01", "2017-04-30", None), "2016-peel"),
        ("FRS", "round", ("2023-02-01", None, None), "2023-25-fire"),
        ("healthy-prison", "day", (None, None, None), "undated"),
    ],
)
def test_a_name_never_tells_a_day_that_nobody_gave(
    family: str, precision: DatePrecision, dates: tuple[str | None, str | None, str | None], name: str
) -> None:
    start, end, published = (dt.date.fromisoformat(day) if day else None for day in dates)
    one = Candidate(
        publisher="inspectors",
        body_id="alder",
        family=family,
        inspection_start=start,
        inspection_end=end,
        published=published,
        date_precision=precision,
    )
    assert public_id(one, set()) == f"inspectors/alder/{name}"


@given(st.lists(candidates(), max_size=40), candidates(), st.integers(0, 6))
def test_finding_among_many_finds_what_looking_at_each_finds(
    several: list[Candidate], one: Candidate, few: int
) -> None:
    """Whether they are looked at one by one or by way of an index, from whichever number on."""
    known_of_key: dict[str, Known] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(among, "FEW", few)
        found_by_index = Among()
        for number, other in enumerate(several):
            each = replace(other, body_id=one.body_id, family=one.family)
            # Some statements are about an inspection that is known, and tell more of it.
            name = f"n{number % 5}"
            known_of_key.setdefault(name, Known(name, one.key)).learn(each)
            found_by_index.learn(name, each)
        expected = match(one, known_of_key.values())
        found = found_by_index.match(one)
    assert (found and found.public_id) == (expected and expected.public_id)


def numbered(reference: str, start: str | None = "2018-10-29") -> Candidate:
    return replace(candidate(start, "2018-12-14"), reference=reference)


def test_two_ratings_of_one_day_with_numbers_of_their_own_are_two() -> None:
    assert match(numbered("8"), [known(numbered("7"))]) is None
    assert match(numbered("7", None), [known(numbered("7"))])


def test_a_statement_without_a_number_is_matched_by_its_dates() -> None:
    assert match(numbered(""), [known(numbered("7"))])
    assert match(numbered("7"), [known(numbered(""))])


def test_two_rounds_one_after_the_other_are_two_and_a_day_within_one_is_of_it() -> None:
    def year(first: int) -> Candidate:
        begun, ended = dt.date(first, 4, 1), dt.date(first + 1, 3, 31)
        return replace(
            candidate(None, None), inspection_start=begun, inspection_end=ended, date_precision="round"
        )

    assert match(year(2019), [known(year(2018))]) is None
    assert match(year(2018), [known(year(2018))])
    assert match(replace(candidate("2018-09-03", None)), [known(year(2018))])
    assert match(replace(candidate("2019-04-08", None)), [known(year(2018))]) is None


def test_a_numbered_row_that_was_published_very_late_is_still_of_its_days() -> None:
    """Three adoption agencies' inspections of February 2015 came out in October, and an older table has no date."""
    older = known(candidate("2015-02-03", None, "social-care"))
    late = replace(candidate("2015-02-04", "2015-10-22", "social-care"), reference="10900001")
    assert match(late, [older]) is older
    assert match(replace(late, reference=""), [older]) is None
    before = replace(late, published=dt.date(2015, 1, 22))
    assert match(before, [older]) is None


@pytest.mark.django_db
def test_two_ratings_of_one_day_stay_two_in_the_record_and_those_of_another_day_are_others() -> None:
    register()
    days = ("2019-01-01", "2021-05-05")
    said = [
        replace(
            inspection(date, None, None, framework="CQC-local-authority", grade=grade),
            reference=f"{date}/{number}",
        )
        for date in days
        for number, grade in ((1, "good"), (2, "inadequate"))
    ]
    published = actions.publish_release(release(source="cqc_ratings", publisher="cqc"), said)
    assert published.counts.new_inspections == 4
    found = queries.of_body("alder")
    assert sorted((str(one.published), one.overall.grade) for one in found if one.overall) == [
        ("2019-01-01", "good"),
        ("2019-01-01", "inadequate"),
        ("2021-05-05", "good"),
        ("2021-05-05", "inadequate"),
    ]
    assert all(not one.differences for one in found)
    again = actions.publish_release(
        release(
            content="again", source="cqc_ratings", publisher="cqc", retrieved_at=FETCHED + dt.timedelta(1)
        ),
        said[::-1],
    )
    assert again.counts.new_inspections == 0
