"""Secret addresses under which people's calendar programs read what is asked of them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models.trace import history


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    """The questions asked of them."""

    def standing(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class CalendarAddress(models.Model):
    """One person's address. `nonce` is signed into it: who only has the rows cannot make it.

    Revoking it makes every copy useless; a new row makes a new address.
    """

    person = models.ForeignKey("User", models.PROTECT, related_name="calendar_addresses")
    nonce = models.CharField(max_length=32, unique=True)
    made_at = models.DateTimeField(_("made at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    objects = CalendarAddressQuerySet.as_manager()
    history = history("nonce")

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        ordering = ["-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(revoked_at__isnull=True),
                name="calendar_address_is_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.made_at}"
