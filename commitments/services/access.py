"""Passwords, second factors and sessions of people, and the mails about them."""

import logging
from datetime import datetime, timedelta

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from commitments.emails.account import AccountNews, build_account_mail
from commitments.errors import Forbidden, Invalid, WrongState, refuse
from commitments.models import AccountMail, AccountMailKind, User
from commitments.models.user import LATEST_MINUTE
from commitments.rules import access
from commitments.rules.retries import MAX_TRIES, next_try

LEASE = timedelta(minutes=10)
"""How long a sender may take before another may try."""

NO_MAIL_WENT = (OSError, ValueError)
"""The server or the way to it; an address or a header that no mail can carry."""

logger = logging.getLogger(__name__)


def lock_person(person: User) -> User:
    return User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)


def check_password(password: str, person: User, field: str = "password") -> None:
    """Raise Invalid, one refusal a rule, where the password is not good enough."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        refuse([Invalid("weak_password", text, field) for text in weak.messages])


@transaction.atomic
def change_password(*, person: User, password: str, now: datetime) -> User:
    """Set a new password and tell the person by mail; `person` itself is changed too."""
    lock_person(person)
    check_password(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    _note_mail(AccountMailKind.PASSWORD_CHANGED, person, now)
    return person


@transaction.atomic
def save_profile(*, person: User, full_name: str, language: str, digest_minute: int) -> User:
    """What people say of themselves: name, language of mail, minute of the digest."""
    locked = lock_person(person)
    if not full_name.strip():
        raise Invalid("name_missing", _("Please enter your name."), "full_name")
    if not 0 <= digest_minute <= LATEST_MINUTE:
        raise Invalid("minute_out_of_day", _MINUTE, "digest_minute")
    locked.full_name, locked.language = full_name.strip(), language
    locked.digest_minute = digest_minute
    locked.save(update_fields=["full_name", "language", "digest_minute"])
    return locked


_MINUTE = _("Please choose a time between 00:00 and 23:00.")


@transaction.atomic
def reset_factor(*, person: User, by: User, now: datetime) -> User:
    """Take somebody's second factor away, end their sessions and tell them by mail.

    At their next log-in they set up a new one, where their role needs it. The house's history
    keeps who did it. Raises Forbidden for one's own.
    """
    locked = lock_person(person)
    if not access.may_reset_factor(by, locked):
        raise Forbidden
    if not Authenticator.objects.filter(user=locked).exists():
        raise WrongState("no_factor", _NO_FACTOR)
    Authenticator.objects.filter(user=locked).delete()
    locked.factor_reset_at = now
    locked.save(update_fields=["factor_reset_at"])
    end_sessions(person=locked)
    _note_mail(AccountMailKind.FACTOR_RESET, locked, now)
    return locked


_NO_FACTOR = _("This person has no second factor.")


@transaction.atomic
def end_sessions(*, person: User, only: int | None = None, but_key: str = "") -> int:
    """End a person's sessions at once: all, one by its id, or all but the one of `but_key`."""
    rows = UserSession.objects.filter(user=person).exclude(session_key=but_key)
    ending = list(rows.filter(pk=only) if only is not None else rows)
    for session in ending:
        session.end()
    return len(ending)


@transaction.atomic
def tidy_sessions(*, now: datetime) -> None:
    """Forget sessions that have expired."""
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


@transaction.atomic
def ask_password_link(*, email: str, language: str, now: datetime) -> AccountMail:
    """Note that an address asked for a link to a new password, whether it has an account or not."""
    return AccountMail.objects.create(
        kind=AccountMailKind.PASSWORD_LINK,
        email=email.strip().lower(),
        language=language,
        made_at=now,
        next_try_at=now,
    )


def _note_mail(kind: AccountMailKind, person: User, now: datetime) -> None:
    AccountMail.objects.create(
        kind=kind,
        email=person.email,
        person=person,
        language=person.language,
        made_at=now,
        next_try_at=now,
    )


def account_mails_to_send(*, now: datetime) -> list[int]:
    return list(AccountMail.objects.to_send(now).order_by("pk").values_list("pk", flat=True))


def deliver_account_mail(mail_id: int, *, now: datetime) -> bool:
    """Send one, unless it is sent or in another sender's hands; it is marked when it was taken.

    A link that was asked for by an address without an open account is dropped. It is made here:
    good for a while from now, and no longer once the password was changed.
    """
    claimed = AccountMail.objects.to_send(now).filter(pk=mail_id)
    if not claimed.update(tries=F("tries") + 1, next_try_at=now + LEASE):
        return False
    mail = AccountMail.objects.select_related("person").get(pk=mail_id)
    person = mail.person or _account_of(mail.email)
    if person is None:
        mail.delete()
        return False
    try:
        build_account_mail(_news(mail, person)).send()
    except NO_MAIL_WENT as error:
        _mark_failed(mail, error, now)
        return False
    AccountMail.objects.filter(pk=mail_id).update(sent_at=now, next_try_at=None, last_error="")
    return True


def _account_of(email: str) -> User | None:
    """Whose open account it is; people of the demonstration exist in demo mode only."""
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None or settings.DEMO:
        return person
    return None if person.memberships.filter(organisation__is_demo=True).exists() else person


def _news(mail: AccountMail, person: User) -> AccountNews:
    is_link = mail.kind == AccountMailKind.PASSWORD_LINK
    return AccountNews(
        kind=mail.kind,
        to=person.email,
        name=person.full_name,
        language=person.language,
        number=mail.pk,
        made_at=mail.made_at,
        url=password_link(person) if is_link else "",
    )


def password_link(person: User) -> str:
    """The address at which the person chooses a new password; single-use."""
    with translation.override(person.language):
        key = default_token_generator.make_token(person)
        names = {"uidb36": user_pk_to_url_str(person), "key": key}
        return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs=names)}"


def _mark_failed(mail: AccountMail, error: OSError | ValueError, now: datetime) -> None:
    said = f"{type(error).__name__}: {error}"
    logger.warning("Account mail %s could not be sent (try %s): %s", mail.pk, mail.tries, said)
    again = next_try(mail.tries, now) if mail.tries <= MAX_TRIES else None
    AccountMail.objects.filter(pk=mail.pk).update(next_try_at=again, last_error=said)
