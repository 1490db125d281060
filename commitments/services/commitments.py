"""Commitments: giving them a reference and putting them into the public record."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from commitments.errors import WrongState
from commitments.models import (
    Acceptance,
    Commitment,
    CommitmentKind,
    Instrument,
    Organisation,
    Programme,
    ReferenceCounter,
)
from commitments.services import record
from commitments.services.record import Actor
from commitments.text.folding import search_text

PREFIXES = {
    CommitmentKind.NATIONAL_MISSION: "NM",
    CommitmentKind.CORPORATE_PLEDGE: "CP",
    CommitmentKind.GOVERNMENT_TASK: "GT",
}


def take_reference(*, programme: Programme, kind: str) -> str:
    """Give out the next reference (`NM26-001`), locking its counter; never the same twice."""
    prefix = PREFIXES[CommitmentKind(kind)]
    counter, _made = ReferenceCounter.objects.select_for_update().get_or_create(
        programme=programme, prefix=prefix
    )
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{prefix}{programme.code}-{counter.last:03d}"


@transaction.atomic
def publish_commitment(
    *,
    commitment: Commitment,
    by: Actor,
    effective_on: date,
    now: datetime,
    action: str = "published",
) -> Commitment:
    """Put a commitment with its wordings, parts, targets and milestones into the record.

    What is public already and names it says so from now on. Gives the reference.
    Raises WrongState when it is published already.
    """
    if commitment.published_at is not None:
        raise WrongState("already_published")
    publish_bodies(commitment, by=by, effective_on=effective_on, now=now)
    commitment.reference = take_reference(programme=commitment.programme, kind=commitment.kind)
    commitment.published_at = now
    commitment.search_text = words_of(commitment)
    commitment.save(update_fields=["reference", "published_at", "search_text"])
    parts = [
        *commitment.wordings.order_by("number"),
        *commitment.participations.order_by("pk"),
        *commitment.targets.order_by("number"),
        *commitment.milestones.order_by("number"),
    ]
    record.publish_many(
        [commitment, *parts], action=action, by=by, effective_on=effective_on, now=now
    )
    naming = [
        *Instrument.objects.filter(commitments=commitment),
        *Acceptance.objects.filter(commitments=commitment),
        *commitment.recognitions.all(),
    ]
    record.publish_many(naming, action="linked", by=by, effective_on=effective_on, now=now)
    return commitment


def publish_bodies(
    commitment: Commitment, *, by: Actor, effective_on: date, now: datetime
) -> list[Organisation]:
    """Make public the bodies that have a part in it and that nothing published named before, with
    those above them: the record names no body that is not in it."""
    named = Organisation.objects.filter(
        participations__commitment=commitment, participations__ended_on=None, published_at=None
    )
    bodies: dict[int, Organisation] = {}
    while fresh := _unnamed(named, bodies):
        bodies |= fresh
        named = Organisation.objects.filter(children__in=fresh, published_at=None)
    for body in bodies.values():
        body.published_at = now
        body.save(update_fields=["published_at"])
    record.publish_many(
        bodies.values(), action="published", by=by, effective_on=effective_on, now=now
    )
    return list(bodies.values())


def _unnamed(named: "QuerySet[Organisation]", known: Collection[int]) -> dict[int, Organisation]:
    """Those of the bodies that are not known yet, locked."""
    rows = named.exclude(pk__in=known).select_for_update(of=("self",), no_key=True)
    return {row.pk: row for row in rows.order_by("pk")}


def words_of(commitment: Commitment) -> str:
    """The folded words a search for the commitment may use: titles, reference, bodies."""
    bodies = [
        name
        for part in commitment.participations.select_related("organisation")
        for name in (part.organisation.name_vi, part.organisation.name_en)
    ]
    return search_text(
        commitment.title_vi, commitment.title_en, commitment.reference or "", *bodies
    )


def find_again(commitments: Iterable[Commitment]) -> None:
    """Bring the search words of commitments up to date with the names of their bodies."""
    for commitment in set(commitments):
        words = words_of(commitment)
        if commitment.search_text != words:
            Commitment.objects.filter(pk=commitment.pk).update(search_text=words)
