"""What a commitment's sheet says, in plain values: of a form, a spreadsheet or the database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from commitments.models.participation import Part
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

    `organisations`, `priorities` and `sources` give the row of each slug: bodies and publications
    of the same world (record or demonstration), priorities of the one programme. `merged`: of
    bodies that exist no more, the name of their successor. `addresses`: the slug of the source
    with that address. `slugs`: those of every commitment.
    """

    organisations: Mapping[str, int]
    priorities: Mapping[str, int]
    sources: Mapping[str, int]
    slugs: Collection[str]
    merged: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)


def with_known_sources(said: CommitmentSaid, known: Known) -> CommitmentSaid:
    """The same, with every new source whose address is known named by its slug alone."""
    sources = tuple(
        SourceSaid(slug=known.addresses[one.url])
        if not one.slug and one.url in known.addresses
        else one
        for one in said.sources
    )
    return replace(said, sources=sources)


def in_order(said: CommitmentSaid) -> CommitmentSaid:
    """The same, with its rows in their lasting order, so that two sheets can be compared."""
    return replace(
        said,
        parts=tuple(sorted(said.parts, key=lambda one: (_place(one.role), one.organisation))),
        targets=tuple(sorted(said.targets, key=lambda one: one.number)),
        milestones=tuple(sorted(said.milestones, key=lambda one: one.number)),
        sources=tuple(sorted(said.sources, key=lambda one: (not one.slug, one.slug, one.title))),
    )


def _place(role: str) -> int:
    return Part.values.index(role) if role in Part.values else len(Part.values)
