"""Webhooks of people without an account: asked for, confirmed by mail, forgotten."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from commitments.errors import WrongState
from commitments.models import CitizenMail, CitizenMailKind, Webhook
from commitments.rules.citizens import is_lapsed
from commitments.rules.webhooks import MOST_OF_ADDRESS
from commitments.services.citizen_addresses import may_confirm_more
from commitments.services.sealing import seal
from commitments.services.subscriptions import head_sequence
from commitments.services.webhooks.keeping import checked
from commitments.services.webhooks.messages import new_secret
from commitments.text.citizens import new_nonce


@transaction.atomic
def ask_webhook(
    *,
    email: str,
    language: str,
    address: str,
    name: str,
    kinds: Sequence[str],
    programmes: Sequence[str],
    now: datetime,
) -> None:
    """Note that somebody wants a webhook; a mail asks the address to confirm it.

    Raises Refusals for what was typed. Whoever asks learns nothing of the e-mail address: beyond
    the mails and webhooks that it may have nothing is noted, and nothing said.
    """
    said = checked(address=address, name=name, kinds=kinds, programmes=programmes)
    if not may_confirm_more(email, now):
        return
    own = Webhook.objects.standing().filter(email=email)
    known = own.filter(address=said["address"]).first()
    if known is None:
        if own.count() >= MOST_OF_ADDRESS:
            return
        known = Webhook.objects.create(
            email=email,
            language=language,
            nonce=new_nonce(),
            secret=seal(new_secret()),
            made_at=now,
            **said,
        )
    elif known.confirmed_at is None:
        for column, value in said.items():
            setattr(known, column, value)
        known.made_at, known.language = now, language
        known.save(update_fields=[*said, "made_at", "language"])
    if not known.mails.waiting().exists():
        kind = CitizenMailKind.CONFIRM_WEBHOOK
        CitizenMail.objects.create(kind=kind, webhook=known, made_at=now, next_try_at=now)


@transaction.atomic
def confirm_webhook(*, webhook: Webhook, now: datetime) -> tuple[Webhook, str]:
    """Send from now on; the webhook and its secret, which is shown this once. Confirmed already,
    the secret is empty.

    Raises WrongState for a link that is too old, or whose webhook has ended.
    """
    rows = Webhook.objects.standing().select_for_update(of=("self",), no_key=True)
    found = rows.filter(pk=webhook.pk).exclude(email="").first()
    if found is None:
        raise WrongState("link_is_over")
    if found.confirmed_at is not None:
        return found, ""
    if is_lapsed(found.made_at, now):
        raise WrongState("link_is_over")
    secret = new_secret()
    found.confirmed_at, found.secret = now, seal(secret)
    found.through_sequence = head_sequence()
    found.save(update_fields=["confirmed_at", "secret", "through_sequence"])
    return found, secret
