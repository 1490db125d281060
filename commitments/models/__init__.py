"""The tables of the record; one module per noun, gathered here."""

from commitments.models._shapes import Confidence, Language, Speaker
from commitments.models.axes import BODY_STAGES, CLOSED, Forecast, Reporting, Stage, Verification
from commitments.models.change import ChangeKind, ChangeRequest, Decision
from commitments.models.commitment import Commitment, CommitmentKind
from commitments.models.evidence import Evidence, EvidenceAcceptance, Relation
from commitments.models.finding import Contradiction, Gap, Recognition, RecordNote
from commitments.models.indicator import Indicator, IndicatorPoint, PointKind
from commitments.models.instrument import Instrument, InstrumentKind, InstrumentStatus
from commitments.models.milestone import Milestone
from commitments.models.notice import Cancelled, Digest, DigestState, Notice, NoticeState, Rule
from commitments.models.organisation import Membership, Organisation, OrganisationKind, Role
from commitments.models.participation import Acceptance, Part, Participation, TakenOn
from commitments.models.programme import Cadence, Priority, Programme, ReferenceCounter
from commitments.models.record import PublicEvent, RecordHead
from commitments.models.reporting import Assignment, Holiday, Obligation, ReportingPeriod
from commitments.models.review import Completion, Deed, Retraction, ReviewAction
from commitments.models.seed import LoadedEntry
from commitments.models.source import Source, SourceKind
from commitments.models.target import Comparator, Cumulation, Direction, Measurement, Target
from commitments.models.update import (
    EDITABLE,
    IN_REVIEW,
    Origin,
    StatusUpdate,
    Step,
    UpdateKind,
    UpdateState,
)
from commitments.models.user import User
from commitments.models.wording import Basis, Wording

__all__ = [
    "BODY_STAGES",
    "CLOSED",
    "EDITABLE",
    "IN_REVIEW",
    "Acceptance",
    "Assignment",
    "Basis",
    "Cadence",
    "Cancelled",
    "ChangeKind",
    "ChangeRequest",
    "Commitment",
    "CommitmentKind",
    "Comparator",
    "Completion",
    "Confidence",
    "Contradiction",
    "Cumulation",
    "Decision",
    "Deed",
    "Digest",
    "DigestState",
    "Direction",
    "Evidence",
    "EvidenceAcceptance",
    "Forecast",
    "Gap",
    "Holiday",
    "Indicator",
    "IndicatorPoint",
    "Instrument",
    "InstrumentKind",
    "InstrumentStatus",
    "Language",
    "LoadedEntry",
    "Measurement",
    "Membership",
    "Milestone",
    "Notice",
    "NoticeState",
    "Obligation",
    "Organisation",
    "OrganisationKind",
    "Origin",
    "Part",
    "Participation",
    "PointKind",
    "Priority",
    "Programme",
    "PublicEvent",
    "Recognition",
    "RecordHead",
    "RecordNote",
    "ReferenceCounter",
    "Relation",
    "Reporting",
    "ReportingPeriod",
    "Retraction",
    "ReviewAction",
    "Role",
    "Rule",
    "Source",
    "SourceKind",
    "Speaker",
    "Stage",
    "StatusUpdate",
    "Step",
    "TakenOn",
    "Target",
    "UpdateKind",
    "UpdateState",
    "User",
    "Verification",
    "Wording",
]
