"""What an annual review is of: a service, and the families of frameworks whose grades follow on from each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from oneplace.frameworks import Framework, Service, frameworks

COUNCIL = "local_authority"
# Children's services as a whole: an area SEND inspection judges a partnership, an LSCB review a board.
_OTHER_SUBJECTS = frozenset({"area-SEND", "LSCB-review only"})
# Bodies of which there are thousands: of these a review counts by area and lists nobody.
COUNTED_BY_AREA = frozenset({"school", "social_care_provider", "care_location"})
# Of some kinds of body the whole that they are parts of is inspected by the same rules. A grade of a whole and one
# of a part are not of the same thing: wholes have a review of their own. Kind → (its whole, the key of that review).
_WHOLES = {"probation_unit": ("probation_region", "probation-regions")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One review. `key` is its address; `kinds` are the kinds of body of which each is judged for itself."""

    key: str
    service: Service
    families: frozenset[str]
    kinds: tuple[str, ...]

    @property
    def is_of_councils(self) -> bool:
        return COUNCIL in self.kinds

    @property
    def is_by_area(self) -> bool:
        """Whether they are too many to be listed one by one."""
        return bool(COUNTED_BY_AREA & set(self.kinds))


@cache
def children_services_families() -> frozenset[str]:
    """The families whose inspections grade a council's services for children."""
    return frozenset(
        each.family
        for each in frameworks().values()
        if each.service == "children"
        and each.inspects == COUNCIL
        and not each.is_visit
        and each.family not in _OTHER_SUBJECTS
    )


@cache
def reviews() -> tuple[Reviewed, ...]:
    """Every review that there may be: children's first, then by service, newest framework first."""
    childrens = children_services_families()
    found = {
        "children": Reviewed(key="children", service="children", families=childrens, kinds=(COUNCIL,)),
    }
    for each in sorted(frameworks().values(), key=lambda each: each.starts, reverse=True):
        if each.kind not in ("inspection", "rating") or each.family in childrens:
            continue
        if each.family == "LSCB-review only":  # of boards that are no more
            continue
        found.setdefault(
            each.family,
            Reviewed(
                key=each.family,
                service=each.service,
                families=frozenset({each.family}),
                kinds=(each.inspects,),
            ),
        )
        if each.inspects in _WHOLES:
            whole, key = _WHOLES[each.inspects]
            families = frozenset({each.family})
            found.setdefault(key, Reviewed(key=key, service=each.service, families=families, kinds=(whole,)))
    return tuple(found.values())


def reviews_of(service: str) -> tuple[Reviewed, ...]:
    """The reviews of a service, the one that stands for it first; () for one that nobody grades."""
    return tuple(
        sorted((each for each in reviews() if each.service == service), key=lambda each: each.is_by_area)
    )


def reviewed(service: str, key: str = "") -> Reviewed | None:
    """The review of a service, or that of one of its families of frameworks; None where there is none."""
    of = reviews_of(service)
    return next((each for each in of if each.key == key), of[0] if of else None)


def main_question(edition: Framework) -> str | None:
    """The one question whose grade stands for the whole: overall, or the only one; None where there is none."""
    if edition.question("overall"):
        return "overall"
    return edition.questions[0].key if len(edition.questions) == 1 else None
