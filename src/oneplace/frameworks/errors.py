"""The errors of the frameworks, in words for people."""

from __future__ import annotations


class FrameworkError(ValueError):
    """The family: everything that is wrong with a framework or with a question asked of one."""


class InvalidFramework(FrameworkError):
    """A framework file that says too little, too much, or something that contradicts itself or another."""


class UnknownFramework(FrameworkError):
    """No framework has this key or family."""


class UnknownGrade(FrameworkError):
    """A printed text that is none of the framework's grades."""


class NotComparable(FrameworkError):
    """Two grades that do not measure the same thing. The message is the reason, ready to print."""
