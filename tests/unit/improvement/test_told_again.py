"""Which points come back, on sentences of our own."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from oneplace.improvement.told_again import Link, Report, subject, threads, told_again
from oneplace.records import ListKind, RecommendationRecord


def item(ordinal: int, text: str | None, kind: ListKind = "area_for_improvement") -> RecommendationRecord:
    return RecommendationRecord(ordinal=ordinal, list_kind=kind, text=text)


def report(year: int, *texts: str | None, kind: ListKind = "area_for_improvement") -> Report:
    date = dt.date(year, 1, 1)
    return Report(str(year), date, [item(n, text, kind) for n, text in enumerate(texts, start=1)])


def ends(link: Link) -> tuple[str, int, str, int]:
    return link.earlier.report, link.earlier.ordinal, link.later.report, link.later.ordinal


FOSTERED = "Find the children who are privately fostered, and visit them in time."
FOSTERING = "How private fostering is found out about."
DENTISTS = "More children in care should see a dentist."
TURNOVER = "Fewer changes of social worker, and lower caseloads."


def test_a_point_in_other_words_is_linked_and_the_reason_names_what_both_are_about() -> None:
    (link,) = told_again([report(2014, DENTISTS, FOSTERED, TURNOVER), report(2018, FOSTERING)])
    assert ends(link) == ("2014", 2, "2018", 1)
    assert link.reason == "both are about private fostering"
    assert link.topics == ("private_fostering",)
    assert "fostering" in link.words
    assert 0.4 < link.score <= 1


def test_points_on_different_things_are_not_linked_though_they_share_everyday_words() -> None:
    earlier = report(2014, "Improve the quality of dental care for children.")
    later = report(2018, "Improve the quality of the recording of work with children.")
    assert told_again([earlier, later]) == ()


def test_an_abbreviation_says_the_same_as_its_words() -> None:
    earlier = report(2014, DENTISTS, "IROs challenge too little.")
    later = report(2018, "The challenge brought by independent reviewing officers.")
    assert [ends(link) for link in told_again([earlier, later])] == [("2014", 2, "2018", 1)]


def test_reports_may_come_in_any_order_and_links_come_by_date() -> None:
    reports = [report(2023, FOSTERING), report(2014, FOSTERED), report(2018, FOSTERING)]
    assert [ends(link) for link in told_again(reports)] == [
        ("2014", 1, "2018", 1),
        ("2014", 1, "2023", 1),
        ("2018", 1, "2023", 1),
    ]


def test_a_point_does_not_come_back_within_a_report_or_on_the_same_day() -> None:
    same_day = Report("other", dt.date(2014, 1, 1), [item(1, FOSTERED)])
    assert told_again([report(2014, FOSTERED, FOSTERED), same_day]) == ()


def test_a_point_without_its_text_yields_nothing() -> None:
    assert told_again([report(2014, None), report(2018, None), report(2023, FOSTERING)]) == ()


def test_what_a_safeguarding_board_was_told_is_not_compared_with_what_a_council_was() -> None:
    assert told_again([report(2014, FOSTERED, kind="lscb_recommendation"), report(2018, FOSTERED)]) == ()


def test_one_limb_of_a_list_is_enough() -> None:
    later = report(2018, "Oversight of: – contacts at the front door – private fostering – advocacy.")
    (link,) = told_again([report(2014, DENTISTS, FOSTERED), later])
    assert link.reason == "both are about private fostering"


def test_words_alone_are_a_reason_where_no_topic_is_shared() -> None:
    text = "The standing order on umbrellas and galoshes."
    (link,) = told_again([report(2014, text), report(2018, text)])
    assert link.topics == ()
    assert link.reason.startswith("both say “")


def test_a_thread_runs_through_every_report_that_tells_it() -> None:
    links = told_again([report(2014, FOSTERED), report(2018, DENTISTS, FOSTERING), report(2023, FOSTERING)])
    (thread,) = threads(links)
    assert [ends(link) for link in thread] == [("2014", 1, "2018", 2), ("2018", 2, "2023", 1)]
    assert subject(thread) == "private fostering"


def test_a_thread_does_not_change_its_subject_on_the_way() -> None:
    both = "Private fostering arrangements, and whether children in care see a dentist."
    links = told_again([report(2014, FOSTERED), report(2018, both), report(2023, DENTISTS)])
    assert {("2014", 1, "2018", 1), ("2018", 1, "2023", 1)} <= {ends(link) for link in links}
    assert all(len(thread) == 1 for thread in threads(links))


SAYINGS = st.sampled_from([FOSTERED, FOSTERING, DENTISTS, TURNOVER, None, "", "Plans.", "– • –"])


@given(st.lists(st.lists(SAYINGS, max_size=4), max_size=5))
def test_links_go_forward_in_time_and_threads_are_made_of_them(reports: list[list[str | None]]) -> None:
    links = told_again([report(2010 + n, *texts) for n, texts in enumerate(reports)])
    assert all(link.earlier.published < link.later.published for link in links)
    assert len({(link.earlier, link.later) for link in links}) == len(links)
    for thread in threads(links):
        assert set(thread) <= set(links)
        assert all(one.later == other.earlier for one, other in pairwise(thread))
