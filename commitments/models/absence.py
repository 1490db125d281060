"""Who stands in for whom: absences with cover, and hand-overs of everything in one act."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import differ
from commitments.models.trace import history


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """The questions asked of absences."""

    def on(self, day: date) -> Self:
        """Those that hold on a day: begun, not over, not called off."""
        return self.filter(starts_on__lte=day, ends_on__gte=day, cancelled_at__isnull=True)


class Absence(models.Model):
    """Days, both inclusive, on which somebody else is reminded in a person's place."""

    person = models.ForeignKey("User", models.PROTECT, related_name="absences")
    cover = models.ForeignKey("User", models.PROTECT, related_name="covers", null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    entered_by = models.ForeignKey("User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("entered at"))
    cancelled_at = models.DateTimeField(_("called off at"), null=True, blank=True)
    objects = AbsenceQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["starts_on", "pk"]
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="absence_by_days")]
        constraints = [
            models.CheckConstraint(
                name="absence_days_are_in_order", condition=Q(ends_on__gte=F("starts_on"))
            ),
            differ("absence_cover_is_somebody_else", "person", "cover"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.starts_on} – {self.ends_on}"


class HandOver(models.Model):
    """Everything of one person in one body, given to another in one act.

    `moved` counts per kind of thing what went over.
    """

    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="hand_overs")
    giver = models.ForeignKey("User", models.PROTECT, related_name="handed_over")
    taker = models.ForeignKey("User", models.PROTECT, related_name="taken_over")
    done_by = models.ForeignKey("User", models.PROTECT, related_name="+")
    done_at = models.DateTimeField(_("done at"))
    giver_leaves = models.BooleanField(_("the person leaves the body"), default=False)
    moved = models.JSONField(_("what went over"), default=dict)
    note = models.TextField(_("note to the one who takes over"), blank=True)
    seen_at = models.DateTimeField(_("seen by the one who takes over"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-done_at", "pk"]
        constraints = [differ("hand_over_goes_to_somebody_else", "giver", "taker")]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"
