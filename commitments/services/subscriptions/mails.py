"""The mail that asks an address whether it wants to follow something."""

from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.utils import translation

from commitments.emails.citizens import build_already_following, build_confirmation
from commitments.models import CitizenMail
from commitments.reports.following import Searches, followed
from commitments.rules.citizens import is_lapsed
from commitments.text.citizen_links import confirm_url, own_url


def compose_confirmation(
    mail: CitizenMail, now: datetime, searches: Searches
) -> EmailMultiAlternatives | None:
    """With a link that confirms; for what is followed already one to the subscriber's own page.

    None where it lapsed, or where there is nothing to follow any more.
    """
    subscriber, subscription = mail.subscriber, mail.subscription
    assert subscriber is not None  # the constraint of its kind, as for the next
    assert subscription is not None
    with translation.override(subscriber.language):
        thing = followed(subscription.kind, subscription.key, searches)
    if thing is None:
        return None
    known = subscription.confirmed_at is not None
    if not known and is_lapsed(subscription.asked_at, now):
        return None
    link = own_url(subscriber.nonce, subscriber.language)
    if not known:
        link = confirm_url(subscription.pk, subscriber.nonce, subscriber.language)
    return (build_already_following if known else build_confirmation)(
        to=subscriber.email,
        language=subscriber.language,
        what=thing.words,
        url=link,
        number=mail.pk,
        made_at=mail.made_at,
    )
