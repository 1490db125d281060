"""Commitments as sheets: what each says, and what there is beside them, for however many."""

from django.db.models import Prefetch, Q, QuerySet

from commitments.models import (
    Commitment,
    Milestone,
    Organisation,
    Participation,
    Programme,
    Source,
    Target,
    Wording,
)
from commitments.rules.commitments import (
    CommitmentSaid,
    Known,
    MilestoneSaid,
    PartSaid,
    SourceSaid,
    TargetSaid,
    in_order,
)
from commitments.rules.dates import LimitedDate
from commitments.text.display import said_text


def known_of(programme: Programme) -> Known:
    """Everything that a sheet of the programme may name, in four queries."""
    bodies = list(
        Organisation.objects.filter(is_demo=programme.is_demo)
        .select_related("merged_into")
        .only("slug", "merged_into__name_vi", "merged_into__name_en")
    )
    sources = list(sources_for(programme).values_list("slug", "pk", "url", "published_at"))
    public_last = sorted(sources, key=lambda one: one[3] is not None)
    return Known(
        organisations={body.slug: body.pk for body in bodies},
        merged={
            body.slug: said_text(body.merged_into, "name") for body in bodies if body.merged_into_id
        },
        priorities=dict(programme.priorities.values_list("slug", "pk")),
        sources={slug: pk for slug, pk, _url, _public in sources},
        addresses={url: slug for slug, _pk, url, _public in public_last if url},
        slugs=set(Commitment.objects.values_list("slug", flat=True)),
    )


def sources_for(programme: Programme) -> QuerySet[Source]:
    """Sources of the same world that are public, or that drafts of the programme rest on."""
    in_drafts = Commitment.sources.through.objects.filter(
        commitment__programme=programme, source__published_at=None
    )
    mine = Q(published_at__isnull=False) | Q(pk__in=in_drafts.values("source"))
    return Source.objects.filter(mine, is_demo=programme.is_demo)


def with_plan(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Load what `said_of` reads, in the same number of queries however many there are."""
    parts = Participation.objects.select_related("organisation").order_by("pk")
    return commitments.select_related("programme", "priority").prefetch_related(
        Prefetch("participations", queryset=parts),
        Prefetch("wordings", queryset=Wording.objects.order_by("number")),
        Prefetch("targets", queryset=Target.objects.order_by("number")),
        Prefetch("milestones", queryset=Milestone.objects.order_by("number")),
        "sources",
    )


def said_of(commitment: Commitment) -> CommitmentSaid:
    """What the commitment says now: of a published one the present plan and the last wording."""
    wording = next(iter(reversed(commitment.wordings.all())), None)
    targets = list(commitment.targets.all())
    replaced = {one.replaces_id for one in targets}
    said = CommitmentSaid(
        **{name: getattr(commitment, name) for name in PLAIN},
        priority=commitment.priority.slug if commitment.priority else "",
        due=limited(commitment.due),
        text_vi=wording.text_vi if wording else "",
        text_en=wording.text_en if wording else "",
        basis=str(wording.basis) if wording else "",
        stated_on=wording.stated_on if wording else None,
        parts=tuple(_part(one) for one in commitment.participations.all() if not one.ended_on),
        targets=tuple(_target(one) for one in targets if one.pk not in replaced),
        milestones=tuple(_milestone(one) for one in commitment.milestones.all()),
        sources=tuple(SourceSaid(slug=one.slug) for one in commitment.sources.all()),
    )
    return in_order(said)


PLAIN = ("kind", "slug", "title_vi", "title_en", "note", "speaker")
"""Columns of a commitment that its sheet gives as they are."""

TARGET_PLAIN = (
    "number",
    "text_vi",
    "text_en",
    "metric",
    "unit",
    "comparator",
    "value",
    "value_max",
    "baseline",
    "baseline_on",
    "direction",
    "cumulation",
)
"""Columns of a target that its row of the sheet gives as they are."""


def limited(text: str) -> LimitedDate | None:
    return LimitedDate.parse(text) if text else None


def _part(row: Participation) -> PartSaid:
    return PartSaid(
        organisation=row.organisation.slug,
        role=row.role,
        stage=row.stage,
        since=limited(row.since),
        confidence=row.confidence,
    )


def _target(row: Target) -> TargetSaid:
    plain = {name: getattr(row, name) for name in TARGET_PLAIN}
    return TargetSaid(**plain, due=limited(row.due))


def _milestone(row: Milestone) -> MilestoneSaid:
    return MilestoneSaid(
        number=row.number, title_vi=row.title_vi, title_en=row.title_en, due=limited(row.due)
    )
