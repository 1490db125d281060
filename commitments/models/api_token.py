"""Keys under which other systems report for a body."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import together
from commitments.models.trace import history


class Scope(models.TextChoices):
    """What a token may do; none approves or publishes."""

    READ = "read", _("read what the body reports and owes")
    WRITE = "write", _("write drafts, figures and evidence")
    SUBMIT = "submit", _("hand in updates")
    CHANGES = "changes", _("ask for changes of plan")
    WEBHOOKS = "webhooks", _("keep the body's webhooks")


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """The questions asked of tokens."""

    def working(self, now: datetime) -> Self:
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)


class ApiToken(models.Model):
    """One system's key: it acts as `holder`, a reporter, and for `organisation` alone.

    Only a hash is kept, and the first characters to tell tokens apart. Rows stay when it has
    expired or was revoked. `last_used_at` is right to the minute.
    """

    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="api_tokens")
    holder = models.ForeignKey("User", models.PROTECT, related_name="api_tokens")
    name = models.CharField(_("name"), max_length=100)
    scopes = models.JSONField(_("scopes"), default=list)
    start = models.CharField(_("first characters"), max_length=15, db_index=True)
    digest = models.CharField(max_length=128, unique=True)
    made_by = models.ForeignKey("User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    last_used_from = models.GenericIPAddressField(_("last used from"), null=True, blank=True)
    revoked_by = models.ForeignKey("User", models.PROTECT, related_name="+", null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    objects = ApiTokenQuerySet.as_manager()
    history = history("digest", "last_used_at", "last_used_from")

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="api_token_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("made_at")),
            ),
            together("api_token_revoked_by_somebody_at_a_time", "revoked_by", "revoked_at"),
            together("api_token_used_from_somewhere_at_a_time", "last_used_at", "last_used_from"),
        ]

    def __str__(self) -> str:
        return self.name

    def works(self, now: datetime) -> bool:
        """Neither revoked nor expired; `ApiTokenQuerySet.working` asks the same of many."""
        return self.revoked_at is None and self.expires_at > now

    def allows(self, scope: str) -> bool:
        return scope in self.scopes
