"""Putting a draft into the record: what is missing first, then the freeze of its original plan."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from commitments.errors import Refusal, Stale, refuse
from commitments.models import Commitment, CommitmentLink, Source, User
from commitments.reports.plans import known_of, said_of, with_plan
from commitments.rules.commitments import check_publication
from commitments.services import record
from commitments.services.commitments import publish_commitment
from commitments.services.plans._sources import make_public, set_changed
from commitments.services.plans.drafts import lock_draft
from commitments.services.record import Actor, officer_of


def missing_of(commitment: Commitment, *, today: date) -> list[Refusal]:
    """Everything that still keeps the draft from being published, at its fields."""
    whole = with_plan(Commitment.objects.filter(pk=commitment.pk)).get()
    known = known_of(whole.programme)
    return check_publication(said_of(whole), known, today=today, own_slug=whole.slug)


@transaction.atomic
def publish_plan(
    *, commitment: Commitment, officer: User, version: int, today: date, now: datetime
) -> Commitment:
    """Publish a draft as the officer read it: its wording and dates are the original from now on.

    Raises Stale when it is not the `version` that was read, Forbidden for anybody but an officer,
    WrongState when it is public already, Refusals for what is missing.
    """
    locked = lock_draft(commitment, officer)
    if locked.version != version:
        raise Stale
    refuse(missing_of(locked, today=today))
    by = officer_of(locked.programme)
    _freeze(locked)
    _publish_sources(locked, by=by, today=today, now=now)
    published = publish_commitment(commitment=locked, by=by, effective_on=today, now=now)
    _publish_links(published, by=by, today=today, now=now)
    return published


def _freeze(commitment: Commitment) -> None:
    """The plan of this day is the original; everything rests on the sources of the sheet."""
    plan = ("due", "due_earliest", "due_latest")
    originals = {f"original_{name}": getattr(commitment, name) for name in plan}
    if changed := set_changed(commitment, originals):
        commitment.save(update_fields=changed)
    sources = list(commitment.sources.all())
    for row in [*commitment.wordings.all(), *commitment.participations.all()]:
        row.sources.set(sources)


def _publish_sources(commitment: Commitment, *, by: Actor, today: date, now: datetime) -> None:
    """Make its new sources public; one whose address became public meanwhile gives way."""
    fresh = []
    for source in commitment.sources.filter(published_at=None).order_by("pk"):
        found = _public_twin(source)
        if found is not None:
            _give_way(commitment, source, found)
            continue
        make_public(source, now)
        fresh.append(source)
    record.publish_many(fresh, action="published", by=by, effective_on=today, now=now)


def _public_twin(source: Source) -> Source | None:
    if not source.url:
        return None
    public = Source.objects.public().filter(is_demo=source.is_demo, url=source.url)
    return public.order_by("pk").first()


def _give_way(commitment: Commitment, source: Source, found: Source) -> None:
    for row in [commitment, *commitment.wordings.all(), *commitment.participations.all()]:
        row.sources.add(found)
        row.sources.remove(source)


def _publish_links(commitment: Commitment, *, by: Actor, today: date, now: datetime) -> None:
    """Links become public when both of their ends are."""
    links = CommitmentLink.objects.filter(
        Q(from_commitment=commitment) | Q(to_commitment=commitment),
        from_commitment__published_at__isnull=False,
        to_commitment__published_at__isnull=False,
    ).select_related("from_commitment__programme", "to_commitment")
    record.publish_many(links.order_by("pk"), action="linked", by=by, effective_on=today, now=now)
