"""The tables of the record; one module per noun, gathered here."""

from commitments.models._shapes import Confidence, Language, Speaker
from commitments.models.absence import Absence, HandOver
from commitments.models.account_mail import AccountMail, AccountMailKind
from commitments.models.api_call import ApiAnswer, ClientReference
from commitments.models.api_token import ApiToken, Scope
from commitments.models.axes import BODY_STAGES, CLOSED, Forecast, Reporting, Stage, Verification
from commitments.models.bulk import BulkDeed, BulkRun
from commitments.models.calendar_address import CalendarAddress
from commitments.models.change import DECIDED, ChangeKind, ChangeRequest, Decision
from commitments.models.citizen_mail import CONFIRMING, CitizenMail, CitizenMailKind
from commitments.models.commitment import Commitment, CommitmentKind
from commitments.models.contact import Contact
from commitments.models.desk import InternalNote, SavedView
from commitments.models.error_report import ErrorDeed, ErrorReport, ErrorReportDeed, ErrorState
from commitments.models.evidence import Evidence, EvidenceAcceptance, Relation
from commitments.models.file import StoredFile
from commitments.models.finding import Contradiction, Gap, Recognition, RecordNote
from commitments.models.indicator import Indicator, IndicatorPoint, PointKind
from commitments.models.instrument import Instrument, InstrumentKind, InstrumentStatus
from commitments.models.invitation import Invitation
from commitments.models.link import CommitmentLink, LinkKind
from commitments.models.mail_fault import MailFault, MailFaultKind
from commitments.models.milestone import Milestone
from commitments.models.naming import OrganisationName
from commitments.models.notice import (
    Cancelled,
    Digest,
    DigestKind,
    DigestState,
    Notice,
    NoticeState,
    Rule,
)
from commitments.models.organisation import Membership, Organisation, OrganisationKind, Role
from commitments.models.participation import Acceptance, Part, Participation, TakenOn
from commitments.models.programme import Cadence, Priority, Programme, ReferenceCounter
from commitments.models.read_model import Projection, SearchDocument, SearchWord, Standing
from commitments.models.record import PublicEvent, RecordHead
from commitments.models.release import Release, ReleaseKind
from commitments.models.reminding import Heartbeat, Mute, Pause, RuleSteps, Topic
from commitments.models.reporting import Assignment, Charge, Holiday, Obligation, ReportingPeriod
from commitments.models.review import (
    OF_ITS_HANDS,
    Completion,
    Deed,
    FieldComment,
    Retraction,
    ReviewAction,
    TakenOff,
)
from commitments.models.seed import LoadedEntry
from commitments.models.source import Source, SourceKind
from commitments.models.source_fault import SourceFault, SourceFaultEnd, SourceFaultKind
from commitments.models.spreadsheet import ImportRun, ImportState
from commitments.models.subscription import Followed, Subscriber, Subscription
from commitments.models.target import Comparator, Cumulation, Direction, Measurement, Target
from commitments.models.trace import Hand, Route, written_by
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
from commitments.models.webhook import DeliveryState, PauseReason, Webhook, WebhookDelivery
from commitments.models.wording import Basis, Wording

__all__ = [
    "BODY_STAGES",
    "CLOSED",
    "CONFIRMING",
    "DECIDED",
    "EDITABLE",
    "IN_REVIEW",
    "OF_ITS_HANDS",
    "Absence",
    "Acceptance",
    "AccountMail",
    "AccountMailKind",
    "ApiAnswer",
    "ApiToken",
    "Assignment",
    "Basis",
    "BulkDeed",
    "BulkRun",
    "Cadence",
    "CalendarAddress",
    "Cancelled",
    "ChangeKind",
    "ChangeRequest",
    "Charge",
    "CitizenMail",
    "CitizenMailKind",
    "ClientReference",
    "Commitment",
    "CommitmentKind",
    "CommitmentLink",
    "Comparator",
    "Completion",
    "Confidence",
    "Contact",
    "Contradiction",
    "Cumulation",
    "Decision",
    "Deed",
    "DeliveryState",
    "Digest",
    "DigestKind",
    "DigestState",
    "Direction",
    "ErrorDeed",
    "ErrorReport",
    "ErrorReportDeed",
    "ErrorState",
    "Evidence",
    "EvidenceAcceptance",
    "FieldComment",
    "Followed",
    "Forecast",
    "Gap",
    "Hand",
    "HandOver",
    "Heartbeat",
    "Holiday",
    "ImportRun",
    "ImportState",
    "Indicator",
    "IndicatorPoint",
    "Instrument",
    "InstrumentKind",
    "InstrumentStatus",
    "InternalNote",
    "Invitation",
    "Language",
    "LinkKind",
    "LoadedEntry",
    "MailFault",
    "MailFaultKind",
    "Measurement",
    "Membership",
    "Milestone",
    "Mute",
    "Notice",
    "NoticeState",
    "Obligation",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "Origin",
    "Part",
    "Participation",
    "Pause",
    "PauseReason",
    "PointKind",
    "Priority",
    "Programme",
    "Projection",
    "PublicEvent",
    "Recognition",
    "RecordHead",
    "RecordNote",
    "ReferenceCounter",
    "Relation",
    "Release",
    "ReleaseKind",
    "Reporting",
    "ReportingPeriod",
    "Retraction",
    "ReviewAction",
    "Role",
    "Route",
    "Rule",
    "RuleSteps",
    "SavedView",
    "Scope",
    "SearchDocument",
    "SearchWord",
    "Source",
    "SourceFault",
    "SourceFaultEnd",
    "SourceFaultKind",
    "SourceKind",
    "Speaker",
    "Stage",
    "Standing",
    "StatusUpdate",
    "Step",
    "StoredFile",
    "Subscriber",
    "Subscription",
    "TakenOff",
    "TakenOn",
    "Target",
    "Topic",
    "UpdateKind",
    "UpdateState",
    "User",
    "Verification",
    "Webhook",
    "WebhookDelivery",
    "Wording",
    "written_by",
]
