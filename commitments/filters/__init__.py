"""What a reader may ask of each list, cleaned; the same words in page and API."""

from commitments.filters.answered import FullCommitmentFilter
from commitments.filters.bodies import (
    AcceptanceFilter,
    InstrumentFilter,
    OrganisationFilter,
    PriorityFilter,
    ProgrammeFilter,
    SourceFilter,
    StaffOrganisationFilter,
)
from commitments.filters.changes import NewsFilter
from commitments.filters.commitments import CommitmentFilter
from commitments.filters.records import (
    EventFilter,
    EvidenceFilter,
    RecognitionFilter,
    RecordNoteFilter,
    UpdateFilter,
)
from commitments.filters.register import RegisterFilter

__all__ = [
    "AcceptanceFilter",
    "CommitmentFilter",
    "EventFilter",
    "EvidenceFilter",
    "FullCommitmentFilter",
    "InstrumentFilter",
    "NewsFilter",
    "OrganisationFilter",
    "PriorityFilter",
    "ProgrammeFilter",
    "RecognitionFilter",
    "RecordNoteFilter",
    "RegisterFilter",
    "SourceFilter",
    "StaffOrganisationFilter",
    "UpdateFilter",
]
