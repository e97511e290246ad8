"""Every postcode of England and the council it is in: an index in a file of its own, beside the database.

A table of 2.7 million rows in the database itself would be most of it, and is the same for everybody. The index
has a row for each sector ("N15 3") with the postcodes in it packed: 37 MB, written once and only read after that.
"""

from __future__ import annotations

from oneplace.places.postcodes.finding import PostcodeAnswer, Share, find, forget_councils
from oneplace.places.postcodes.index import NoPostcodes, build, in_use, opened

__all__ = ["NoPostcodes", "PostcodeAnswer", "Share", "build", "find", "forget_councils", "in_use", "opened"]
