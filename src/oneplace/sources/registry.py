"""Which sources there are: ours, and those that other packages offer.

Ours are the modules of this package that have such a class, and the TOML files in `plain`. A package
adds a source with an entry point in the group "oneplace.sources" that names its class.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from inspect import isabstract
from pkgutil import iter_modules
from types import MappingProxyType

from oneplace.sources.plain_table import plain_sources
from oneplace.sources.source import Source

GROUP = "oneplace.sources"


class DuplicateSource(ValueError):
    """Two packages offer a source of the same name."""


@cache
def sources() -> Mapping[str, Source]:
    """Every source by its name. A new module in this package, or file in `plain`, is found by being there."""
    classes = [*_ours(), *plain_sources(), *(entry.load() for entry in entry_points(group=GROUP))]
    found: dict[str, Source] = {}
    for cls in classes:
        if cls.name in found:
            raise DuplicateSource(
                f"two sources are called {cls.name}: {type(found[cls.name]).__module__} and {cls.__module__}"
            )
        found[cls.name] = cls()
    return MappingProxyType(dict(sorted(found.items())))


def _ours() -> list[type[Source]]:
    import oneplace.sources as package

    classes: list[type[Source]] = []
    for module_info in iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{module_info.name}")
        classes += [
            value
            for value in vars(module).values()
            if isinstance(value, type)
            and issubclass(value, Source)
            and value is not Source
            and value.__module__ == module.__name__
            and not isabstract(value)
            and "name" in vars(value)
        ]
    return classes
