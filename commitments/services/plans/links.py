"""Saying that one commitment contributes to another; other links come of decided changes."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, WrongState
from commitments.models import Commitment, CommitmentLink, LinkKind, User
from commitments.rules import access
from commitments.services import record
from commitments.services.record import officer_of


@transaction.atomic
def link_commitments(
    *,
    commitment: Commitment,
    to: Commitment,
    officer: User,
    today: date,
    now: datetime,
    stated_on: date | None = None,
) -> CommitmentLink:
    """Say that the commitment contributes to another; public as soon as both are. Twice is once.

    Locks the first. Raises Forbidden for anybody but an officer of its programme, Invalid for a
    commitment that the officer does not see, that of another world, itself, or one that
    contributes to it already.
    """
    locked = _locked(commitment, officer)
    _check(locked, to, officer)
    link, made = CommitmentLink.objects.get_or_create(
        from_commitment=locked,
        to_commitment=to,
        kind=LinkKind.CONTRIBUTES_TO,
        defaults={"stated_on": stated_on},
    )
    if made and _is_public(link):
        by = officer_of(locked.programme)
        record.publish(link, action="linked", by=by, effective_on=today, now=now)
    return link


@transaction.atomic
def unlink_commitments(*, link: CommitmentLink, officer: User) -> None:
    """Take back a link that was never public.

    Raises Forbidden for anybody but an officer, WrongState once it is in the record.
    """
    _locked(link.from_commitment, officer)
    found = CommitmentLink.objects.select_related("from_commitment", "to_commitment")
    fresh = found.get(pk=link.pk)
    if _is_public(fresh) or fresh.kind != LinkKind.CONTRIBUTES_TO:
        raise WrongState("link_is_public", _PUBLIC)
    fresh.delete()


def _locked(commitment: Commitment, officer: User) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",), no_key=True)
    locked = rows.select_related("programme__delivery_unit").get(pk=commitment.pk)
    if not access.may_link(officer, locked):
        raise Forbidden
    return locked


def _check(commitment: Commitment, to: Commitment, officer: User) -> None:
    seen = Commitment.objects.visible_to(officer)
    same_world = seen.filter(pk=to.pk, programme__is_demo=commitment.programme.is_demo)
    if not same_world.exists():
        raise Invalid("link_unknown", _UNKNOWN, "to")
    if to.pk == commitment.pk:
        raise Invalid("link_to_itself", _ITSELF, "to")
    if CommitmentLink.objects.filter(
        from_commitment=to, to_commitment=commitment, kind=LinkKind.CONTRIBUTES_TO
    ).exists():
        raise Invalid("link_turns_round", _TURNS_ROUND, "to")


def _is_public(link: CommitmentLink) -> bool:
    return bool(link.from_commitment.published_at and link.to_commitment.published_at)


_UNKNOWN = _("There is no such commitment. Please choose one of the list.")
_ITSELF = _("A commitment cannot contribute to itself.")
_TURNS_ROUND = _("That commitment contributes to this one already; it cannot be both ways.")
_PUBLIC = _("This link is in the public record and stays there.")
