"""Reporting periods, the updates that are owed for them, and who is to write them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import together, value_is_one_of
from commitments.models.trace import history


class ReportingPeriod(models.Model):
    """A stored row of a programme's calendar (design §2); all days inclusive."""

    programme = models.ForeignKey("Programme", models.PROTECT, related_name="periods")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(_("due on"))
    locks_on = models.DateField(_("locks on"))

    class Meta:
        verbose_name = _("reporting period")
        verbose_name_plural = _("reporting periods")
        ordering = ["programme", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "starts_on"], name="period_start_is_one_per_programme"
            ),
            models.CheckConstraint(
                name="period_days_are_in_order",
                condition=Q(ends_on__gte=F("starts_on"))
                & Q(opens_on__gt=F("ends_on"))
                & Q(due_on__gt=F("opens_on"))
                & Q(locks_on__gt=F("due_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.starts_on} – {self.ends_on}"


class ObligationQuerySet(models.QuerySet["Obligation"]):
    """The questions asked of obligations."""

    def opened(self, on: date) -> Self:
        return self.filter(period__opens_on__lte=on)

    def unmet(self) -> Self:
        """Neither met nor waived, and no later one of the commitment is met.

        A missed period cannot be met once it is locked; the body stops being late when it
        reports for a later one. That it missed one stays visible in the row itself.
        """
        later_met = Obligation.objects.filter(
            commitment=OuterRef("commitment"),
            period__starts_on__gt=OuterRef("period__starts_on"),
            met_at__isnull=False,
        )
        return self.filter(~Exists(later_met), met_at__isnull=True, waived_at__isnull=True)

    def owed(self, on: date) -> Self:
        """Opened, neither met nor waived, of commitments that are still open."""
        from commitments.models.axes import CLOSED

        return self.opened(on).unmet().exclude(commitment__stage__in=CLOSED)


class Obligation(models.Model):
    """The update that is owed for one commitment and one period."""

    commitment = models.ForeignKey("Commitment", models.PROTECT, related_name="obligations")
    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="obligations")
    met_by = models.ForeignKey(
        "StatusUpdate", models.PROTECT, related_name="meets", null=True, blank=True
    )
    met_at = models.DateTimeField(_("met at"), null=True, blank=True)
    waived_by = models.ForeignKey("User", models.PROTECT, related_name="+", null=True, blank=True)
    waived_at = models.DateTimeField(_("waived at"), null=True, blank=True)
    waiver_reason_vi = models.TextField(_("reason of the waiver, Vietnamese"), blank=True)
    waiver_reason_en = models.TextField(_("reason of the waiver, English"), blank=True)
    objects = ObligationQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering = ["period", "commitment"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "period"], name="obligation_is_one_per_period"
            ),
            # The record tells when a duty was met, not by which update: restored, it has none.
            models.CheckConstraint(
                name="obligation_met_by_an_update_at_a_time",
                condition=Q(met_by__isnull=True) | Q(met_at__isnull=False),
            ),
            together("obligation_waived_by_somebody_at_a_time", "waived_by", "waived_at"),
            models.CheckConstraint(
                name="obligation_waiver_gives_a_reason",
                condition=Q(waived_at__isnull=True)
                | ~Q(waiver_reason_vi="")
                | ~Q(waiver_reason_en=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} · {self.period.starts_on}"


class Charge(models.TextChoices):
    """What somebody is to do for a commitment."""

    REPORT = "report", _("reports")
    APPROVE = "approve", _("approves")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """The questions asked of assignments."""

    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def reporting(self) -> Self:
        return self.standing().filter(charge=Charge.REPORT)


class Assignment(models.Model):
    """A person's charge of a commitment; reminders go to those whose charge has not ended.

    A deputy is told while nobody else who has the charge is there.
    """

    commitment = models.ForeignKey("Commitment", models.PROTECT, related_name="assignments")
    person = models.ForeignKey("User", models.PROTECT, related_name="assignments")
    charge = models.CharField(_("charge"), max_length=8, choices=Charge, default=Charge.REPORT)
    is_deputy = models.BooleanField(_("deputy"), default=False)
    assigned_by = models.ForeignKey("User", models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(_("assigned at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    objects = AssignmentQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["commitment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "person", "charge"],
                condition=Q(ended_at__isnull=True),
                name="assignment_is_held_once_at_a_time",
            ),
            models.CheckConstraint(
                name="assignment_ends_after_it_starts",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("assigned_at")),
            ),
            value_is_one_of("assignment_charge_is_known", "charge", Charge),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.commitment}"


class Holiday(models.Model):
    """A day that differs from the calendar library's: free, or worked in exchange."""

    on = models.DateField(_("day"), unique=True)
    is_free = models.BooleanField(_("free"), default=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=120, blank=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    history = history()

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {self.name_vi or self.name_en}"
