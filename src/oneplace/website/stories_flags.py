"""The flags that are up for an area, as facts of its story: what raised each, and by which published rule."""

from __future__ import annotations

from collections.abc import Mapping

from oneplace.evidence import queries as evidence
from oneplace.evidence.brief import BriefSource, Fact
from oneplace.evidence.brief import Section as Facts
from oneplace.evidence.queries import FlagEvidence, FlagView
from oneplace.evidence.views import ReleaseView
from oneplace.website.area_facts import AreaFacts
from oneplace.website.services import Service
from oneplace.wording import day


def flags_of(facts: AreaFacts, service: Service | None) -> Facts:
    """Every flag that is up on the day, of a service or of all; that there is none is said too."""
    found = [
        each
        for each in evidence.flags(facts.area.area_id, facts.on.asked)
        if service is None or each.service == service.key
    ]
    releases = evidence.releases_named(one.release_id for each in found for one in each.evidence)
    absence = (
        "" if found else "No rule raises a flag here on this day. That says only what the rules look at."
    )
    return Facts(
        key="flags",
        title="Flags",
        facts=tuple(_flag(each, facts, releases) for each in found),
        absence=absence,
    )


def _flag(one: FlagView, facts: AreaFacts, releases: Mapping[str, ReleaseView]) -> Fact:
    since = (
        f"since {day(one.raised_on)}"
        if one.is_dated
        else f"(known here since {day(one.raised_on)}; its day is not told)"
    )
    later = " (worked out later, by a rule made since)" if one.is_worked_out_later else ""
    named = facts.name_of(one.body_id)
    return Fact(
        text=f"{named}: a {one.colour} flag {since}{later}: {one.name}. Its rule: {one.rule.threshold}",
        sources=tuple(
            dict.fromkeys(
                ref for each in one.evidence if (ref := _source(each, releases.get(each.release_id)))
            )
        ),
        anchor=f"/areas/{facts.area.area_id}/flags/",
    )


def _source(one: FlagEvidence, release: ReleaseView | None) -> BriefSource | None:
    if release is None:
        return None
    return BriefSource(
        release_id=release.public_id,
        publisher=release.publisher,
        title=release.title,
        url=release.url,
        sha256=release.sha256,
        licence=release.licence,
        compiled_by=release.compiled_by,
        page=one.address.page,
        box=one.address.box,
        sheet=one.address.sheet,
        row=one.address.row,
    )
