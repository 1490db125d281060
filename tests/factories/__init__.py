"""The smallest valid row of every model; nothing random, and every text says "Test"."""

from tests.factories.bodies import (
    MembershipFactory,
    OrganisationFactory,
    SourceFactory,
    UserFactory,
)
from tests.factories.commitments import (
    AcceptanceFactory,
    ChangeRequestFactory,
    CommitmentFactory,
    MeasurementFactory,
    MilestoneFactory,
    ParticipationFactory,
    TargetFactory,
    WordingFactory,
)
from tests.factories.findings import (
    ContradictionFactory,
    GapFactory,
    IndicatorFactory,
    IndicatorPointFactory,
    InstrumentFactory,
    RecognitionFactory,
    RecordNoteFactory,
)
from tests.factories.programmes import (
    HolidayFactory,
    PriorityFactory,
    ProgrammeFactory,
    ReferenceCounterFactory,
    ReportingPeriodFactory,
)
from tests.factories.records import (
    DigestFactory,
    LoadedEntryFactory,
    NoticeFactory,
    PublicEventFactory,
    RecordHeadFactory,
)
from tests.factories.reporting import AssignmentFactory, ObligationFactory
from tests.factories.updates import (
    CompletionFactory,
    EvidenceAcceptanceFactory,
    EvidenceFactory,
    RetractionFactory,
    ReviewActionFactory,
    StatusUpdateFactory,
)

__all__ = [
    "AcceptanceFactory",
    "AssignmentFactory",
    "ChangeRequestFactory",
    "CommitmentFactory",
    "CompletionFactory",
    "ContradictionFactory",
    "DigestFactory",
    "EvidenceAcceptanceFactory",
    "EvidenceFactory",
    "GapFactory",
    "HolidayFactory",
    "IndicatorFactory",
    "IndicatorPointFactory",
    "InstrumentFactory",
    "LoadedEntryFactory",
    "MeasurementFactory",
    "MembershipFactory",
    "MilestoneFactory",
    "NoticeFactory",
    "ObligationFactory",
    "OrganisationFactory",
    "ParticipationFactory",
    "PriorityFactory",
    "ProgrammeFactory",
    "PublicEventFactory",
    "RecognitionFactory",
    "RecordHeadFactory",
    "RecordNoteFactory",
    "ReferenceCounterFactory",
    "ReportingPeriodFactory",
    "RetractionFactory",
    "ReviewActionFactory",
    "SourceFactory",
    "StatusUpdateFactory",
    "TargetFactory",
    "UserFactory",
    "WordingFactory",
]
