"""The addresses that mails to citizens lead to: signed, in the reader's language."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from commitments.text.citizens import sign

CONFIRM, OWN, REPORT = "confirm", "own", "report"
"""What a token is good for: to confirm a subscription, to keep one's own, to confirm an address."""
CONFIRM_WEBHOOK, OWN_WEBHOOK = "confirm-webhook", "own-webhook"


def absolute(name: str, *args: object, language: str = "") -> str:
    """A page of ours in a language: of the mail, unless the active one is meant."""
    with translation.override(language or translation.get_language()):
        return f"{settings.SITE_URL}{reverse(name, args=args)}"


def confirm_url(subscription_id: int, nonce: str, language: str) -> str:
    token = sign(CONFIRM, str(subscription_id), nonce)
    return absolute("subscription-confirm", token, language=language)


def own_url(nonce: str, language: str) -> str:
    """The subscriber's own page; a mail program that posts to it ends everything."""
    return absolute("subscription-list", sign(OWN, nonce), language=language)


def report_confirm_url(nonce: str, language: str) -> str:
    return absolute("report-confirm", sign(REPORT, nonce), language=language)


def webhook_confirm_url(nonce: str, language: str) -> str:
    return absolute("webhook-confirm", sign(CONFIRM_WEBHOOK, nonce), language=language)


def webhook_own_url(nonce: str, language: str) -> str:
    """The page on which somebody without an account keeps their webhook."""
    return absolute("webhook-own", sign(OWN_WEBHOOK, nonce), language=language)
