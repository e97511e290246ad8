"""What the publications of the Care Quality Commission say, in the cases that a table of faults cannot put."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from oneplace.records import BodyRecord, InspectionRecord, Record
from oneplace.sources import SourceError, cqc_answers, sources
from oneplace.sources.cqc_names import public_name
from oneplace.sources.fetching import Fetched, NotFetched, Page
from oneplace.sources.source import retrieved_at
from tests.sources.making import Table, write
from tests.sources.publications import cqc_api, cqc_local_authorities, cqc_ratings

RATINGS = cqc_ratings.PUBLICATION
LOCATIONS = (RATINGS.main, "Locations")


def parsed(name: str, path: Path) -> tuple[list[BodyRecord], list[InspectionRecord]]:
    records: list[Record] = list(sources()[name].parse(path))
    return (
        [each for each in records if isinstance(each, BodyRecord)],
        [each for each in records if isinstance(each, InspectionRecord)],
    )


def rated(inspection: InspectionRecord) -> dict[tuple[str, str], str]:
    return {(each.subject, each.question_key): each.grade for each in inspection.judgements}


@pytest.fixture
def ratings(tmp_path: Path) -> Path:
    return write(RATINGS.tables, RATINGS.main, tmp_path)


def test_the_rows_of_a_location_with_one_date_are_one_inspection(ratings: Path) -> None:
    _, inspections = parsed("cqc_ratings", ratings)
    surgery = next(each for each in inspections if each.body.body_id == "1-900000002")
    assert rated(surgery) == {
        ("", "overall"): "good",
        ("Older people", "safe"): "inadequate",
        ("Older people", "effective"): "insufficient_evidence",
    }
    assert (surgery.framework, surgery.published) == ("CQC-health", dt.date(2024, 2, 5))
    assert "earlier registration" in surgery.title
    assert [each.address.row for each in surgery.judgements] == [8, 9, 10]


def test_two_ratings_of_one_day_stay_two_and_are_told(ratings: Path) -> None:
    _, inspections = parsed("cqc_ratings", ratings)
    home = [each for each in inspections if each.body.body_id == "1-900000001"]
    assert [(each.published, each.reference, rated(each)[("", "overall")]) for each in home[1:]] == [
        (dt.date(2019, 10, 31), "2019-10-31/1", "requires_improvement"),
        (dt.date(2019, 10, 31), "2019-10-31/2", "good"),
    ]
    assert [len(each.problems) for each in home] == [0, 1, 1]


def test_two_ratings_of_one_day_keep_their_references_when_the_file_puts_them_the_other_way(
    tmp_path: Path,
) -> None:
    def references(first: int, second: int) -> dict[str, str]:
        tables = {key: list(table) for key, table in RATINGS.tables.items()}
        rows = tables[LOCATIONS]
        rows[first], rows[second] = rows[second], rows[first]
        # Only the two overall ratings of that day are left.
        tables[LOCATIONS] = [row for n, row in enumerate(rows) if n not in (3, 4)]
        _, inspections = parsed("cqc_ratings", write(tables, RATINGS.main, tmp_path))
        return {
            each.reference: rated(each)[("", "overall")]
            for each in inspections
            if each.published == dt.date(2019, 10, 31)
        }

    assert references(2, 2) == references(2, 6)
    assert set(references(2, 6)) == {"2019-10-31/1", "2019-10-31/2"}


def test_a_few_ratings_may_be_alike_and_a_doubled_file_is_refused(tmp_path: Path) -> None:
    def doubled(times: int) -> Path:
        tables = {key: list(table) for key, table in RATINGS.tables.items()}
        tables[LOCATIONS] += [tables[LOCATIONS][2]] * times
        return write(tables, RATINGS.main, tmp_path)

    _, inspections = parsed("cqc_ratings", doubled(1))
    assert [each.reference for each in inspections if each.published == dt.date(2019, 10, 31)] == [
        "2019-10-31/1",
        "2019-10-31/2",
        "2019-10-31/3",
    ]
    with pytest.raises(SourceError, match="each rating once"):
        parsed("cqc_ratings", doubled(60))


def test_older_editions_call_the_domain_key_question_and_have_no_banner(tmp_path: Path) -> None:
    def older(table: Table) -> Table:
        header = ["Key Question" if each == "Domain" else each for each in table[1]]
        return [header, *table[2:]]

    tables = {key: older(table) for key, table in RATINGS.tables.items()}
    records = list(sources()["cqc_ratings"].parse(write(tables, RATINGS.main, tmp_path)))
    assert len(records) == RATINGS.records


def test_a_provider_who_is_a_person_is_named_by_number_without_a_postcode(ratings: Path) -> None:
    bodies, _ = parsed("cqc_ratings", ratings)
    names = {each.body_id: (each.name, each.postcode) for each in bodies if each.kind == "care_provider"}
    assert names == {
        "1-800000001": ("Provider 1-800000001", None),
        "1-800000002": ("Larkspur Medical Limited", None),
        "1-800000003": ("Provider 1-800000003", None),
        "rzz": ("Made Up Hospitals NHS Foundation Trust", "LS1 1QQ"),
    }


@pytest.mark.parametrize(
    ("name", "ownership", "is_withheld"),
    [
        ("Mrs Ada Quillfeather", "", True),
        ("Dr. Z Quillfeather & Partners", "", True),
        ("Dr Quillfeather Limited", "", False),
        ("Zebedee Quillfeather", "", True),
        ("Zebedee Quillfeather", "Organisation", False),
        ("Quillfeather House", "", False),
        ("Quillfeather House", "Individual", True),
        ("Quillfeather", "", False),
        ("", "", True),
    ],
)
def test_a_name_that_may_be_a_persons_is_withheld(name: str, ownership: str, is_withheld: bool) -> None:
    assert public_name(name, "1-800000001", ownership) == (
        "Provider 1-800000001" if is_withheld else name,
        is_withheld,
    )


@pytest.mark.parametrize(
    ("source", "name", "as_at"),
    [
        ("cqc_ratings", "01_November_2025_Latest_ratings.ods", dt.date(2025, 11, 1)),
        ("cqc_ratings", "3_March_2020_Latest_ratings.ods", dt.date(2020, 3, 3)),
        ("cqc_directory", "02_October_2026_HSCA_Active_Locations.ods", dt.date(2026, 10, 2)),
        ("cqc_directory", "HSCA_Active_Locations_1_February_2021.ods", dt.date(2021, 2, 1)),
    ],
)
def test_an_edition_is_known_by_the_date_in_its_name(source: str, name: str, as_at: dt.date) -> None:
    assert sources()[source].accepts(Path(name))
    assert sources()[source].as_at(Path(name)) == as_at


def test_other_downloads_of_the_commission_are_not_taken_for_ratings() -> None:
    for name in (
        "01_October_2025_Deactivated_Locations.ods",
        "Latest_ratings.ods",
        "07_October_2025_CQC_directory.csv",
    ):
        assert not sources()["cqc_ratings"].accepts(Path(name))


class Downloads:
    """A client whose page of downloads has these links."""

    def __init__(self, *links: str) -> None:
        self.links, self.saved = links, [("", Path())][:0]

    def page(self, url: str, **_: Any) -> Page:
        content = "".join(f'<a href="{link}">A file</a>' for link in self.links)
        return Page(url=url, status=200, content=content.encode())

    def file(self, url: str, path: Path, *, expect: str = "", **_: Any) -> Fetched:
        assert expect == "PK"
        self.saved.append((url, path))
        return Fetched(path=path, url=url, retrieved_at=dt.datetime(2025, 11, 2, tzinfo=dt.UTC))


class Nothing:
    folder = Path("files")


def test_the_newest_ratings_on_the_page_of_downloads_are_fetched_under_their_own_name() -> None:
    client = Downloads(
        "/sites/default/files/01_October_2025_HSCA_Active_Locations.ods",
        "/sites/default/files/03_November_2025_Latest_ratings.ods",
        "/sites/default/files/01_October_2025_Latest_ratings.ods?x=1",
    )
    fetched = list(sources()["cqc_ratings"].fetch(client, Nothing()))  # type: ignore[arg-type]
    link = "https://www.cqc.org.uk/sites/default/files/03_November_2025_Latest_ratings.ods"
    assert client.saved == [(link, Path("files/03_November_2025_Latest_ratings.ods"))]
    assert len(fetched) == 1


def test_a_page_of_downloads_without_the_file_is_told() -> None:
    with pytest.raises(NotFetched, match="no link to a file"):
        list(sources()["cqc_directory"].fetch(Downloads("/about"), Nothing()))  # type: ignore[arg-type]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    return _answers(tmp_path, cqc_api.HOME, cqc_api.SURGERY, cqc_api.ASSESSED)


def _answers(folder: Path, *said: object) -> Path:
    path = folder / cqc_api.FILE
    path.write_text("".join(json.dumps(each) + "\n" for each in said), "utf-8")
    return path


def test_ratings_are_gathered_by_the_report_they_come_from(answers: Path) -> None:
    _, inspections = parsed("cqc_api", answers)
    home = [each for each in inspections if each.body.body_id == "1-900000001"]
    assert [(each.reference, each.published, rated(each)) for each in home] == [
        ("report-1", dt.date(2017, 2, 8), {("", "overall"): "inadequate"}),
        (
            "report-2",
            dt.date(2017, 2, 8),
            {
                ("", "overall"): "good",
                ("", "safe"): "good",
                ("", "well_led"): "good",
                ("", "caring"): "outstanding",
            },
        ),
        (
            "report-3",
            dt.date(2019, 10, 31),
            {
                ("", "overall"): "requires_improvement",
                ("", "safe"): "requires_improvement",
                ("", "well_led"): "good",
            },
        ),
    ]
    assert [each.inspection_start for each in home] == [None, None, dt.date(2019, 9, 17)]


@pytest.mark.parametrize("indent", [2, None])
def test_answers_may_be_a_list_and_each_stands_where_it_begins(
    answers: Path, tmp_path: Path, indent: int | None
) -> None:
    said = [cqc_api.HOME, cqc_api.SURGERY, cqc_api.ASSESSED]
    listed = tmp_path / "listed_2025-10-31.json"
    listed.write_text(json.dumps(said, indent=indent), "utf-8")
    bodies, inspections = parsed("cqc_api", listed)
    lines, theirs = parsed("cqc_api", answers)
    assert [each.body_id for each in bodies] == [each.body_id for each in lines]
    assert [rated(each) for each in inspections] == [rated(each) for each in theirs]
    text = listed.read_text("utf-8").splitlines()
    for body in bodies:
        assert body.address.row is not None
        assert body.body_id in "".join(text[body.address.row - 1 : body.address.row + 20])


def test_one_answer_may_be_written_over_many_lines(tmp_path: Path) -> None:
    one = tmp_path / "api_location.json"
    one.write_text(json.dumps(cqc_api.HOME, indent=2), "utf-8")
    assert parsed("cqc_api", one) == parsed("cqc_api", _answers(tmp_path, cqc_api.HOME))
    assert sources()["cqc_api"].release(one).as_at == retrieved_at(one).date()


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('{\n "locationId": "1-1",\n "name": \n', 4),
        ("[\n{},\n 7]", 3),
        ("[]", 1),
        ('[{"locationId": "1-9"}', 1),
        ('[{"locationId": "1-9"}] and more', 1),
    ],
)
def test_a_list_or_an_answer_that_is_not_whole_is_refused_with_its_line(
    text: str, row: int, tmp_path: Path
) -> None:
    path = tmp_path / "cut_2025-10-31.json"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError) as refused:
        list(cqc_answers.answers(path))
    assert refused.value.row == row


@pytest.mark.shared
def test_the_real_sample_answer_is_read_as_it_was_saved(shared: Path) -> None:
    bodies, inspections = parsed("cqc_api", shared / "data/cqc/api_location_sample.json")
    assert len(bodies) == 1
    assert inspections
    assert all(each.judgements for each in inspections)


def test_a_location_that_left_the_register_is_closed_and_its_services_are_subjects(answers: Path) -> None:
    bodies, inspections = parsed("cqc_api", answers)
    assert {each.body_id: each.closed for each in bodies} == {
        "1-900000001": None,
        "1-900000002": dt.date(2022, 3, 31),
        "1-900000003": None,
    }
    surgery = next(each for each in inspections if each.body.body_id == "1-900000002")
    assert rated(surgery)[("Older people", "well_led")] == "outstanding"
    assert rated(surgery)[("Working age people", "overall")] == "inspected_not_rated"


def test_an_assessment_brings_scores_and_the_rating_of_its_only_group_is_the_locations(answers: Path) -> None:
    _, inspections = parsed("cqc_api", answers)
    (assessed,) = [each for each in inspections if each.body.body_id == "1-900000003"]
    assert (assessed.reference, assessed.published) == ("AP1", dt.date(2024, 6, 21))
    assert rated(assessed) == {("", "overall"): "requires_improvement", ("", "safe"): "good"}
    assert [each.score for each in assessed.judgements] == [None, 72.0]


def test_two_answers_of_one_report_that_differ_are_a_problem(tmp_path: Path) -> None:
    home = deepcopy(cqc_api.HOME)
    home["historicRatings"] = [
        {"reportLinkId": "report-3", "reportDate": "2019-10-31", "overall": {"rating": "Good"}}
    ]
    _, inspections = parsed("cqc_api", _answers(tmp_path, home))
    (report,) = [each for each in inspections if each.reference == "report-3"]
    assert rated(report)[("", "overall")] == "requires_improvement"
    assert [each.kind for each in report.problems] == ["grades_disagree"]


def _faults() -> Iterator[tuple[tuple[str | int, ...], Any, str, str]]:
    yield ("locationId",), "One", "locationId", "a number of the Care Quality Commission"
    yield ("name",), "", "name", "a value"
    yield ("name",), 7, "name", "a text"
    yield ("registrationStatus",), "Lost", "registrationStatus", "one of Registered, Deregistered"
    yield ("registrationDate",), "1900-01-01", "registrationDate", "a date from"
    yield ("registrationDate",), "15/02/2011", "registrationDate", "a date like"
    yield ("onspdLatitude",), "north", "onspdLatitude", "a number"
    yield ("historicRatings",), "none", "historicRatings", "a list of objects"
    yield ("currentRatings",), [], "currentRatings", "an object"
    yield (
        ("currentRatings", "overall", "rating"),
        "Splendid",
        "currentRatings.overall.rating",
        "one of “Outstanding”, “Good”",
    )
    yield (
        ("currentRatings", "overall", "keyQuestionRatings", 1, "name"),
        "Lovely",
        "currentRatings.overall.keyQuestionRatings[1].name",
        "one of Overall, Safe",
    )
    yield (
        ("historicRatings", 1, "reportDate"),
        "",
        "historicRatings[1].overall.reportDate",
        "the date of the report",
    )


@pytest.mark.parametrize(("place", "value", "column", "expected"), list(_faults()))
def test_an_impossible_answer_is_named_by_line_and_place(
    place: tuple[str | int, ...], value: Any, column: str, expected: str, tmp_path: Path
) -> None:
    home: Any = deepcopy(cqc_api.HOME)
    at: Any = home
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value
    with pytest.raises(SourceError) as refused:
        parsed("cqc_api", _answers(tmp_path, cqc_api.SURGERY, home))
    assert (refused.value.row, refused.value.column) == (2, column)
    assert expected in str(refused.value)


def test_a_location_answered_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"a location once \(line 1 has it too\)"):
        parsed("cqc_api", _answers(tmp_path, cqc_api.HOME, cqc_api.HOME))


def test_a_line_that_is_no_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="row 2: a whole answer"):
        parsed("cqc_api", _answers(tmp_path, cqc_api.HOME, ["locationId"]))


def _page(folder: Path, *rows: str) -> Path:
    path = folder / cqc_local_authorities.FILE
    path.write_text(cqc_local_authorities.page(*rows), "utf-8")
    return path


def test_a_councils_assessment_has_a_rating_nine_scores_and_a_month(tmp_path: Path) -> None:
    _, inspections = parsed("cqc_local_authorities", _page(tmp_path, *cqc_local_authorities.ROWS))
    first = inspections[0]
    assert (first.published, first.date_precision) == (dt.date(2025, 2, 28), "month")
    assert [(each.grade, each.score) for each in first.judgements] == [
        # The compiler's mean of the nine is no score of the commission's.
        ("good", None),
        *[("good", 3.0)] * 4,
        ("requires_improvement", 2.0),
        *[("good", 3.0)] * 4,
    ]
    assert [each.judgements[0].grade for each in inspections] == ["good", "inadequate", "not_rated"]
    assert "language model" in (sources()["cqc_local_authorities"].compiled_by or "")


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (("", "Good", "333333333", "3.00", "May 2024"), "Authority Name", "a value"),
        (
            ("Barnsley", "Splendid", "333333333", "3.00", "May 2024"),
            "Overall",
            "one of “Outstanding”, “Good”",
        ),
        (("Barnsley", "Good", "533333333", "3.22", "May 2024"), "QS1 Assess", "one of 1, 2, 3, 4"),
        (
            ("Barnsley", "Good", "333333333", "2.50", "May 2024"),
            "Avg Score",
            "the mean of the nine scores, 3.00",
        ),
        (("Barnsley", "Good", "333333333", "3.00", "2024"), "Date", "a month like March 2024"),
        (("Barnsley", "Good", "333333333", "3.00", "January 1900"), "Date", "a month from"),
        (("Haringey", "Good", "333333333", "3.00", "May 2024"), "Authority Name", "a council once (row 2"),
    ],
)
def test_an_impossible_assessment_is_named_by_row_and_column(
    row: tuple[str, str, str, str, str], column: str, expected: str, tmp_path: Path
) -> None:
    path = _page(tmp_path, cqc_local_authorities.ROWS[0], cqc_local_authorities.row(2, *row))
    with pytest.raises(SourceError) as refused:
        parsed("cqc_local_authorities", path)
    assert (refused.value.sheet, refused.value.row, refused.value.column) == ("masterTable", 3, column)
    assert expected in str(refused.value)


@pytest.mark.parametrize("heading", ["Authority Name", "QS6<br>Safe", "Avg Score", "Date"])
def test_a_renamed_heading_of_the_assessments_is_named(heading: str, tmp_path: Path) -> None:
    path = _page(tmp_path, *cqc_local_authorities.ROWS)
    path.write_text(path.read_text("utf-8").replace(f">{heading}<", ">Something else<", 1), "utf-8")
    with pytest.raises(SourceError) as refused:
        parsed("cqc_local_authorities", path)
    assert refused.value.column == heading.replace("<br>", " ")


def test_a_row_with_a_cell_too_few_is_refused(tmp_path: Path) -> None:
    short = cqc_local_authorities.row(2, "Barnsley", "Good", "33333333", "3.00", "May 2024")
    with pytest.raises(SourceError, match="row 3: 15 cells, as in the header"):
        parsed("cqc_local_authorities", _page(tmp_path, cqc_local_authorities.ROWS[0], short))
