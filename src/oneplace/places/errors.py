"""What may be wrong with what places are told."""

from __future__ import annotations


class RegisterError(ValueError):
    """A register contradicts itself: an area, a code or a line of a map twice; one that it refers to and has not."""
