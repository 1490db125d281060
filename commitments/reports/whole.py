"""One commitment with all that its page shows, in a fixed number of queries."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet

from commitments.models import (
    Acceptance,
    ChangeKind,
    ChangeRequest,
    Commitment,
    CommitmentLink,
    Decision,
    Evidence,
    Instrument,
    LinkKind,
    Measurement,
    Milestone,
    Obligation,
    Participation,
    PublicEvent,
    Recognition,
    Source,
    StatusUpdate,
    Target,
    UpdateState,
    Wording,
)
from commitments.models.commitment import CommitmentQuerySet
from commitments.models.prepared import Prepared, keep
from commitments.reports import standings

AT_ONCE = 22
"""How many updates are shown in full: those of one page, and the two that set the axes."""
LIGHT = (
    *("commitment_id", "number", "kind", "origin", "speaker", "as_of_on", "published_at"),
    *("stage", "forecast", "corrects_id", "submitted_at", "retraction__update_id"),
    *("retraction__retracted_at", "retraction__reason_vi", "retraction__reason_en"),
    *("correction_reason_vi", "correction_reason_en"),
)
"""What the order of the history and its strip need of an update; its texts come by the page."""
CLOSING = (ChangeKind.WITHDRAWN, ChangeKind.SUPERSEDED)
REPLACING = (LinkKind.SUPERSEDES, LinkKind.SPLIT_FROM, LinkKind.MERGES)
_PUBLISHED = Q(state=UpdateState.PUBLISHED)
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


def rows(today: date) -> CommitmentQuerySet:
    """Public commitments, each with its axes and what stands above it."""
    public = standings.known(Commitment.objects.public(), today)
    return public.select_related("programme__delivery_unit", "priority")


def whole_of(commitment: Commitment) -> Whole:
    """The rest of what its page shows. Needs a commitment of `rows`."""
    for name, asked in _PARTS.items():
        keep(commitment, name, asked.of(commitment.pk))
    for name, owned in _OWNED.items():
        _share(getattr(commitment, name).all(), owned.of(commitment.pk))
    changes = {one.pk: one for one in commitment.change_requests.all()}
    for wording in commitment.wordings.all():
        wording.change = changes.get(wording.change_id) if wording.change_id else None
    links = _LINKS.of(commitment.pk)
    return Whole(
        commitment,
        _SAID.of(commitment.pk),
        [link for link in links if link.from_commitment_id == commitment.pk],
        [link for link in links if link.from_commitment_id != commitment.pk],
    )


def _share(owners: Iterable[Any], sources: Sequence[Any]) -> None:
    """Give each owner the sources that name it."""
    of = {pk: list(group) for pk, group in groupby(sources, key=lambda one: one.owner)}
    for owner in owners:
        keep(owner, "sources", of.get(owner.pk, []))


def _sources_of(path: str) -> Prepared[Source]:
    """Sources of what hangs on a commitment, each with the key of its `owner`."""
    return Prepared(
        lambda key: (
            Source.objects.filter(**{f"{path}__commitment": key})
            .annotate(owner=F(f"{path}__pk"))
            .order_by("owner", "slug")
        )
    )


_PARTS: Mapping[str, Prepared[Any]] = {
    "participations": Prepared(
        lambda key: (
            Participation.objects.filter(commitment=key)
            .select_related("organisation")
            .order_by("pk")
        )
    ),
    "wordings": Prepared(lambda key: Wording.objects.filter(commitment=key).order_by("number")),
    "targets": Prepared(lambda key: Target.objects.filter(commitment=key).order_by("number")),
    "milestones": Prepared(
        lambda key: Milestone.objects.filter(commitment=key).order_by("due_latest", "number")
    ),
    "instruments": Prepared(
        lambda key: Instrument.objects.filter(commitments=key).order_by("slug")
    ),
    "acceptances": Prepared(
        lambda key: (
            Acceptance.objects.filter(commitments=key).select_related("organisation").order_by("pk")
        )
    ),
    "recognitions": Prepared(
        lambda key: Recognition.objects.filter(commitment=key).order_by("-year", "number")
    ),
    "sources": Prepared(lambda key: Source.objects.filter(commitments=key).order_by("slug")),
    "change_requests": Prepared(
        lambda key: (
            ChangeRequest.objects.decided()
            .filter(commitment=key)
            .select_related("source")
            .order_by("-decided_at", "-pk")
        )
    ),
    "obligations": Prepared(
        lambda key: Obligation.objects.filter(commitment=key).select_related("period").order_by()
    ),
}
_OWNED = {
    "participations": _sources_of("participations"),
    "recognitions": _sources_of("recognitions"),
}
_LINKS = Prepared(
    lambda key: (
        CommitmentLink.objects.filter(
            Q(from_commitment=key, to_commitment__published_at__isnull=False)
            | Q(to_commitment=key, from_commitment__published_at__isnull=False)
        )
        .select_related("from_commitment", "to_commitment")
        .order_by("pk")
    )
)
"""Links whose other end is public too: no page tells that a draft exists."""
_SAID = Prepared(
    lambda key: (
        StatusUpdate.objects.filter(_PUBLISHED, commitment=key)
        .select_related("retraction")
        .only(*LIGHT)
        .order_by("-as_of_on", "-published_at", "-pk")
    )
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
    """The updates with these primary keys, at most `AT_ONCE`, with all that is shown of them."""
    light = {one.pk: one for one in whole.said}
    found = {row.pk: row for row in _FULL.of(*keys)}
    evidence = _by_update(_SHOWN.of(*found))
    measured = _by_update(_MEASURED.of(*found))
    for pk, row in found.items():
        row.commitment = whole.commitment
        row.corrects = light.get(row.corrects_id) if row.corrects_id else None
        keep(row, "corrections", [one for one in whole.said if one.corrects_id == pk])
        keep(row, "evidence", evidence.get(pk, []))
        keep(row, "measurements", measured.get(pk, []))
    return found


def _by_update(rows: Sequence[Any]) -> dict[int, list[Any]]:
    return {pk: list(group) for pk, group in groupby(rows, key=lambda row: row.update_id)}


def _full(*keys: int) -> QuerySet[StatusUpdate]:
    named = StatusUpdate.objects.filter(_PUBLISHED, pk__in=keys)
    return named.with_verification().select_related("body", "retraction").order_by()


_FULL = Prepared(_full, AT_ONCE)
_SHOWN = Prepared(
    lambda *keys: (
        Evidence.objects.filter(update__in=keys)
        .select_related("source__file", "acceptance")
        .order_by("update", "pk")
    ),
    AT_ONCE,
)
_MEASURED = Prepared(
    lambda *keys: (
        Measurement.objects.filter(update__in=keys)
        .select_related("target")
        .order_by("update", "pk")
    ),
    AT_ONCE,
)


def rate(commitment: Commitment, full: Mapping[int, StatusUpdate]) -> None:
    """Give the commitment the updates that set its stage and forecast, where they are public."""
    if update := full.get(commitment.stage_update_id or 0):
        commitment.stage_update = update
    if update := full.get(commitment.forecast_update_id or 0):
        commitment.forecast_update = update


def events_of(slug: str, today: date, version: int | None = None) -> list[PublicEvent]:
    """What the record tells of a commitment beside its rows, newest first."""
    told = events_until(slug, today, version).filter(_TOLD)
    return list(told.defer("before").order_by("-sequence"))


def newest_event(slug: str, today: date, version: int | None = None) -> PublicEvent | None:
    """The last event of a commitment: it names the version that a page shows."""
    rows = events_until(slug, today, version)
    return rows.only("sequence", "recorded_at", "effective_on", "hash").last()


def events_until(slug: str, today: date, version: int | None) -> "QuerySet[PublicEvent]":
    """The events of a commitment up to a day, and where a version is asked for, up to it.

    By its slug: a page of a past day knows the commitment by another key than the record does.
    """
    found = PublicEvent.objects.filter(commitment__slug=slug, effective_on__lte=today)
    return found if version is None else found.filter(sequence__lte=version)
