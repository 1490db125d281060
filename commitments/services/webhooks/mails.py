"""The mails about a webhook, written at the moment of sending."""

from datetime import datetime

from django.core.mail import EmailMultiAlternatives

from commitments.emails.webhooks import (
    build_webhook_confirmation,
    build_webhook_link,
    build_webhook_stopped,
)
from commitments.models import CitizenMail, Membership, PauseReason, Role, User, Webhook
from commitments.reports.following import Searches
from commitments.rules import access
from commitments.rules.citizens import is_lapsed
from commitments.text.citizen_links import absolute, webhook_confirm_url, webhook_own_url


def compose_webhook_confirmation(
    mail: CitizenMail, now: datetime, _searches: Searches
) -> EmailMultiAlternatives | None:
    """With a link that confirms; for what is confirmed already one to its own page.

    None where it lapsed, or was ended meanwhile.
    """
    webhook = _webhook_of(mail)
    known = webhook.confirmed_at is not None
    if webhook.ended_at is not None or (not known and is_lapsed(mail.made_at, now)):
        return None
    language = webhook.language
    url = (webhook_own_url if known else webhook_confirm_url)(webhook.nonce, language)
    return (build_webhook_link if known else build_webhook_confirmation)(
        to=webhook.email,
        language=language,
        address=webhook.address,
        url=url,
        number=mail.pk,
        made_at=mail.made_at,
    )


def compose_stopped(
    mail: CitizenMail, _now: datetime, _searches: Searches
) -> EmailMultiAlternatives | None:
    """To whoever made it, or keeps it in their place; None where it goes on again, or nobody is
    left who could be told."""
    webhook = _webhook_of(mail)
    body = webhook.organisation
    keeper = _keeper(webhook)
    if webhook.paused_at is None or (body is not None and keeper is None):
        return None
    language = keeper.language if keeper else webhook.language
    return build_webhook_stopped(
        to=keeper.email if keeper else webhook.email,
        language=language,
        address=webhook.address,
        url=_own_page(webhook, language),
        number=mail.pk,
        made_at=mail.made_at,
        is_gone=webhook.pause_reason == PauseReason.GONE,
        is_demo=body is not None and body.is_demo,
    )


def _keeper(webhook: Webhook) -> User | None:
    """Who made it, while they may keep it; else the one who has approved, or reported, longest."""
    body, maker = webhook.organisation, webhook.made_by
    if body is None or (maker and maker.is_active and access.may_keep_webhooks(maker, body)):
        return maker
    rows = Membership.objects.current().filter(
        organisation=body, role__in=(Role.APPROVER, Role.REPORTER), user__is_active=True
    )
    first = rows.select_related("user").order_by("role", "started_on", "pk").first()
    return first.user if first else None


def _own_page(webhook: Webhook, language: str) -> str:
    if webhook.organisation_id is None:
        return webhook_own_url(webhook.nonce, language)
    return absolute("staff:webhook-detail", webhook.pk, language=language)


def _webhook_of(mail: CitizenMail) -> Webhook:
    assert mail.webhook is not None  # the constraint of its kind
    return mail.webhook
