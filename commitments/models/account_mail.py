"""Single mails about an account: an outbox of their own, found by the beat."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import Language, value_is_one_of


class AccountMailKind(models.TextChoices):
    PASSWORD_LINK = "password_link", _("link to a new password")
    PASSWORD_CHANGED = "password_changed", _("password changed")
    FACTOR_RESET = "factor_reset", _("second factor taken away")


class AccountMailQuerySet(models.QuerySet["AccountMail"]):
    """The questions asked of them."""

    def to_send(self, now: datetime) -> Self:
        return self.filter(sent_at__isnull=True, next_try_at__lte=now)


class AccountMail(models.Model):
    """What is said to one address about its account.

    A link to a new password is asked for by an address that may have no account: the row is made
    all the same, so that the answer takes as long, and the sender drops it. No link is kept here:
    it is made when the mail goes out.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=AccountMailKind)
    email = models.EmailField(_("e-mail address"))
    person = models.ForeignKey(
        "User", models.PROTECT, related_name="account_mails", null=True, blank=True
    )
    language = models.CharField(_("language"), max_length=2, choices=Language)
    made_at = models.DateTimeField(_("made at"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    objects = AccountMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail about an account")
        verbose_name_plural = _("mails about accounts")
        ordering = ["-made_at", "pk"]
        indexes = [models.Index(fields=["sent_at", "next_try_at"], name="account_mail_by_next_try")]
        constraints = [
            value_is_one_of("account_mail_kind_is_known", "kind", AccountMailKind),
            models.CheckConstraint(
                name="account_mail_is_to_a_person_unless_it_is_a_link",
                condition=Q(kind="password_link") | Q(person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.email}"
