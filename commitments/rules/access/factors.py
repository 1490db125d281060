"""Who has to log in with a second factor, and who has one."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from commitments.models import Role, User
from commitments.rules.access.people import may_deactivate

NEEDS_FACTOR = (Role.OFFICER, Role.ADMINISTRATOR)
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""Recovery codes only stand in for one of these."""


def needs_second_factor(user: User) -> bool:
    """Officers, administrators, and whoever may look into the admin."""
    return user.is_staff or user.is_superuser or bool(user.organisations_as(*NEEDS_FACTOR))


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists())


def with_second_factor(person: str = "pk") -> Any:
    """The same as a condition on rows whose column `person` holds the person."""
    return Exists(Authenticator.objects.filter(user_id=OuterRef(person), type__in=FACTORS))


def may_reset_factor(user: User, person: User) -> bool:
    """Take another's second factor away: whoever may close the account; nobody their own."""
    return may_deactivate(user, person)
