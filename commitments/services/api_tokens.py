"""Tokens of the API: made and shown once, their use noted, revoked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from knox.crypto import create_token_string, hash_token

from commitments.errors import Forbidden, Invalid, WrongState, refuse
from commitments.models import ApiToken, Organisation, User
from commitments.rules import access
from commitments.rules.tokens import MOST_AT_A_TIME, check_token

PREFIX = "ck_"
"""By which programs that look for secrets in public places know one of ours."""
SHOWN = len(PREFIX) + 8
A_MINUTE = timedelta(minutes=1)


@transaction.atomic
def make_token(
    *,
    organisation: Organisation,
    holder: User,
    name: str,
    scopes: Sequence[str],
    days: int | None,
    now: datetime,
) -> tuple[ApiToken, str]:
    """Make a token for a system that reports in the holder's name; its text exists only here.

    Locks the holder. Raises Forbidden for anybody but a reporter of the body, Refusals for what
    was typed, WrongState where the holder has too many that work.
    """
    User.objects.select_for_update(no_key=True).get(pk=holder.pk)
    if not access.may_make_token(holder, organisation):
        raise Forbidden
    refuse(list(check_token(name=name, scopes=scopes, days=days)))
    if days is None:
        raise Invalid(field="days")
    mine = ApiToken.objects.working(now).filter(organisation=organisation, holder=holder)
    if mine.count() >= MOST_AT_A_TIME:
        raise WrongState("too_many_tokens", _TOO_MANY)
    text = PREFIX + create_token_string()
    token = ApiToken.objects.create(
        organisation=organisation,
        holder=holder,
        name=name.strip(),
        scopes=[scope for scope in scopes if scope],
        start=text[:SHOWN],
        digest=hash_token(text),
        made_by=holder,
        made_at=now,
        expires_at=now + timedelta(days=days),
    )
    return token, text


_TOO_MANY = _("You hold ten working tokens for this body. Please revoke one first.")


@transaction.atomic
def revoke_token(*, token: ApiToken, person: User, now: datetime) -> ApiToken:
    """End it at once; twice is once. Raises Forbidden for anybody who may not."""
    mine = ApiToken.objects.select_for_update(of=("self",), no_key=True).get(pk=token.pk)
    if not access.may_revoke_token(person, mine):
        raise Forbidden
    if mine.revoked_at is None:
        mine.revoked_by, mine.revoked_at = person, now
        mine.save(update_fields=["revoked_by", "revoked_at"])
    return mine


def find_token(text: str) -> ApiToken | None:
    """The token of that text, working or not; the hash of what was sent is looked up, so that
    nothing is to be learned from how long it took."""
    rows = ApiToken.objects.select_related("holder", "organisation")
    return rows.filter(digest=hash_token(text)).first()


def note_use(*, token: ApiToken, address: str, now: datetime) -> None:
    """Note when and from where it was used last; at most one row a minute is written."""
    used = token.last_used_at
    if used and used > now - A_MINUTE and token.last_used_from == address:
        return
    token.last_used_at, token.last_used_from = now, address
    ApiToken.objects.filter(pk=token.pk).update(last_used_at=now, last_used_from=address)
