"""Charts by address: as a file, as a table, as a page to be framed by other sites, and what oEmbed asks for."""

from __future__ import annotations

import base64
import hashlib
import re
from urllib.parse import parse_qsl, unquote, urlsplit

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from oneplace.charts.png import png_of
from oneplace.charts.standing_alone import size_of
from oneplace.evidence import queries as evidence
from oneplace.website.as_at import as_at, as_at_of
from oneplace.website.asked_queries import address_of
from oneplace.website.chart_files import AROUND, Chart, shared_chart
from oneplace.website.csv_files import csv_file
from oneplace.website.middleware import may_be_framed
from oneplace.website.pictures import chart

# A PNG is made in these widths alone, the next one up from what is asked: so many files and no more.
WIDTHS = (400, 800, 1200, 1600, 2400)
USUAL_WIDTH = 1200
# Up to so many px a frame shows the picture that is drawn for a phone.
NARROW = 600
# Whoever shows one of these pictures may: it is a file for that.
_SHARED = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
# The page that is framed carries its few rules itself, and is whole in one answer.
EMBED_CSS = (
    "body{margin:0;padding:12px 14px;background:#fff;color:#14202b;"
    'font:16px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}'
    "h1{margin:0 0 10px;font-size:19px;line-height:1.3}p{margin:8px 0 0;font-size:14px;color:#4a5560}"
    "a{color:#12436d}a:focus{outline:3px solid #fd0;background:#fd0;color:#14202b}"
    "svg{display:block;max-width:100%;height:auto}.narrow{display:none}"
    f"@media(max-width:{NARROW}px){{.wide{{display:none}}.narrow{{display:block}}}}"
)
_CSS_HASH = base64.b64encode(hashlib.sha256(EMBED_CSS.encode()).digest()).decode()
_EMBED_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_CSS_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
_FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def chart_svg(request: HttpRequest, name: str) -> HttpResponse:
    """The chart as a file."""
    found = _chart(request, name)
    response = HttpResponse(found.file, content_type="image/svg+xml; charset=utf-8", headers=_SHARED)
    response["Content-Security-Policy"] = _FILE_POLICY
    response["Content-Disposition"] = f'inline; filename="{_filename(found)}.svg"'
    return response


def chart_png(request: HttpRequest, name: str) -> HttpResponse:
    """The same as PNG, as wide as ?width= or a little wider."""
    typed = request.GET.get("width", "")
    wanted = int(typed) if re.fullmatch(r"[0-9]{1,5}", typed) else USUAL_WIDTH
    width = next((each for each in WIDTHS if each >= wanted), WIDTHS[-1])
    found = _chart(request, name)
    response = HttpResponse(png_of(found.file, width), content_type="image/png", headers=_SHARED)
    response["Content-Disposition"] = f'inline; filename="{_filename(found)}.png"'
    return response


def chart_csv(request: HttpRequest, name: str) -> HttpResponse:
    """What the chart shows, as a table."""
    found = _chart(request, name)
    return csv_file(f"{_filename(found)}.csv", found.header, found.rows)


