"""What is known of mail that did not reach an address."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import value_is_one_of


class MailFaultKind(models.TextChoices):
    REFUSED = "refused", _("refused by the mail server")
    BOUNCED = "bounced", _("came back")


class MailFaultQuerySet(models.QuerySet["MailFault"]):
    """The questions asked of them."""

    def standing(self) -> Self:
        """Those after which nothing showed that the address works again."""
        return self.filter(cleared_at__isnull=True)


class MailFault(models.Model):
    """A hard failure: the server refused the address (5xx), or the mail came back.

    `address` is what it was then: a new address starts without faults. `report_id` is what the
    operator's mail hook calls the bounce, so that one that is reported twice counts once.
    """

    person = models.ForeignKey("User", models.PROTECT, related_name="mail_faults")
    address = models.EmailField(_("e-mail address"))
    kind = models.CharField(_("what happened"), max_length=8, choices=MailFaultKind)
    code = models.CharField(_("code"), max_length=12, blank=True)
    said = models.TextField(_("what the server said"), blank=True)
    report_id = models.CharField(_("report"), max_length=250, blank=True)
    digest = models.ForeignKey(
        "Digest", models.PROTECT, related_name="faults", null=True, blank=True
    )
    happened_at = models.DateTimeField(_("at"))
    cleared_at = models.DateTimeField(_("the address works again since"), null=True, blank=True)
    objects = MailFaultQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail that did not arrive")
        verbose_name_plural = _("mails that did not arrive")
        ordering = ["happened_at", "pk"]
        indexes = [models.Index(fields=["person", "cleared_at"], name="mail_fault_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "report_id"],
                condition=~Q(report_id=""),
                name="mail_fault_is_reported_once",
            ),
            value_is_one_of("mail_fault_kind_is_known", "kind", MailFaultKind),
        ]

    def __str__(self) -> str:
        return f"{self.address} · {self.kind}"
