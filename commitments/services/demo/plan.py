"""What the demonstration consists of; its times are told from the day of the first load."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from commitments.rules.bodies import ContactSaid
from commitments.services.citations import EvidenceSaid


@dataclass(frozen=True, kw_only=True, slots=True)
class FormerlySaid:
    """The name with which a body began; it was given up in the period."""

    name_vi: str
    name_en: str
    reason_vi: str
    reason_en: str
    period: int


@dataclass(frozen=True, kw_only=True, slots=True)
class BodySaid:
    slug: str
    name_vi: str
    name_en: str
    kind: str
    skips_approver: bool = False
    formerly: FormerlySaid | None = None
    merged_into: str = ""
    contacts: tuple[ContactSaid, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonSaid:
    email: str
    name: str
    role: str
    body: str
    language: str = "vi"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgrammeSaid:
    slug: str
    code: str
    name_vi: str
    name_en: str
    delivery_unit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceSaid:
    slug: str
    title: str
    publisher: str
    url: str
    language: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PrioritySaid:
    slug: str
    title_vi: str
    title_en: str
    summary_vi: str
    summary_en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AcceptanceSaid:
    body: str
    confidence: str
    reason_vi: str
    reason_en: str
    commitments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PartSaid:
    body: str
    role: str
    confidence: str
    stage: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetSaid:
    text_vi: str
    text_en: str
    metric: str = ""
    unit: str = ""
    comparator: str = ""
    value: Decimal | None = None
    value_max: Decimal | None = None
    baseline: Decimal | None = None
    direction: str = ""
    cumulation: str = ""
    due: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MilestoneSaid:
    title_vi: str
    title_en: str
    due: str
    done: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class UpdateSaid:
    """An update, and how far it has come on its way (`to`, one of `story.WAYS`).

    `period` counts from the one open at the load, 0; `later` moves it by so many working days.
    `corrects` is the number of the update it corrects, or 0. `measured` has a value per target
    number, `comments` what the reviewer remarked on fields by their names.
    """

    period: int
    to: str
    later: int = 0
    corrects: int = 0
    kind: str = "progress"
    stage: str = ""
    forecast: str = ""
    summary_vi: str = ""
    summary_en: str = ""
    problem_vi: str = ""
    problem_en: str = ""
    asked_vi: str = ""
    asked_en: str = ""
    correction_reason_vi: str = ""
    correction_reason_en: str = ""
    measured: Mapping[int, Decimal]
    evidence: tuple[EvidenceSaid, ...] = ()
    comment: str = ""
    comments: Mapping[str, str] = field(default_factory=dict)
    reason_vi: str = ""
    reason_en: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WaiverSaid:
    """Why the update of the open period is not asked for."""

    reason_vi: str
    reason_en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeSaid:
    """A change that somebody asked for in the period, and how an officer decided, if at all."""

    by: str
    period: int
    kind: str
    reason_vi: str
    reason_en: str
    proposed: Mapping[str, str] = field(default_factory=dict)
    decision: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteSaid:
    by: str
    text: str
    shared: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ChargeSaid:
    """Who reports beside the reporter who is charged when reporting opens."""

    person: str
    deputy: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class CommitmentSaid:
    """A commitment; reports on it are asked for from the period `asked`."""

    slug: str
    kind: str
    title_vi: str
    title_en: str
    text_vi: str
    text_en: str
    basis: str = "quoted"
    priority: str = ""
    due: str = ""
    asked: int = -2
    parts: tuple[PartSaid, ...] = ()
    targets: tuple[TargetSaid, ...] = ()
    milestones: tuple[MilestoneSaid, ...] = ()
    updates: tuple[UpdateSaid, ...] = ()
    waived: WaiverSaid | None = None
    changes: tuple[ChangeSaid, ...] = ()
    notes: tuple[NoteSaid, ...] = ()
    charges: tuple[ChargeSaid, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftSaid:
    """A commitment of which an officer has typed no more than this."""

    kind: str
    title_vi: str
    title_en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AbsenceSaid:
    """Somebody will be away; the days are told from today."""

    person: str
    cover: str
    first: str
    last: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HandOverSaid:
    """Somebody leaves a body and gives everything to another member."""

    body: str
    giver: str
    taker: str
    note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InvitationSaid:
    """A role that is offered and not taken up yet."""

    email: str
    name: str
    role: str
    body: str
    by: str
    language: str = "vi"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    programme: ProgrammeSaid
    bodies: tuple[BodySaid, ...]
    people: tuple[PersonSaid, ...]
    source: SourceSaid
    priorities: tuple[PrioritySaid, ...]
    acceptances: tuple[AcceptanceSaid, ...]
    commitments: tuple[CommitmentSaid, ...]
    drafts: tuple[DraftSaid, ...] = ()
    absences: tuple[AbsenceSaid, ...] = ()
    hand_overs: tuple[HandOverSaid, ...] = ()
    invitations: tuple[InvitationSaid, ...] = ()
