"""A small edition of every publication, in its real layout, made here: a module for each source in the registry.

A module is called what the source is called, and has a `PUBLICATION`.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from tests.sources.making import Publication

PUBLICATIONS: dict[str, Publication] = {
    module.name: import_module(f"{__name__}.{module.name}").PUBLICATION for module in iter_modules(__path__)
}
