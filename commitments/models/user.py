"""People who log in."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import Language
from commitments.models.trace import history

LATEST_MINUTE = 23 * 60
"""A digest goes out on its own day or not at all: after 23:00 too little of the day is left."""


class UserManager(BaseUserManager["User"]):
    """Makes people; an address is one person, however it is capitalised."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do follows from their memberships, not from Django's permissions."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language of mail"), max_length=2, choices=Language, default=Language.VI
    )
    digest_minute = models.PositiveSmallIntegerField(
        _("minute of the day at which the digest goes out"),
        default=8 * 60 + 30,
        validators=[MinValueValidator(0), MaxValueValidator(LATEST_MINUTE)],
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("may look into the admin"), default=False)
    joined_at = models.DateTimeField(_("joined at"), auto_now_add=True)
    factor_reset_at = models.DateTimeField(
        _("second factor last taken away at"), null=True, blank=True, editable=False
    )

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = UserManager()
    history = history("password", "last_login")

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_is_one_person"),
            models.CheckConstraint(
                name="user_digest_minute_leaves_time_to_send",
                condition=Q(digest_minute__lte=LATEST_MINUTE),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    @cached_property
    def roles(self) -> frozenset[tuple[int, str]]:
        """(organisation id, role) of every membership that holds now; one query, then kept."""
        if not self.is_active:
            return frozenset()
        held: Iterable[tuple[int, str]] = self.memberships.current().values_list(
            "organisation_id", "role"
        )
        return frozenset(held)

    def organisations_as(self, *roles: str) -> set[int]:
        """Ids of the organisations in which the person holds one of `roles`."""
        return {organisation for organisation, role in self.roles if role in roles}
