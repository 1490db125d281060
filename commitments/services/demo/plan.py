"""What the demonstration consists of; its times are told from the day of the first load."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from commitments.services.citations import EvidenceSaid


@dataclass(frozen=True, kw_only=True, slots=True)
class BodySaid:
    slug: str
    name_vi: str
    name_en: str
    kind: str
    skips_approver: bool = False


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
    number.
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
    reason_vi: str = ""
    reason_en: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WaiverSaid:
    """Why the update of the open period is not asked for."""

    reason_vi: str
    reason_en: str


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    programme: ProgrammeSaid
    bodies: tuple[BodySaid, ...]
    people: tuple[PersonSaid, ...]
    source: SourceSaid
    priorities: tuple[PrioritySaid, ...]
    acceptances: tuple[AcceptanceSaid, ...]
    commitments: tuple[CommitmentSaid, ...]
