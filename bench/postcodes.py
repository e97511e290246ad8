"""How long a postcode takes: 10,000 random ones of the packaged directory, against a plain dictionary of all of them.

Run with `.venv/bin/python bench/postcodes.py`; it uses the record and the index of the home folder.
"""

from __future__ import annotations

import os
import random
import statistics
import time


def main() -> None:
    """Print the median and the 99th percentile of each, in microseconds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oneplace.settings")
    import django

    django.setup()
    from oneplace.places.postcodes import find, opened
    from oneplace.sources.ons_postcodes import directory, packaged

    path = packaged()
    if path is None:
        raise SystemExit("The package of postcodes is not installed.")
    began = time.perf_counter()
    index = opened()
    print(f"index ready after {time.perf_counter() - began:.2f} s, {index.path.stat().st_size / 1e6:.0f} MB")
    table = directory(path)
    everything = dict(zip(table["postcode"], table["council"], strict=True))
    chosen = random.Random(2025).sample(list(everything), 10_000)
    find(chosen[0])
    print(f"{'microseconds':34}{'median':>10}{'99 %':>10}")
    clocks = (("by the clock", time.perf_counter_ns), ("of the processor", time.thread_time_ns))
    for name, ask in (("a plain dictionary", everything.get), ("find", find)):
        for which, clock in clocks:
            taken = []
            for postcode in chosen:
                start = clock()
                ask(postcode)
                taken.append((clock() - start) / 1e3)
            percent = statistics.quantiles(taken, n=100)[98]
            print(f"{name + ', ' + which:34}{statistics.median(taken):>10.1f}{percent:>10.1f}")


if __name__ == "__main__":
    main()
