"""How two ways of writing an authority's name are known to be one.

"Bournemouth, Christchurch & Poole" and "BOURNEMOUTH CHRISTCHURCH AND POOLE" fold alike; "the Royal
Borough of Kensington and Chelsea" and "Kensington & Chelsea" are alike once bare.
"""

from __future__ import annotations

import re
import unicodedata

_STYLE_BEFORE = re.compile(
    r"^(the )?(council of the |(london borough|royal borough|metropolitan borough|metropolitan district"
    r"|unitary authority|city and county|city|borough|county|council|district) (of )?(the )?)"
)
_STYLE_AFTER = re.compile(
    r"( (metropolitan (borough|district)|london boro(ugh)?|city|county|borough|district|unitary)?"
    r" ?(council|corporation|local authority|mbc|mdc)( area)?"
    r"| ua| lb| county| district| london boro(ugh)?| borough| city( of)?| area)$"
)


def fold(text: str) -> str:
    """Lower case, no accents, "and" for "&", "st" for "St.", one space for any other punctuation."""
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
