"""What a search found as pages show it: the words marked, long passages cut around them, in groups by inspection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from oneplace.evidence.queries import PassageView, Report, Sentence

# Of a longer passage the sentences with the words are shown, with one before and after each.
_WHOLE = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a passage. `gap` is where sentences were left out, in place of a text."""

    text: str = ""
    marked: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage to be shown. `reads` are how its sentences with the words read: "strength", "weakness"."""

    passage: PassageView
    pieces: tuple[Piece, ...]
    reads: tuple[str, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The passages of one inspection that are on the page."""

    report: Report
    hits: tuple[Hit, ...]


def grouped(passages: Iterable[PassageView]) -> tuple[Group, ...]:
    """The passages by inspection, each where its first passage stands."""
    by_report: dict[str, list[PassageView]] = {}
    for each in passages:
        by_report.setdefault(each.report.inspection, []).append(each)
    return tuple(
        Group(report=listed[0].report, hits=tuple(hit(each) for each in listed))
        for listed in by_report.values()
    )


def hit(passage: PassageView) -> Hit:
    """A passage with its words marked."""
    chosen = _chosen(passage.sentences)
    pieces: list[Piece] = []
    last = -1
    for number in chosen:
        if number != last + 1:
            pieces.append(Piece(gap=True))
        elif pieces:
            pieces.append(Piece(text=" "))
        pieces += _pieces(passage.sentences[number])
        last = number
    if last != len(passage.sentences) - 1:
        pieces.append(Piece(gap=True))
    stances = dict.fromkeys(
        each.stance for each in passage.sentences if each.basis == "reading" and each.marks and each.stance
    )
    return Hit(
        passage=passage,
        pieces=tuple(pieces),
        reads=tuple(stances),
        is_cut=len(chosen) < len(passage.sentences),
    )


def _chosen(sentences: Sequence[Sentence]) -> list[int]:
    """The numbers of the sentences to be shown: all of a short passage."""
    everything = list(range(len(sentences)))
    if sum(len(each.text) for each in sentences) <= _WHOLE:
        return everything
    near = {n + step for n, each in enumerate(sentences) if each.marks for step in (-1, 0, 1)}
    return [n for n in everything if n in near] or everything


def _pieces(sentence: Sentence) -> list[Piece]:
    pieces, at = [], 0
    for start, end in sentence.marks:
        if start > at:
            pieces.append(Piece(text=sentence.text[at:start]))
        pieces.append(Piece(text=sentence.text[start:end], marked=True))
        at = end
    if at < len(sentence.text):
        pieces.append(Piece(text=sentence.text[at:]))
    return pieces
