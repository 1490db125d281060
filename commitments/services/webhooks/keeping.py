"""What is done with a webhook by whoever keeps it: a body's members, or the holder of its link."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, WrongState, refuse
from commitments.models import (
    DeliveryState,
    Organisation,
    PauseReason,
    Programme,
    User,
    Webhook,
    WebhookDelivery,
)
from commitments.reports.public import NOUNS
from commitments.rules import access
from commitments.rules.outgoing import check_outgoing
from commitments.rules.webhooks import MOST_OF_BODY, TWO_SECRETS, check_replay, check_webhook
from commitments.services.sealing import seal
from commitments.services.subscriptions import head_sequence
from commitments.services.webhooks.messages import new_secret
from commitments.services.webhooks.stopping import forget_webhooks
from commitments.text.citizens import new_nonce

KINDS = tuple(noun.kind for noun in NOUNS)


def checked(
    *, address: str, name: str, kinds: Sequence[str], programmes: Sequence[str]
) -> dict[str, Any]:
    """The columns as they are kept. Raises Refusals for all that is wrong."""
    known = frozenset(Programme.objects.public().values_list("slug", flat=True))
    ports = settings.OUTGOING_PORTS
    refuse(
        list(
            check_webhook(
                address=address, name=name, kinds=kinds, programmes=programmes,
                known_kinds=KINDS, known_programmes=known, ports=ports,
            )
        )
    )  # fmt: skip
    return {
        "address": check_outgoing(address, ports=ports),
        "name": name.strip(),
        "kinds": list(dict.fromkeys(kinds)),
        "programmes": list(dict.fromkeys(programmes)),
    }


@transaction.atomic
def make_webhook(
    *,
    organisation: Organisation,
    by: User,
    address: str,
    name: str,
    kinds: Sequence[str],
    programmes: Sequence[str],
    now: datetime,
) -> tuple[Webhook, str]:
    """A body's webhook, told of what happens from now on, and its secret, which is shown this once.

    Locks the body. Raises Forbidden, Refusals, and WrongState where the body has too many.
    """
    body = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    if not access.may_keep_webhooks(by, body):
        raise Forbidden
    said = checked(address=address, name=name, kinds=kinds, programmes=programmes)
    if Webhook.objects.standing().filter(organisation=body).count() >= MOST_OF_BODY:
        raise WrongState("too_many_webhooks", _TOO_MANY)
    secret = new_secret()
    webhook = Webhook.objects.create(
        organisation=body,
        made_by=by,
        language=by.language,
        nonce=new_nonce(),
        secret=seal(secret),
        through_sequence=head_sequence(),
        made_at=now,
        confirmed_at=now,
        **said,
    )
    return webhook, secret


_TOO_MANY = _("The body has twenty webhooks. Please end one first.")
_ENDED = _("This webhook has ended.")
_UNCONFIRMED = _("This webhook has not been confirmed yet.")


def _held(webhook: Webhook, by: User | None) -> Webhook:
    """The row, locked. `by` is None for the holder of a secret link: a body's needs a person.

    Raises Forbidden, and WrongState for what has ended or is not confirmed.
    """
    rows = Webhook.objects.select_for_update(of=("self",), no_key=True)
    mine = rows.select_related("organisation").get(pk=webhook.pk)
    body = mine.organisation
    if body is None:
        if by is not None:
            raise Forbidden
    elif by is None or not access.may_keep_webhooks(by, body):
        raise Forbidden
    if mine.ended_at is not None:
        raise WrongState("webhook_ended", _ENDED)
    if mine.confirmed_at is None:
        raise WrongState("webhook_unconfirmed", _UNCONFIRMED)
    return mine


@transaction.atomic
def edit_webhook(
    *,
    webhook: Webhook,
    by: User | None,
    address: str,
    name: str,
    kinds: Sequence[str],
    programmes: Sequence[str],
) -> Webhook:
    """Tell another address, or of other things; what is planned already goes there, too."""
    mine = _held(webhook, by)
    said = checked(address=address, name=name, kinds=kinds, programmes=programmes)
    for column, value in said.items():
        setattr(mine, column, value)
    mine.save(update_fields=list(said))
    return mine


@transaction.atomic
def pause_webhook(*, webhook: Webhook, by: User | None, now: datetime) -> Webhook:
    """Send nothing until somebody lets it go on. Twice is once."""
    mine = _held(webhook, by)
    if mine.paused_at is None:
        mine.paused_at, mine.pause_reason = now, PauseReason.BY_HAND
        mine.save(update_fields=["paused_at", "pause_reason"])
    return mine


@transaction.atomic
def resume_webhook(*, webhook: Webhook, by: User | None, now: datetime) -> Webhook:
    """Send again, what waits first and at once."""
    mine = _held(webhook, by)
    if mine.paused_at is not None:
        mine.paused_at, mine.pause_reason = None, ""
        mine.save(update_fields=["paused_at", "pause_reason"])
        mine.deliveries.waiting().update(next_try_at=now)
    return mine


@transaction.atomic
def rotate_secret(*, webhook: Webhook, by: User | None, now: datetime) -> str:
    """Another secret, shown this once; for a day messages are signed with both."""
    mine = _held(webhook, by)
    secret = new_secret()
    mine.former_secret, mine.former_until = mine.secret, now + TWO_SECRETS
    mine.secret = seal(secret)
    mine.save(update_fields=["former_secret", "former_until", "secret"])
    return secret


@transaction.atomic
def end_webhook(*, webhook: Webhook, by: User | None, now: datetime) -> None:
    """Send nothing more. One of no account is deleted with all that was kept of it."""
    rows = Webhook.objects.select_for_update(of=("self",), no_key=True)
    if by is None and rows.filter(pk=webhook.pk, organisation=None).exists():
        forget_webhooks(Webhook.objects.filter(pk=webhook.pk))
        return
    mine = _held(webhook, by)
    mine.ended_at = now
    mine.save(update_fields=["ended_at"])
    mine.deliveries.waiting().update(state=DeliveryState.CANCELLED)


@transaction.atomic
def send_test(*, webhook: Webhook, by: User | None, now: datetime) -> WebhookDelivery:
    """A message of type `test`, sent with the next round, also while the webhook is paused.

    While one waits it is the one.
    """
    mine = _held(webhook, by)
    tests = mine.deliveries.filter(sequence=None)
    if (waiting := tests.waiting().first()) is not None:
        tests.filter(pk=waiting.pk).update(next_try_at=now)
        return waiting
    newest = tests.order_by("-turn").values_list("turn", flat=True).first() or 0
    return WebhookDelivery.objects.create(
        webhook=mine,
        turn=newest + 1,
        message_id=f"test_{mine.pk}_{newest + 1}",
        made_at=now,
        next_try_at=now,
    )


@transaction.atomic
def replay_webhook(*, webhook: Webhook, by: User | None, after: int | None) -> Webhook:
    """Tell everything after an event once more, in a new turn, planned bit by bit like what is new.

    What waits of the former turn is cancelled: it comes again, in order. Raises Invalid for a
    number that no event has.
    """
    mine = _held(webhook, by)
    check_replay(after, head_sequence())
    assert after is not None  # as checked
    mine.deliveries.waiting().filter(sequence__gt=after).update(state=DeliveryState.CANCELLED)
    mine.turn += 1
    mine.through_sequence = after
    mine.save(update_fields=["turn", "through_sequence"])
    return mine


@transaction.atomic
def send_again(*, webhook: Webhook, by: User | None, delivery_id: int | None, now: datetime) -> int:
    """Try what was given up from the beginning, one message or (None) all; how many.

    Each keeps its `webhook-id`, by which a receiver knows what it has.
    """
    mine = _held(webhook, by)
    dead = mine.deliveries.filter(state=DeliveryState.DEAD)
    if delivery_id is not None:
        dead = dead.filter(pk=delivery_id)
    return dead.update(
        state=DeliveryState.PLANNED, tries=0, next_try_at=now, last_error="", answer=None
    )
