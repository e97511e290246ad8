"""What the change log says where a release takes another's place: that it did, and which inspections went with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oneplace.evidence.changes import SUPERSEDED, WITHDRAWN, Change
from oneplace.evidence.models import Inspection, Release, State, Statement
from oneplace.evidence.said import in_lots
from oneplace.evidence.supersession import Outcome


def replacements(row: Release, outcome: Outcome, inspections: Sequence[Inspection]) -> list[Change]:
    """Each release that is replaced; then each inspection that nobody speaks of any more, withdrawn.

    `inspections` are those that the new release speaks of, `row` is it. Editions of a snapshot stand beside each
    other, and what is left out of a newer one was said all the same.
    """
    changes = []
    for pk, public_id in outcome.replaces:
        about = Statement.objects.filter(release=pk).values_list(
            "inspection__public_id", "inspection__body_id"
        )
        several = list(about[:2])
        name, body = several[0] if len(several) == 1 else (None, None)
        changes.append(
            Change(
                kind=SUPERSEDED,
                inspection=name or "",
                body_id=body or "",
                before=public_id,
                after=row.public_id,
                on=row.published or row.as_at,
            )
        )
    if not row.is_snapshot:
        changes += _withdrawn(row, outcome, inspections)
    return changes


def _withdrawn(row: Release, outcome: Outcome, inspections: Sequence[Inspection]) -> Iterator[Change]:
    replaced = dict(outcome.replaces)
    # Another reading of the very same file withdraws nothing.
    others = Release.objects.filter(pk__in=replaced).exclude(sha256=row.sha256)
    theirs = Statement.objects.filter(release__in=others, inspection__isnull=False).order_by("position")
    spoken_of = {inspection.public_id for inspection in inspections}
    gone: dict[int, tuple[str, str, int]] = {
        pk: (name, body, release)
        for pk, name, body, release in theirs.values_list(
            "inspection_id", "inspection__public_id", "inspection__body_id", "release_id"
        )
        if name not in spoken_of
    }
    for some in in_lots(list(gone)):
        live = Statement.objects.filter(inspection_id__in=some, release__state=State.LIVE)
        still = set(live.exclude(release__in=replaced).values_list("inspection_id", flat=True))
        for pk in some:
            if pk not in still:
                name, body, release = gone[pk]
                yield Change(
                    kind=WITHDRAWN,
                    inspection=name,
                    body_id=body,
                    before=replaced[release],
                    on=row.published or row.as_at,
                )
