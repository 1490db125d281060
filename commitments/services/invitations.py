"""How a person comes to have a role: invited by mail, by a link that is taken once."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from commitments.errors import Forbidden, Invalid, Refusal, WrongState
from commitments.models import Invitation, Membership, Organisation, Role, User
from commitments.rules import access
from commitments.services.access import check_password
from commitments.services.memberships import OWN_ROLE, refuse_other_world

GOOD_FOR = timedelta(days=7)
NONCE_LENGTH = 32


class DeadLink(Refusal):
    """A link that leads nowhere (any more); `code` says why, and nothing of anybody else."""

    status = 410


_FORGED = _("This link is not one of ours, or it was cut off. Copy it whole from the mail.")
_REPLACED = _("This link was replaced by a newer one. Use the link of the newest mail.")
_TAKEN = _("This invitation was accepted already. You can log in.")
_REVOKED = _("This invitation was withdrawn. Ask whoever invited you.")
_EXPIRED = _("This invitation has expired. Ask whoever invited you to send it again.")
_LOST_RIGHT = _("Whoever invited you can no longer give this role. Ask to be invited again.")


@transaction.atomic
def invite(
    *,
    email: str,
    full_name: str,
    organisation: Organisation,
    role: str,
    language: str,
    by: User,
    now: datetime,
) -> Invitation:
    """Offer a role in a body to an address; the mail goes out with the next beat.

    One standing offer per address, body and role: a second is refused at the address, unless the
    first has expired; that one is withdrawn. Raises Forbidden where the role is not theirs to
    give, and for themselves.
    """
    body = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    address = _clean_address(email)
    _refuse_to_offer(by, body, role, address)
    if not full_name.strip():
        raise Invalid("name_missing", _("Please enter the person's name."), "full_name")
    _check_free(address, body, role, now)
    return Invitation.objects.create(
        email=address,
        full_name=full_name.strip(),
        language=language,
        organisation=body,
        role=role,
        nonce=get_random_string(NONCE_LENGTH),
        invited_by=by,
        invited_at=now,
        expires_at=now + GOOD_FOR,
        next_try_at=now,
    )


def _refuse_to_offer(by: User, body: Organisation, role: str, address: str) -> None:
    if not access.may_give_role(by, body, role):
        raise Forbidden
    if by.email.lower() == address:
        raise Forbidden("own_role", OWN_ROLE)


def _clean_address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid("bad_address", _BAD_ADDRESS, "email") from None
    return address


_BAD_ADDRESS = _("This is not an e-mail address. It looks like name@example.org.")


def _check_free(address: str, body: Organisation, role: str, now: datetime) -> None:
    """Refuse a body that is no more, somebody who has the role or was asked, the other world."""
    if body.merged_into_id is not None:
        raise Invalid("body_merged", _MERGED, "organisation")
    person = User.objects.filter(email__iexact=address).first()
    if person is not None:
        if Membership.objects.current().filter(user=person, organisation=body, role=role).exists():
            raise Invalid("has_role", _("This person has the role already."), "email")
        refuse_other_world(person, body, "email")
    standing = Invitation.objects.standing().filter(email=address, organisation=body, role=role)
    for row in standing.select_for_update(of=("self",)):
        if row.expires_at > now:
            raise Invalid("invited_already", _ALREADY, "email")
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])


_MERGED = _("This body was merged into another. Invite people to that one.")
_ALREADY = _("This address has a standing invitation to this role. Send that one again instead.")


@transaction.atomic
def invite_again(*, invitation: Invitation, by: User, now: datetime) -> Invitation:
    """Send it once more, by a new link: the old one stops working.

    It is theirs from now on: whoever invited first may have lost the right to.
    """
    locked = _lock_standing(invitation, by)
    _refuse_to_offer(by, locked.organisation, locked.role, locked.email)
    locked.invited_by = by
    locked.nonce = get_random_string(NONCE_LENGTH)
    locked.expires_at, locked.next_try_at = now + GOOD_FOR, now
    locked.sent_at, locked.tries, locked.last_error = None, 0, ""
    locked.save(
        update_fields=[
            "invited_by", "nonce", "expires_at", "next_try_at", "sent_at", "tries", "last_error",
        ]
    )  # fmt: skip
    return locked


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: User, now: datetime) -> Invitation:
    """Withdraw it: its link stops working at once."""
    locked = _lock_standing(invitation, by)
    locked.revoked_at = now
    locked.save(update_fields=["revoked_at"])
    return locked


def _lock_standing(invitation: Invitation, by: User) -> Invitation:
    rows = Invitation.objects.select_related("organisation").select_for_update(of=("self",))
    locked = rows.get(pk=invitation.pk)
    if not access.may_give_role(by, locked.organisation, locked.role):
        raise Forbidden
    if locked.accepted_at is not None or locked.revoked_at is not None:
        raise WrongState("not_standing", _("This invitation was accepted or withdrawn already."))
    return locked


# The link


def token_of(invitation: Invitation) -> str:
    return _signer().sign(f"{invitation.pk}.{invitation.nonce}")


def link_of(invitation: Invitation) -> str:
    """The address that the mail leads to, in the reader's language."""
    with translation.override(invitation.language):
        address = reverse("staff:invitation-accept", args=[token_of(invitation)])
    return f"{settings.SITE_URL}{address}"


