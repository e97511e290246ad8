"""Oneplace: what inspectorates say about public services in every area of England, in one place."""

__version__ = "0.2.0"
