"""Mistakes that readers report: taken down as they were sent, decided in the review queue.

What a reader wrote is for whoever decides; pages tell only that there was a report, of which page and when.
An e-mail address is kept until the report is decided, and at most ninety days; what tells senders apart, a day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from oneplace.evidence.models import Reported, Reporter
from oneplace.evidence.views import ReviewItem

KIND = "reported"
A_SENDER_A_DAY = 5
ALL_A_DAY = 200
SENDER_KEPT = dt.timedelta(days=1)
EMAIL_KEPT = dt.timedelta(days=90)
# Characters.
LONGEST = {"wrong": 2_000, "should_be": 1_000, "says_so": 500, "email": 254}


class TooManyReports(Exception):
    """This sender, or everybody together, has sent as many as are taken in a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """A report with what nobody sees but who decides it. `email` is "" where none was given, or is kept."""

    key: str
    at: dt.datetime
    about: str
    wrong: str
    should_be: str
    says_so: str
    email: str


def report_mistake(
    about: str, wrong: str, *, should_be: str = "", says_so: str = "", email: str = "", address: str = ""
) -> None:
    """Take a report down. `about` is a path of this site; `address` the sender's network address.

    Raises `TooManyReports`.
    """
    now = timezone.now()
    sender = salted_hmac("oneplace.reports", address, secret=settings.SECRET_KEY).hexdigest()[:32]
    with transaction.atomic():
        forget_reporters(now)
        today = Reported.objects.filter(at__gt=now - SENDER_KEPT).count()
        own = Reporter.objects.filter(sender=sender, at__gt=now - SENDER_KEPT).count()
        if own >= A_SENDER_A_DAY or today >= ALL_A_DAY:
            raise TooManyReports
        report = Reported.objects.create(
            at=now,
            about=about,
            wrong=wrong[: LONGEST["wrong"]],
            should_be=should_be[: LONGEST["should_be"]],
            says_so=says_so[: LONGEST["says_so"]],
        )
        Reporter.objects.create(report=report, at=now, sender=sender, email=email[: LONGEST["email"]])


def forget_reporters(now: dt.datetime, decided: str = "") -> None:
    """Remove who sent what is old, and who sent the report that was decided (its item's key)."""
    Reporter.objects.filter(at__lte=now - EMAIL_KEPT).delete()
    late = Reporter.objects.filter(at__lte=now - SENDER_KEPT)
    late.filter(email="").delete()
    late.exclude(sender="").update(sender="")
    if decided:
        for each in Reporter.objects.filter(~Q(email="")).select_related("report"):
            if _key(each.report) == decided:
                Reporter.objects.filter(pk=each.pk).update(email="")


def report(key: str) -> ReportView | None:
    """The report behind an item of the review queue, for whoever decides it."""
    for row in Reported.objects.order_by("-at"):
        if _key(row) == key:
            sent = Reporter.objects.filter(report=row).first()
            return ReportView(
                key=key,
                at=row.at,
                about=row.about,
                wrong=row.wrong,
                should_be=row.should_be,
                says_so=row.says_so,
                email=sent.email if sent and row.at > timezone.now() - EMAIL_KEPT else "",
            )
    return None


def reported_items() -> list[ReviewItem]:
    """The reports as items of the queue, without a word of the reader's."""
    return [
        ReviewItem(
            key=_key(row),
            kind=KIND,
            message=f"A reader reported a mistake on {row.at.day} {row.at:%B %Y}",
            inspection=None,
            field=row.about,
            sources=(),
            decided="",
        )
        for row in Reported.objects.order_by("at")
    ]


def _key(row: Reported) -> str:
    return hashlib.sha256(f"reported\x1f{row.pk}\x1f{row.at.isoformat()}".encode()).hexdigest()[:16]
