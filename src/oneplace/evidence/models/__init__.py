from oneplace.evidence.models.changes import Attempt, Edition, Event, FirstLoad
from oneplace.evidence.models.decisions import Correction, ReviewDecision
from oneplace.evidence.models.flags import Flag, FlagRound, FlagStep
from oneplace.evidence.models.passages import Passage
from oneplace.evidence.models.releases import Inspection, Release, State
from oneplace.evidence.models.reported import Reported, Reporter
from oneplace.evidence.models.statements import (
    Finding,
    Judgement,
    LookBack,
    Problem,
    RatingTotal,
    Recommendation,
    Statement,
)

__all__ = [
    "Attempt",
    "Correction",
    "Edition",
    "Event",
    "Finding",
    "FirstLoad",
    "Flag",
    "FlagRound",
    "FlagStep",
    "Inspection",
    "Judgement",
    "LookBack",
    "Passage",
    "Problem",
    "RatingTotal",
    "Recommendation",
    "Release",
    "Reported",
    "Reporter",
    "ReviewDecision",
    "State",
    "Statement",
]
