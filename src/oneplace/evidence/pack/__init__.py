"""The evidence pack: the whole record as plain files, out and in again.

A folder with one Parquet file a table and a `datapackage.json` (a Frictionless Data Package) that says
what is in them: columns, sources, licences, and each file's size and SHA-256. The same record gives the
same bytes, and a pack loaded into an empty store and exported again is the same pack.
"""

from __future__ import annotations

from oneplace.evidence.pack.exporting import Exported, export_pack
from oneplace.evidence.pack.loading import Loaded, bundled_pack, load_pack

__all__ = ["Exported", "Loaded", "bundled_pack", "export_pack", "load_pack"]
