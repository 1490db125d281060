"""Changes of plan: asked for, taken back, decided by somebody else, and carried out."""

from commitments.services.changes.decisions import decide_change
from commitments.services.changes.grounds import SourceSaid
from commitments.services.changes.requests import (
    AlreadyAsked,
    StoodOtherwise,
    request_change,
    request_merge,
    take_back_change,
)

__all__ = [
    "AlreadyAsked",
    "SourceSaid",
    "StoodOtherwise",
    "decide_change",
    "request_change",
    "request_merge",
    "take_back_change",
]
