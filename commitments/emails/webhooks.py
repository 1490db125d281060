"""Mails about webhooks: the link that confirms one, and word that one was stopped."""

from datetime import datetime

from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _

from commitments.emails.letter import Letter, build_letter


def build_webhook_confirmation(
    *, to: str, language: str, address: str, url: str, number: int, made_at: datetime
) -> EmailMultiAlternatives:
    """Asks whether whoever reads this wants the address to be told; nothing is sent before."""
    with translation.override(language):
        letter = Letter(
            to=to, name="", language=language, made_at=made_at, url=url,
            message_name=f"webhook-{number}",
            subject=_("Please confirm: changes of the record to a webhook"),
            paragraphs=[
                _(
                    "Somebody, probably you, asked that every change in the public record of "
                    "commitments be sent to this address of a program:"
                ),
                address,
            ],
            link=_("See what you confirm"),
            after=[
                _("The page shows a button; only pressing it confirms. It then shows the secret "
                  "with which messages are signed. The link is good for 7 days."),
                _("If it was not you, do nothing: nothing is sent, and the addresses are deleted."),
            ],
        )  # fmt: skip
    return build_letter(letter)


def build_webhook_link(
    *, to: str, language: str, address: str, url: str, number: int, made_at: datetime
) -> EmailMultiAlternatives:
    """For what is confirmed already: the way to the page on which it is kept."""
    with translation.override(language):
        letter = Letter(
            to=to, name="", language=language, made_at=made_at, url=url,
            message_name=f"webhook-{number}",
            subject=_("Your webhook"),
            paragraphs=[
                _("Somebody, probably you, asked for a webhook that is there already:"),
                address,
            ],
            link=_("Test, pause or end it, without logging in"),
            after=[
                _("Nothing has changed. Whoever has the link keeps it: do not pass it on."),
            ],
        )  # fmt: skip
    return build_letter(letter)


def build_webhook_stopped(
    *, to: str, language: str, address: str, url: str, number: int, made_at: datetime,
    is_gone: bool, is_demo: bool,
) -> EmailMultiAlternatives:  # fmt: skip
    """Says why nothing is sent any more, and what to do."""
    with translation.override(language):
        if is_gone:
            subject, why = _("A webhook was ended"), _(
                "The address answered that it is gone for good (410), so nothing is sent there "
                "any more:"
            )  # fmt: skip
            after = [_("If that was a mistake, make a new webhook. Nothing of the record is lost.")]
        else:
            subject, why = _("A webhook was paused"), _(
                "For three days nothing that was sent to this address was taken, so it is paused:"
            )  # fmt: skip
            after = [
                _("When the receiver works again, send a test from the page and let it go on. "
                  "What was missed can be sent again from there."),
            ]  # fmt: skip
        letter = Letter(
            to=to, name="", language=language, made_at=made_at, url=url,
            message_name=f"webhook-{number}", subject=subject, paragraphs=[why, address],
            link=_("See the last answers and errors"), after=after, is_demo=is_demo,
        )  # fmt: skip
    return build_letter(letter)
