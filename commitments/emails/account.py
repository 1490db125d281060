"""Mails about one's account: a link to a new password, a changed one, a factor taken away."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.emails.letter import Letter, build_letter
from commitments.models import AccountMailKind


@dataclass(frozen=True, slots=True)
class AccountNews:
    """All that one such mail needs to know."""

    kind: str
    to: str
    name: str
    language: str
    number: int
    made_at: datetime
    url: str = ""


def build_account_mail(news: AccountNews) -> EmailMultiAlternatives:
    """The mail in the person's language."""
    with translation.override(news.language):
        subject, paragraphs, link, after = _WORDS[news.kind]()
    return build_letter(
        Letter(
            to=news.to,
            name=news.name,
            language=news.language,
            subject=subject,
            paragraphs=paragraphs,
            message_name=f"account-{news.number}",
            made_at=news.made_at,
            url=news.url,
            link=link,
            after=after,
        )
    )


Words = tuple[str, list[str], str, list[str]]


def _password_link() -> Words:
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    good_for = ngettext(
        "The link is good for %(count)d hour and for one use.",
        "The link is good for %(count)d hours and for one use.",
        hours,
    )
    return (
        _("A new password for Cam Kết"),
        [_("Somebody, probably you, asked for a new password of your account.")],
        _("Choose a new password"),
        [
            good_for % {"count": hours},
            _("If it was not you, do nothing: your password stays as it is."),
        ],
    )


def _password_changed() -> Words:
    return (
        _("Your password was changed"),
        [_("The password of your account was changed just now. All other sessions have ended.")],
        "",
        [_("If it was not you, ask for a new password on the log-in page at once.")],
    )


def _factor_reset() -> Words:
    return (
        _("Your second factor was taken away"),
        [
            _(
                "An administrator took away the second factor of your account, and all your "
                "sessions have ended. At your next log-in you set up a new one."
            )
        ],
        "",
        [_("If you did not ask for this, tell the delivery unit at once.")],
    )


_WORDS = {
    AccountMailKind.PASSWORD_LINK.value: _password_link,
    AccountMailKind.PASSWORD_CHANGED.value: _password_changed,
    AccountMailKind.FACTOR_RESET.value: _factor_reset,
}
