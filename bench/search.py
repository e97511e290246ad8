"""How long a search takes over every passage of the record, against the database's full text alone.

Run with `.venv/bin/python bench/search.py [--processor] [HOME]` on a record into which reports have been read.
Each line is one search: the page as the site makes it (the view, without the server, nothing kept of the page),
the search without the page, and as the reference a bare MATCH of the same words for twenty passages by fit.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable

SEARCHES = (
    "private fostering", '"private fostering"', "children", "the OR of", "care leavers -adoption", "assess* timely",
    '"children\'s services" OR "social care"', "safegaurding", "life story work",
)  # fmt: skip
TIMES = 21
# Of the processor where `--processor` is given: on a machine that has other work, the clock measures that too.
CLOCK = time.process_time if "--processor" in sys.argv else time.perf_counter


def main() -> None:
    """Print the median in milliseconds of each."""
    for home in (each for each in sys.argv[1:] if not each.startswith("-")):
        os.environ["ONEPLACE_HOME"] = home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oneplace.settings")
    import django

    django.setup()
    from django.db import connection
    from django.test import RequestFactory

    from oneplace.evidence.queries import praised, search
    from oneplace.evidence.search import engines
    from oneplace.evidence.search.typed import read
    from oneplace.website.views.word_search import words

    began = time.perf_counter()
    held = search("").held
    first = (time.perf_counter() - began) * 1000
    print(
        f"{held.passages:,} passages of {held.reports} reports; the first question of a process takes {first:.0f} ms"
    )
    if not held.passages:
        raise SystemExit("There is nothing to search in: read reports into this record first.")
    requests = RequestFactory()

    def bare(typed: str) -> None:
        found = engines.matching(read(typed))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT p.id FROM {found.tables} WHERE {found.where} ORDER BY {found.fit} LIMIT 20",
                (*found.parameters, *found.fit_parameters),
            )
            cursor.fetchall()

    print(
        f"{'median of ' + str(TIMES) + ', ms':44}{'found':>8}{'page':>8}{'newest':>8}{'search':>8}{'MATCH':>8}"
    )
    pages = []
    for typed in SEARCHES:
        page = median(lambda typed=typed: words(requests.get("/search/words/", {"q": typed})))
        newest = median(
            lambda typed=typed: words(requests.get("/search/words/", {"q": typed, "order": "newest"}))
        )
        asked = median(lambda typed=typed: search(typed))
        match = median(lambda typed=typed: bare(typed))
        pages += [page, newest]
        print(f"{typed:44}{search(typed).total:>8,}{page:>8.1f}{newest:>8.1f}{asked:>8.1f}{match:>8.1f}")
    typed = "life story work"
    well = median(lambda: words(requests.get("/search/words/", {"q": typed, "show": "well"})))
    asked = median(lambda: praised(typed))
    name = f"{typed}: who does it well"
    print(f"{name:44}{len(praised(typed).bodies):>8,}{well:>8.1f}{'':8}{asked:>8.1f}")
    print(f"{'all pages of these searches':44}{'':8}{statistics.median(pages):>8.1f}")


def median(ask: Callable[[], object]) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(TIMES):
        began = CLOCK()
        ask()
        taken.append((CLOCK() - began) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
