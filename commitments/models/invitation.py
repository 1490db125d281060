"""Invitations: how a person comes to have a role."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import Language, together, value_is_one_of
from commitments.models.organisation import Role
from commitments.models.trace import history


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """The questions asked of invitations."""

    def standing(self) -> Self:
        """Neither taken nor withdrawn; may have expired."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def to_send(self, now: datetime) -> Self:
        return self.standing().filter(
            sent_at__isnull=True, next_try_at__lte=now, expires_at__gt=now
        )


class Invitation(models.Model):
    """One role in one body, offered to an address until it expires; taken once.

    The link in the mail is signed over the id and `nonce`: sending it again changes the nonce, so
    that only the newest link works. The mail is an outbox row of its own: found by the beat.
    """

    email = models.EmailField(_("e-mail address"))
    full_name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language of mail"), max_length=2, choices=Language, default=Language.VI
    )
    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    nonce = models.CharField(max_length=32)
    invited_by = models.ForeignKey("User", models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited at"))
    expires_at = models.DateTimeField(_("expires at"))
    accepted_by = models.ForeignKey(
        "User", models.PROTECT, related_name="invitations", null=True, blank=True
    )
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"))
    last_error = models.TextField(_("last error"), blank=True)
    objects = InvitationQuerySet.as_manager()
    history = history("nonce")

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "pk"]
        constraints = [
            together("invitation_accepted_by_somebody_at_a_time", "accepted_by", "accepted_at"),
            models.CheckConstraint(
                name="invitation_is_taken_or_withdrawn",
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("invited_at")),
            ),
            models.UniqueConstraint(
                fields=["email", "organisation", "role"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_is_offered_once_at_a_time",
            ),
            value_is_one_of("invitation_role_is_known", "role", Role),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.role}"
