"""Who sent a form, as far as a network address tells, behind so many proxies as the settings say."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def sender_address(request: HttpRequest) -> str:
    """The sender's network address: "203.0.113.9", "2001:db8::9"; "" where none is known.

    Each proxy writes the address of whoever asked it at the end of `X-Forwarded-For`. So the last as many as there
    are proxies of ours were written by them; all before that was written by the sender, and is not believed.
    """
    direct: str = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES < 1:
        return direct
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    written = forwarded[-settings.PROXIES :]
    return _address(written[0]) or direct


def _address(text: str) -> str:
    """An address as it is always written, without the port that some proxies add; "" where it is none."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ip_address(text))
    except ValueError:
        return ""