def find_invitation(token: str, *, now: datetime) -> Invitation:
    """The invitation of a link. Raises DeadLink where it is forged, replaced, used or expired."""
    pk, nonce = _read(token)
    rows = Invitation.objects.select_related("organisation", "invited_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise DeadLink("forged", _FORGED)
    _check_alive(found, nonce, now)
    return found


def _signer() -> Signer:
    return Signer(salt="commitments.invitation", sep="~")


def _read(token: str) -> tuple[int, str]:
    try:
        pk, _dot, nonce = _signer().unsign(token).partition(".")
        return int(pk), nonce
    except (BadSignature, ValueError):
        raise DeadLink("forged", _FORGED) from None


def _check_alive(found: Invitation, nonce: str, now: datetime) -> None:
    if found.accepted_at is not None:
        raise DeadLink("taken", _TAKEN)
    if found.revoked_at is not None:
        raise DeadLink("revoked", _REVOKED)
    if found.nonce != nonce:
        raise DeadLink("replaced", _REPLACED)
    if found.expires_at <= now:
        raise DeadLink("expired", _EXPIRED)
    if not access.may_give_role(found.invited_by, found.organisation, found.role):
        raise DeadLink("lost_right", _LOST_RIGHT)


def account_of(invitation: Invitation) -> User | None:
    """The account that the invited address has already, open or closed."""
    return User.objects.filter(email__iexact=invitation.email).first()


@transaction.atomic
def accept_invitation(
    *,
    token: str,
    now: datetime,
    password: str = "",
    full_name: str = "",
    person: User | None = None,
) -> Membership:
    """Take the role: by a new account with `password`, or as `person`, whose address was invited.

    Locks the invitation, so that two clicks make one account. Raises DeadLink for a link that is
    no good, Forbidden for somebody else than was invited.
    """
    pk, nonce = _read(token)
    locked = (
        Invitation.objects.select_related("organisation", "invited_by")
        .select_for_update(of=("self",))
        .filter(pk=pk)
        .first()
    )
    if locked is None:
        raise DeadLink("forged", _FORGED)
    _check_alive(locked, nonce, now)
    known = account_of(locked)
    if known is not None:
        taker = _known_taker(known, person, locked)
    elif person is not None:
        raise Forbidden("other_address", _OTHER_ADDRESS)
    else:
        taker = _make_account(locked, password, full_name)
    return _take(locked, taker, now)


_OTHER_ADDRESS = _("This invitation is for another address than the one you are logged in with.")
_LOG_IN_FIRST = _("The invited address has an account. Log in with it to accept.")


def _known_taker(known: User, person: User | None, invitation: Invitation) -> User:
    if person is None:
        raise Forbidden("log_in_first", _LOG_IN_FIRST)
    if known.pk != person.pk:
        raise Forbidden("other_address", _OTHER_ADDRESS)
    if not known.is_active:
        raise Forbidden("closed", _("This account is closed."))
    refuse_other_world(known, invitation.organisation, None)
    return known


def _make_account(invitation: Invitation, password: str, full_name: str) -> User:
    person = User(
        email=invitation.email,
        full_name=full_name.strip() or invitation.full_name,
        language=invitation.language,
    )
    check_password(password, person)
    person.set_password(password)
    person.save()
    return person


def _take(invitation: Invitation, taker: User, now: datetime) -> Membership:
    membership, _made = Membership.objects.get_or_create(
        user=taker,
        organisation=invitation.organisation,
        role=Role(invitation.role),
        ended_on=None,
        defaults={"started_on": localdate(now)},
    )
    invitation.accepted_by, invitation.accepted_at = taker, now
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    return membership
