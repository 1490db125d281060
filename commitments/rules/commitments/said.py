"""What a commitment's sheet says, in plain values: of a form, a spreadsheet or the database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from commitments.rules.dates import LimitedDate


@dataclass(frozen=True, kw_only=True, slots=True)
class PartSaid:
    """An organisation's part; `organisation` is its slug."""

    organisation: str
    role: str
    stage: str = ""
    since: LimitedDate | None = None
    confidence: str = "confirmed"


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetSaid:
    """A promised quantity; metric, unit and value all or none."""

    number: int
    text_vi: str = ""
    text_en: str = ""
    metric: str = ""
    unit: str = ""
    comparator: str = ""
    value: Decimal | None = None
    value_max: Decimal | None = None
    baseline: Decimal | None = None
    baseline_on: date | None = None
    direction: str = ""
    cumulation: str = ""
    due: LimitedDate | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MilestoneSaid:
    """A dated step."""

    number: int
    title_vi: str = ""
    title_en: str = ""
    due: LimitedDate | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceSaid:
    """A publication that it rests on: one that is known, by its `slug`, or a new one."""

    slug: str = ""
    title: str = ""
    publisher: str = ""
    url: str = ""
    published: LimitedDate | None = None
    language: str = ""
    kind: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CommitmentSaid:
    """The whole sheet of a commitment. Two that are equal say the same.

    `priority` is a slug inside the programme. An empty `slug` is made of the title when it is
    kept. `text_vi`, `text_en`, `basis` and `stated_on` are the original wording.
    """

    kind: str = ""
    slug: str = ""
    priority: str = ""
    title_vi: str = ""
    title_en: str = ""
    note: str = ""
    speaker: str = ""
    due: LimitedDate | None = None
    text_vi: str = ""
    text_en: str = ""
    basis: str = ""
    stated_on: date | None = None
    parts: tuple[PartSaid, ...] = ()
    targets: tuple[TargetSaid, ...] = ()
    milestones: tuple[MilestoneSaid, ...] = ()
    sources: tuple[SourceSaid, ...] = ()

    def says(self, noun: str) -> bool:
        """Whether the text is there in at least one language."""
        return bool(getattr(self, f"{noun}_vi").strip() or getattr(self, f"{noun}_en").strip())

    def part(self, role: str) -> tuple[int, PartSaid] | None:
        """The first part of that role with its place, or None."""
        return next((one for one in enumerate(self.parts) if one[1].role == role), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What there is beside the sheet, looked up once for however many sheets are judged.

    `organisations`: slugs of the bodies of the same world (record or demonstration); `merged`:
    of those that exist no more, the name of their successor; `slugs`: of every commitment.
    """

    organisations: Collection[str]
    priorities: Collection[str]
    sources: Collection[str]
    slugs: Collection[str]
    merged: Mapping[str, str] = field(default_factory=dict)
