"""The vocabulary: everything that a source or a reading may say, as frozen records.

Plain Python, no Django. A source yields these from a publication, a reading yields one
`InspectionRecord` from one report, and `evidence` is the only room that stores them.

Units and conventions, throughout:

- dates are `datetime.date`; times are `datetime.datetime` in UTC;
- a box is (x0, y0, x1, y1) in PDF points, origin at the bottom left of the page;
- pages and rows count from 1, as a reader of the PDF or the sheet would count them: title lines
  count, and a line break within a quoted cell begins no row;
- `None` means that the publication does not say, never that the answer is "no".
"""

from __future__ import annotations

from oneplace.records.areas import (
    ArcRecord,
    AreaNameRecord,
    AreaRecord,
    AreaRef,
    BoundaryRecord,
    PostcodesRecord,
    Rings,
    SimilarRecord,
    Tier,
)
from oneplace.records.bodies import (
    BODY_KINDS,
    BodyRecord,
    BodyRef,
)
from oneplace.records.inspections import (
    DatePrecision,
    FindingRecord,
    InspectionRecord,
    JudgementRecord,
    ListKind,
    LookBackRecord,
    LookBackStatus,
    Problem,
    PublishedSource,
    RatingTotal,
    Reading,
    RecommendationRecord,
)
from oneplace.records.releases import (
    ADDED,
    NOWHERE,
    Address,
    Box,
    ReleaseRecord,
)
from oneplace.records.statistics import (
    MeasureRecord,
    Polarity,
    ValueRecord,
)

Record = (
    AreaRecord | BodyRecord | InspectionRecord | RatingTotal | MeasureRecord | ValueRecord | SimilarRecord
    | PostcodesRecord | ArcRecord | BoundaryRecord | AreaNameRecord
)  # fmt: skip

__all__ = [
    "ADDED",
    "BODY_KINDS",
    "NOWHERE",
    "Address",
    "ArcRecord",
    "AreaNameRecord",
    "AreaRecord",
    "AreaRef",
    "BodyRecord",
    "BodyRef",
    "BoundaryRecord",
    "Box",
    "DatePrecision",
    "FindingRecord",
    "InspectionRecord",
    "JudgementRecord",
    "ListKind",
    "LookBackRecord",
    "LookBackStatus",
    "MeasureRecord",
    "Polarity",
    "PostcodesRecord",
    "Problem",
    "PublishedSource",
    "RatingTotal",
    "Reading",
    "RecommendationRecord",
    "Record",
    "ReleaseRecord",
    "Rings",
    "SimilarRecord",
    "Tier",
    "ValueRecord",
]
