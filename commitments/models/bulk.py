"""Deeds on many commitments at once: what was chosen, done, and refused."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import value_is_one_of


class BulkDeed(models.TextChoices):
    ASSIGN = "assign", _("assign a reporter")
    END = "end", _("end an assignment")
    WAIVE = "waive", _("waive the open update")
    NUDGE = "nudge", _("remind those in charge now")


class BulkRun(models.Model):
    """One deed on many rows. `token` comes from the page that was confirmed, so that sending it
    again finds this row and does nothing.

    `results` says for each row what became of it, written with the deed itself: what is not
    there was not reached.
    """

    token = models.UUIDField(_("token"), unique=True)
    person = models.ForeignKey("User", models.PROTECT, related_name="bulk_runs")
    deed = models.CharField(_("deed"), max_length=8, choices=BulkDeed)
    chosen = models.PositiveIntegerField(_("rows chosen"))
    results = models.JSONField(_("results"), default=list)
    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("deed on many")
        verbose_name_plural = _("deeds on many")
        ordering = ["-started_at", "pk"]
        constraints = [
            value_is_one_of("bulk_run_deed_is_known", "deed", BulkDeed),
            models.CheckConstraint(
                name="bulk_run_ends_after_it_starts",
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deed} · {self.started_at:%Y-%m-%d %H:%M}"
