"""One commitment with all that its page shows, in a fixed number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch, Q

from commitments.models import (
    Acceptance,
    ChangeKind,
    ChangeRequest,
    Commitment,
    CommitmentLink,
    Decision,
    Evidence,
    LinkKind,
    Measurement,
    Obligation,
    Participation,
    PublicEvent,
    Recognition,
    StatusUpdate,
    Target,
    UpdateState,
    Wording,
)
from commitments.models.commitment import CommitmentQuerySet
from commitments.reports import standings

LIGHT = (
    *("commitment_id", "number", "kind", "origin", "speaker", "as_of_on", "published_at"),
    *("stage", "forecast", "corrects_id", "submitted_at", "retraction__update_id"),
    *("retraction__retracted_at", "retraction__reason_vi", "retraction__reason_en"),
)
"""What the order of the history and its strip need of an update; its texts come by the page."""
CLOSING = (ChangeKind.WITHDRAWN, ChangeKind.SUPERSEDED)
REPLACING = (LinkKind.SUPERSEDES, LinkKind.SPLIT_FROM, LinkKind.MERGES)
_TOLD = (
    Q(object_kind="commitment", action__in=("loaded", "published", "reporting_opened"))
    | Q(object_kind__in=("completion", "evidence_acceptance", "link"))
    | Q(object_kind="obligation", action="waived")
    | Q(action="corrected")
)
"""Events that a history tells of. Of all others it shows the rows themselves."""


@dataclass(frozen=True)
class Whole:
    """A commitment with its rows. `said` holds every published update, without its texts."""

    commitment: Commitment
    said: Sequence[StatusUpdate]
    links: Sequence[CommitmentLink]
    linked_from: Sequence[CommitmentLink]

    @property
    def targets(self) -> list[Target]:
        return list(self.commitment.targets.all())

    @cached_property
    def standing(self) -> list[StatusUpdate]:
        """What nobody retracted and no later update corrects, newest first."""
        corrected = {one.corrects_id for one in self.said}
        return [one for one in self.said if one.pk not in corrected and not is_retracted(one)]

    @property
    def closing(self) -> ChangeRequest | None:
        """The decided request by which it was withdrawn or superseded."""
        decided = self.commitment.change_requests.all()
        approved = (one for one in decided if one.decision == Decision.APPROVED)
        return next((one for one in approved if one.kind in CLOSING), None)

    @property
    def successors(self) -> list[Commitment]:
        """What took its place, as far as it is public."""
        return [link.from_commitment for link in self.linked_from if link.kind in REPLACING]


def is_retracted(update: StatusUpdate) -> bool:
    return getattr(update, "retraction", None) is not None


def whole_of(commitment: Commitment) -> Whole:
    """The rest of what its page shows. Needs a commitment of `rows`."""
    changes = {one.pk: one for one in commitment.change_requests.all()}
    for wording in commitment.wordings.all():
        wording.change = changes.get(wording.change_id) if wording.change_id else None
    published = StatusUpdate.objects.filter(commitment=commitment.pk, state=UpdateState.PUBLISHED)
    said = published.select_related("retraction").only(*LIGHT)
    return Whole(
        commitment, list(said.order_by("-as_of_on", "-published_at", "-pk")), *_links(commitment)
    )


def measured_of(whole: Whole) -> dict[int, list[Measurement]]:
    """The values that still stand, with their updates, by target, the oldest first."""
    standing = {one.pk: one for one in whole.standing}
    targets = {one.pk: one for one in whole.targets}
    found: dict[int, list[Measurement]] = {pk: [] for pk in targets}
    rows = Measurement.objects.filter(target__in=targets, update__in=standing)
    for row in rows.order_by("as_of_on", "pk"):
        row.update, row.target = standing[row.update_id], targets[row.target_id]
        found[row.target_id].append(row)
    return found


def in_full(whole: Whole, keys: Collection[int]) -> dict[int, StatusUpdate]:
    """The updates with these primary keys, with all that a page shows of them."""
    published = StatusUpdate.objects.filter(state=UpdateState.PUBLISHED)
    shown = Evidence.objects.select_related("source__file", "acceptance").order_by("pk")
    rows = (
        published.filter(pk__in=keys)
        .with_verification()
        .select_related("body", "retraction")
        .prefetch_related(
            Prefetch("corrections", published.order_by("number")),
            Prefetch("evidence", shown),
            Prefetch("measurements", Measurement.objects.select_related("target")),
        )
    )
    light = {one.pk: one for one in whole.said}
    found = {row.pk: row for row in rows}
    for row in found.values():
        row.commitment = whole.commitment
        row.corrects = light.get(row.corrects_id) if row.corrects_id else None
    return found


def rate(commitment: Commitment, full: Mapping[int, StatusUpdate]) -> None:
    """Give the commitment the updates that set its stage and forecast, where they are public."""
    if update := full.get(commitment.stage_update_id or 0):
        commitment.stage_update = update
    if update := full.get(commitment.forecast_update_id or 0):
        commitment.forecast_update = update


def events_of(slug: str, today: date) -> list[PublicEvent]:
    """What the record tells of a commitment beside its rows, up to a day, newest first."""
    told = PublicEvent.objects.filter(_TOLD, commitment__slug=slug, effective_on__lte=today)
    return list(told.defer("before").order_by("-sequence"))


def newest_event(slug: str, today: date) -> PublicEvent | None:
    """The last event of a commitment up to a day: it names the version that a page shows."""
    rows = PublicEvent.objects.filter(commitment__slug=slug, effective_on__lte=today)
    return rows.only("sequence", "recorded_at", "effective_on", "hash").last()


def rows(today: date) -> CommitmentQuerySet:
    """Public commitments, each with what hangs on it, in as many queries for one as for many."""
    parts = Participation.objects.select_related("organisation").prefetch_related("sources")
    decided = ChangeRequest.objects.decided().select_related("source")
    recognised = Recognition.objects.select_related("organisation").prefetch_related("sources")
    return (
        standings.known(Commitment.objects.public(), today)
        .select_related("programme__delivery_unit", "priority")
        .prefetch_related(
            Prefetch("participations", parts.order_by("pk")),
            Prefetch("wordings", Wording.objects.order_by("number")),
            Prefetch("targets", Target.objects.order_by("number")),
            "milestones",
            "instruments",
            Prefetch("acceptances", Acceptance.objects.select_related("organisation")),
            Prefetch("recognitions", recognised),
            "sources",
            Prefetch("change_requests", decided.order_by("-decided_at", "-pk")),
            Prefetch("obligations", Obligation.objects.select_related("period").order_by()),
        )
    )


def _links(commitment: Commitment) -> tuple[list[CommitmentLink], list[CommitmentLink]]:
    """Links out and back whose other end is public too: no page tells that a draft exists."""
    rows = CommitmentLink.objects.filter(
        Q(from_commitment=commitment.pk, to_commitment__published_at__isnull=False)
        | Q(to_commitment=commitment.pk, from_commitment__published_at__isnull=False)
    )
    found = list(rows.select_related("from_commitment", "to_commitment").order_by("pk"))
    out = [link for link in found if link.from_commitment_id == commitment.pk]
    return out, [link for link in found if link.from_commitment_id != commitment.pk]
