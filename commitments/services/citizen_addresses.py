"""Addresses of people without an account: how much mail they may be sent, and when they go."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from commitments.models import CONFIRMING, CitizenMail, ErrorReport, Subscriber, Webhook
from commitments.services.webhooks.stopping import forget_webhooks

A_DAY = timedelta(days=1)


def end_of_address(*, addresses: tuple[str, ...]) -> int:
    """A mail came back for good: nothing more goes to these addresses; how many that were."""
    lowered = [address.strip().lower() for address in addresses]
    ended = Subscriber.objects.filter(email__in=lowered)
    count = ended.count()
    ended.delete()
    count += forget_webhooks(Webhook.objects.filter(email__in=lowered))
    return count + forget_contact(ErrorReport.objects.filter(contact__in=lowered))


def forget_contact(reports: QuerySet[ErrorReport]) -> int:
    """Delete the addresses of these reports; how many there were."""
    return reports.exclude(contact="").update(contact="", contact_confirmed_at=None)


def may_confirm_more(email: str, now: datetime) -> bool:
    """Whether the address may be sent one more link to confirm today, whoever asks for it."""
    recent = CitizenMail.objects.filter(kind__in=CONFIRMING, made_at__gt=now - A_DAY)
    own = recent.filter(
        Q(subscriber__email=email) | Q(report__contact=email) | Q(webhook__email=email)
    )
    most: int = settings.CONFIRM_MAILS_PER_DAY
    return own.count() < most