@may_be_framed
def embed(request: HttpRequest, name: str) -> HttpResponse:
    """A light page with the chart alone, that any site may frame."""
    found = _chart(request, name)
    context = {
        "chart": found,
        "css": EMBED_CSS,
        "page": request.build_absolute_uri(found.page),
    }
    response = render(request, "embed.html", context)
    response["Content-Security-Policy"] = _EMBED_POLICY
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0: how to show one of our charts, or the chart of one of our pages. 501 for XML, 404 for no chart."""
    if request.GET.get("format", "json") != "json":
        return _refused("Only format=json is offered.", 501)
    try:
        address = urlsplit(request.GET.get("url", "")[:600])
    except ValueError:  # no address at all: "http://[::1"
        return _refused("There is no chart at this address.", 404)
    name = _chart_of(unquote(address.path))
    if address.scheme not in ("http", "https") or address.netloc != request.get_host() or name is None:
        return _refused("There is no chart at this address.", 404)
    asked = dict(parse_qsl(address.query))
    on = as_at_of(asked.get("as-at", ""))
    found = chart(name, on, asked, request.get_host())
    if found is None:
        return _refused("There is no chart at this address.", 404)
    return JsonResponse(_answer(request, found), headers=_SHARED)


def _refused(why: str, status: int) -> HttpResponse:
    return JsonResponse({"error": why}, status=status, headers=_SHARED)


def _answer(request: HttpRequest, found: Chart) -> dict[str, object]:
    """What oEmbed calls rich: a frame, and the PNG as its thumbnail."""
    told = shared_chart(found, request.build_absolute_uri)
    alone = size_of(found.file)
    width = _bound(request.GET.get("maxwidth", ""), 800)
    drawn = size_of(found.drawn.narrow if width <= NARROW else found.drawn.wide)
    tall = drawn.height * min(1.0, width / drawn.width) + AROUND
    height = _bound(request.GET.get("maxheight", ""), round(tall))
    thumbnail = 400
    return {
        "version": "1.0",
        "type": "rich",
        "title": found.title,
        "provider_name": "Oneplace",
        "provider_url": request.build_absolute_uri("/"),
        "cache_age": 3600,
        "html": re.sub(
            r'width="100%" height="\d+"', f'width="{width}" height="{height}"', told.code, count=1
        ),
        "width": width,
        "height": height,
        "thumbnail_url": request.build_absolute_uri(
            f"{told.png}{'&' if '?' in told.png else '?'}width={thumbnail}"
        ),
        "thumbnail_width": thumbnail,
        "thumbnail_height": round(alone.height * thumbnail / alone.width),
    }


def _bound(typed: str, wanted: int) -> int:
    return min(int(typed), wanted) if re.fullmatch(r"[1-9][0-9]{0,4}", typed) else wanted


# Our pages that have a chart, and its name.
_PAGES = (
    (re.compile(r"/charts/(.+)\.(?:svg|png|csv)"), r"\1"),
    (re.compile(r"/embed/(.+)/"), r"\1"),
    (re.compile(r"/areas/([\w-]+)/(?:children/|story/)?"), r"areas/\1/children/history"),
    (re.compile(r"/areas/([\w-]+)/([\w-]+)/"), r"areas/\1/\2/history"),
    (re.compile(r"/measures/([\w-]+)/"), r"map/\1"),
    (re.compile(r"/map/"), "map/children"),
    (re.compile(r"/map/([\w-]+)/"), r"map/\1"),
    (re.compile(r"/review/annual/"), "review/annual"),
)


_MAY_ASK = ("edition", "question", "period", "tier", "region", "shape", "type", "of")
_LONGEST = 60


_INSPECTION = re.compile(r"/inspections/([\w-]+/[\w-]+/[\w-]+)/(?:story/)?")


def _chart_of(path: str) -> str | None:
    if of := _INSPECTION.fullmatch(path):
        one = evidence.inspection(of[1])
        return f"areas/{one.body_id}/{one.service.replace('_', '-')}/history" if one else None
    for pattern, name in _PAGES:
        if found := pattern.fullmatch(path):
            return found.expand(name)
    return None


def _chart(request: HttpRequest, name: str) -> Chart:
    found = chart(name, as_at(request), _asked(request.GET), request.get_host())
    if found is None:
        raise Http404("There is no such chart, or nothing to draw in it on that day.")
    return found


def _asked(query: QueryDict) -> dict[str, str]:
    """What a chart may ask of an address, and nothing else: the page is kept under what it read."""
    return {key: value for key in _MAY_ASK if (value := query.get(key, "")[:_LONGEST])}


def _filename(found: Chart) -> str:
    return "oneplace-" + found.name.replace("/", "-") + f"-{found.day.isoformat()}"


def discovery(request: HttpRequest) -> str:
    """Where oEmbed tells of the chart on the page that is asked for."""
    query = QueryDict(mutable=True)
    query["url"] = address_of(request)
    query["format"] = "json"
    return request.build_absolute_uri(reverse("oembed")) + f"?{query.urlencode()}"
