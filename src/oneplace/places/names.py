"""How two ways of writing an authority's name are known to be one.

"Bournemouth, Christchurch & Poole" and "BOURNEMOUTH CHRISTCHURCH AND POOLE" fold alike; "the Royal
Borough of Kensington and Chelsea" and "Kensington & Chelsea" are alike once bare.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_STYLE_BEFORE = re.compile(
    r"^(the )?(council of the |(london borough|royal borough|metropolitan borough|metropolitan district"
    r"|unitary authority|city and county|city|borough|county|council|district) (of )?(the )?)"
)
_STYLE_AFTER = re.compile(
    r"( (metropolitan (borough|district)|london boro(ugh)?|city|county|borough|district|unitary)?"
    r" ?(council|corporation|local authority|mbc|mdc)( area)?"
    r"| ua| lb| county| district| london boro(ugh)?| borough| city( of)?| area)$"
)


@lru_cache(maxsize=8192)  # a load asks for a body's name again, and for the same councils' thousands of times
def fold(text: str) -> str:
    """Lower case, no accents, "and" for "&", "st" for "St.", one space for any other punctuation."""
    plain = text
    if not text.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = plain.casefold().replace("&", " and ")
    plain = re.sub(r"['’‘`]", "", plain)
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def bare(folded: str) -> str:
    """A folded name without its style: "london borough of hackney" and "hackney council" are "hackney".

    The City of London stays whole: what is left of it, "london", is no name of the City.
    """
    kept = folded.removeprefix("the ")
    if kept.startswith("city of london") or kept in ("london corporation", "corporation of london"):
        return "city of london"
    without_after = _STYLE_AFTER.sub("", kept)
    without_both = _STYLE_BEFORE.sub("", without_after)
    return without_both or without_after or kept


# What publications leave off or put on the name of a body, by its kind.
_BODY_STYLES = {
    "police_force": (r"^the ", r" (police service|police force|police|constabulary)$"),
    "fire_service": (
        r"^the ",
        r" (county )?(council )?(combined )?(fire and rescue (service|authority)|fire and rescue|fire service"
        r"|fire authority|fire brigade|fire|frs|fra)$",
    ),
    "prison": (
        r"^(hmp and yoi|hmp yoi|hmpyoi|hm prison and young offender institution|hm prison|hm yoi|hmyoi|hmp|yoi)"
        r" (and )?",
        r" (hmp|yoi|young offender institution|prison|immigration removal centre|irc"
        r"|secure training centre|stc)$",
    ),
    "probation_unit": (r"^the ", r" (probation delivery unit|probation service|pdu)$"),
    "probation_region": (r"^the ", r" (probation service|probation region|region|probation)$"),
    "youth_justice_service": (
        r"^the ",
        r" (youth (justice|offending)( and \w+)? (service|team|partnership)|youth justice|yjs|yot|yos)$",
    ),
    "community_safety_partnership": (r"^the ", r" (community safety partnership|csp)$"),
    "waste_authority": (r"^the ", r" (waste (disposal )?authority|waste partnership)$"),
}


def bare_body(kind: str, folded: str) -> str:
    """A folded name of a body without what its kind is called: "avon fire and rescue service" is "avon"."""
    if kind not in _BODY_STYLES:
        return folded
    before, after = _BODY_STYLES[kind]
    return re.sub(after, "", re.sub(before, "", folded)) or folded
