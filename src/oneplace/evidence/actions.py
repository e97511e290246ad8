"""Every write to the record, a verb each. Nothing here changes or removes what was published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from oneplace.evidence import changelog
from oneplace.evidence.changes import WITHDRAWN, Change
from oneplace.evidence.differences import question_identity
from oneplace.evidence.editions import Editions
from oneplace.evidence.editions_coming import restore_after
from oneplace.evidence.errors import (
    EvidenceError,
    InvalidCorrection,
    UnknownInspection,
    UnknownReviewItem,
)
from oneplace.evidence.flags import raising
from oneplace.evidence.flags.raising import Round
from oneplace.evidence.models import (
    Attempt,
    Correction,
    Event,
    Inspection,
    Release,
    ReviewDecision,
    State,
    Statement,
)
from oneplace.evidence.parcels import Counts, Parcel, Progress, Published
from oneplace.evidence.pending import clear_pending
from oneplace.evidence.publishing import Publishing
from oneplace.evidence.reporting import KIND as REPORTED
from oneplace.evidence.reporting import LONGEST as LONGEST_IN_A_REPORT
from oneplace.evidence.reporting import TooManyReports, forget_reporters, report_mistake
from oneplace.evidence.resolving import edition_of
from oneplace.evidence.reviewing import REOPENED, review_queue
from oneplace.evidence.said import statements_of
from oneplace.evidence.writer import only_writer
from oneplace.frameworks import edition
from oneplace.indicators import actions as indicators
from oneplace.records import Record, ReleaseRecord

__all__ = [
    "LONGEST_IN_A_REPORT",
    "Counts",
    "Parcel",
    "Published",
    "TooManyReports",
    "correct",
    "decide",
    "publish_many",
    "publish_parcels",
    "publish_release",
    "raise_flags",
    "record_attempt",
    "report_mistake",
    "withdraw_release",
]

# What can come of asking a source for what is new. "refused": a file came that is not as it should be.
OUTCOMES = ("new", "unchanged", "failed", "refused")
DECISIONS = ("keep", "correct", "dismiss", "reopen")
_DATES = ("published", "inspection_start", "inspection_end")
_TEXTS = ("title", "lead_inspector")


def publish_release(
    release: ReleaseRecord, records: Iterable[Record], progress: Progress | None = None
) -> Published:
    """Publish one release with all that it says, and supersede the one that it replaces.

    The same file, in the same slot, by the same reader is "already known": nothing is written. Killed
    at any moment, what was live before is live, and publishing again completes the work.
    """
    (published,) = publish_many([(release, records)], progress)
    return published


def publish_many(
    releases: Iterable[tuple[ReleaseRecord, Iterable[Record]]],
    progress: Progress | None = None,
    *,
    insists: bool = False,
) -> Iterator[Published]:
    """Publish many releases, small ones several to a transaction; yields what came of each, in order.

    The iterator must be run to its end: what it has not yielded is not written. Readings may be made
    by several processes, and handed over here in one. `LeavesMuchOut` where one has far less than the live
    edition before it: those before it in the order are published. `insists`: they take the place of what is live all
    the same, as a person knows that their publisher took out what they leave out.
    """
    return publish_parcels(
        (Parcel(release=release, records=records, insists=insists) for release, records in releases),
        progress,
    )


def publish_parcels(
    parcels: Iterable[Parcel], progress: Progress | None = None, distinct: frozenset[str] = frozenset()
) -> Iterator[Published]:
    """The same, for releases that bring their public ids, as out of a pack.

    `distinct` are the public ids of all inspections that the pack tells apart.
    """
    with only_writer():
        publishing = Publishing(progress, distinct)
        flags = Round(is_news=not distinct)
        for published in publishing.publish(parcels):
            flags.saw(published)
            yield published
        flags.end()


def withdraw_release(release_id: str) -> None:
    """Take a live release out: its publisher took it back. It stays in the record, with its dates."""
    with only_writer():
        clear_pending()
        row = Release.objects.filter(public_id=release_id, state=State.LIVE).first()
        if row is None:
            raise EvidenceError(f"{release_id}: there is no live release of this name")
        if row.is_snapshot:
            restore_after(Editions(row, [row.pk]), [row.pk])
        about = list(
            Statement.objects.filter(release=row).values_list("inspection__public_id", "inspection__body_id")[
                :2
            ]
        )
        name, body = about[0] if len(about) == 1 else (None, None)
        with transaction.atomic():
            Release.objects.filter(pk=row.pk).update(state=State.WITHDRAWN, superseded_at=timezone.now())
            indicators.withdraw(row.public_id)
            change = Change(
                kind=WITHDRAWN,
                inspection=name or "",
                body_id=body or "",
                before=row.public_id,
                on=row.published,
            )
            last = Event.objects.filter(release=row).aggregate(last=Max("position"))["last"] or 0
            changelog.write(row, [change], last + 1, first_load=False)
        Round().end()


def raise_flags() -> int:
    """Raise and lower the flags of a record that has gone on since that was last done; how many steps it took."""
    with only_writer():
        return raising.raise_flags()


def record_attempt(
    source: str,
    outcome: str,
    message: str = "",
    url: str = "",
    *,
    started_at: dt.datetime | None = None,
) -> None:
    """Keep that a source was asked for what is new, and what came of it: one of `OUTCOMES`.

    `message` says in words for people what happened; `url` what was asked for last.
    """
    if outcome not in OUTCOMES:
        raise EvidenceError(f"{source}: {outcome!r} is no outcome; expected {', '.join(OUTCOMES)}")
    now = timezone.now()
    Attempt.objects.create(
        source=source,
        started_at=started_at or now,
        finished_at=now,
        outcome=outcome,
        message=message,
        url=(url or "")[:1000],
    )


def correct(
    target: str, field: str, value: str | None, *, reason: str, evidence: str, decided_by: str
) -> None:
    """Put this store's own word over every source's, on one field of one inspection.

    `field` is "published", "inspection_start", "inspection_end", "title", "lead_inspector" or
    "judgement:<question_key>"; `value` an ISO date, words, or a grade's key. None takes an earlier
    correction back. `evidence` says where a reader can check it: release and page.
    """
    inspection = Inspection.objects.filter(public_id=target).first()
    if inspection is None:
        raise UnknownInspection(f"{target}: there is no such inspection")
    for name, words in (("reason", reason), ("evidence", evidence), ("name", decided_by)):
        if not words.strip():
            raise InvalidCorrection(f"{target}, {field}: a correction needs a {name}")
    if value is not None:
        _check_value(inspection, field, value)
    with only_writer(), transaction.atomic():
        Correction.objects.create(
            target=target,
            field=field,
            value=value,
            reason=reason,
            evidence=evidence,
            decided_by=decided_by,
            decided_at=timezone.now(),
        )
        raising.raise_flags()


# No inspection of a council's services is older.
_EARLIEST = dt.date(1990, 1, 1)


def _check_value(inspection: Inspection, field: str, value: str) -> None:
    where = f"{inspection.public_id}, {field}"
    if field in _DATES:
        try:
            date = dt.date.fromisoformat(value)
        except ValueError:
            raise InvalidCorrection(f"{where}: {value!r} is not a date such as 2018-12-14") from None
        if not _EARLIEST <= date <= timezone.localdate():
            raise InvalidCorrection(f"{where}: {value} is no day between {_EARLIEST.year} and today")
    elif field.startswith("judgement:"):
        said = next(iter(statements_of({inspection.pk}, ("judgements",)).values()), [])
        # The grades are those of the edition that it came under: of another the same words may be no grade.
        of = edition_of(said) if said else edition(inspection.family, None)
        asked = {each.key for each in of.questions} | {
            question_identity(row.question_key, row.question, row.subject)
            for one in said
            for row in one.judgements
        }
        if (question := field.removeprefix("judgement:")) not in asked:
            raise InvalidCorrection(
                f"{where}: {question!r} was not asked; expected {', '.join(sorted(asked))}"
            )
        grades = [grade.key for grade in of.grades]
        if value not in grades:
            raise InvalidCorrection(f"{where}: {value!r} is not a grade; expected {', '.join(grades)}")
    elif field not in _TEXTS:
        known = ", ".join((*_DATES, *_TEXTS, "judgement:<question>"))
        raise InvalidCorrection(f"{where}: this field cannot be corrected; expected {known}")


def decide(item_key: str, decision: str, *, reason: str, decided_by: str, value: str | None = None) -> None:
    """Decide an item of the review queue.

    "keep": what is shown stands. "dismiss": it is no matter. "correct": `value` is right, and becomes a
    correction. "reopen": it must be looked at again. Decisions are added; the newest holds.
    """
    if decision not in DECISIONS:
        raise InvalidCorrection(f"{decision!r} is no decision; expected {', '.join(DECISIONS)}")
    item = next((each for each in review_queue(include_decided=True) if each.key == item_key), None)
    if item is None:
        raise UnknownReviewItem(f"{item_key}: there is no such item in the review queue")
    if decision == "correct" and (item.inspection is None or value is None):
        raise InvalidCorrection(f"{item_key}: a correction needs an inspection and a value")
    with only_writer(), transaction.atomic():
        if decision == "correct" and item.inspection is not None:
            evidence = "; ".join(
                f"{source.release_id}{f', page {source.page}' if source.page else ''}"
                for source in item.sources
            )
            correct(
                item.inspection, item.field, value, reason=reason, evidence=evidence, decided_by=decided_by
            )
        ReviewDecision.objects.create(
            item_key=item_key,
            decision=REOPENED if decision == "reopen" else decision,
            reason=reason,
            decided_by=decided_by,
            decided_at=timezone.now(),
        )
        if item.kind == REPORTED and decision != "reopen":
            forget_reporters(timezone.now(), decided=item_key)
