"""Lines joined into sentences: words broken at a line's end are mended, and no letter is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oneplace.reading.pages import Line, Page
from oneplace.reading.words import Run, Vocabulary, address, join, sentences


def line(text: str, *, broken: bool = False, page: int = 1, top: float = 700.0) -> Line:
    return Line(text, page, (72.0, top - 12.0, 72.0 + 6 * len(text), top), 12.0, False, broken)


def vocabulary(*texts: str) -> Vocabulary:
    return Vocabulary([Page(1, 595, 842, [line(text) for text in texts])])


WORDS = st.lists(
    st.from_regex(r"[a-zA-Z][a-z’']{0,9}(-[a-z]{2,6})?[.,]?", fullmatch=True), min_size=1, max_size=40
)


@given(words=WORDS, cuts=st.lists(st.booleans(), min_size=40, max_size=40))
def test_no_letter_is_lost_and_no_space_is_left_over(words: list[str], cuts: list[bool]) -> None:
    lines: list[str] = [words[0]]
    for word, cut in zip(words[1:], cuts, strict=False):
        if cut:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    joined = join([line(text) for text in lines], vocabulary())
    assert joined == " ".join(words)


@given(word=st.from_regex(r"[a-z]{3,8}-[a-z]{3,8}", fullmatch=True), broken=st.booleans())
def test_a_word_broken_at_its_hyphen_has_all_its_letters(word: str, broken: bool) -> None:
    left, right = word.split("-")
    joined = join(
        [line(f"some {left}{'' if broken else '-'}", broken=broken), line(f"{right} more")], vocabulary()
    )
    assert joined.replace("-", "") == f"some {left}{right} more"


@pytest.mark.parametrize(
    ("lines", "others", "joined"),
    [
        (("the multi-", "agency team"), (), "the multi-agency team"),
        (("help for chil-", "dren"), ("children come first",), "help for children"),
        (("help for chil-", "dren"), (), "help for chil-dren"),
        (("a co-", "ordinated plan"), ("a coordinated plan",), "a co-ordinated plan"),
        (("short-", "and longer-term plans"), (), "short- and longer-term plans"),
        (("the year 2014 -", "a good one"), (), "the year 2014 - a good one"),
        (("aged 16-", "18 years"), (), "aged 16-18 years"),
        (("in 2014–", "15"), (), "in 2014–15"),
    ],
)
def test_a_hyphen_at_a_lines_end_stays_where_it_is_the_authors(
    lines: tuple[str, ...], others: tuple[str, ...], joined: str
) -> None:
    assert join([line(text) for text in lines], vocabulary(*others)) == joined


def test_what_pdfium_marks_as_broken_is_mended() -> None:
    assert (
        join([line("the multi", broken=True), line("agency team")], vocabulary()) == "the multi-agency team"
    )


def test_an_address_is_the_first_page_and_the_box_there() -> None:
    found = address([line("one", top=100), line("two", top=90), line("three", page=2)])
    assert found.page == 1
    assert found.box == (72.0, 78.0, 90.0, 100.0)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("Mr. Smith came. He left.", ["Mr. Smith came.", "He left."]),
        ("Services, e.g. Health, help. They do.", ["Services, e.g. Health, help.", "They do."]),
        ("‘It is good.’ She said so.", ["‘It is good.’", "She said so."]),
        ("Is it? It is! 2014 was better.", ["Is it?", "It is!", "2014 was better."]),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text: str, cut: list[str]) -> None:
    assert sentences(text) == cut


@given(text=st.text("ab. A?!’", max_size=80))
def test_sentences_lose_nothing(text: str) -> None:
    assert "".join(sentences(text)).replace(" ", "") == text.replace(" ", "")


@given(texts=st.lists(st.text("abc", min_size=1, max_size=8), min_size=1, max_size=10), data=st.data())
def test_a_run_leads_back_to_the_lines_of_any_part_of_its_text(texts: list[str], data: st.DataObject) -> None:
    run = Run([line(text) for text in texts])
    index = data.draw(st.integers(0, len(texts) - 1))
    start = sum(len(text) + 1 for text in texts[:index])
    assert run.between(start, start + len(texts[index])) == [run.lines[index]]
