"""Who has which part in a commitment, and who accepted missions of a programme."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import (
    Confidence,
    TranslatedMixin,
    limited_is_whole,
    limited_text,
    linked,
    value_is_one_of,
)
from commitments.models.trace import history


class Part(models.TextChoices):
    LEAD = "lead", _("lead")
    PARTNER = "partner", _("partner")
    SELECTED_BY = "selected_by", _("selected by")
    ASSIGNED_BY = "assigned_by", _("assigned by")


class TakenOn(models.TextChoices):
    """How the body took it on; blank: not stated."""

    ANNOUNCED = "announced", _("announced")
    REGISTERED = "registered", _("registered")
    SELECTED = "selected", _("selected")
    ASSIGNED = "assigned", _("assigned")
    ACCEPTED = "accepted", _("accepted")


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """The questions asked of parts."""

    def present(self) -> Self:
        return self.filter(ended_on__isnull=True)

    def leading(self) -> Self:
        """The parts of those who answer for a commitment now."""
        return self.present().filter(role=Part.LEAD)


class Participation(models.Model):
    """An organisation's part in a commitment: role, how it was taken on, and how sure we are.

    A lead that was changed keeps its row, ended: who answered for what in former days stays.
    """

    commitment = models.ForeignKey("Commitment", models.PROTECT, related_name="participations")
    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="participations")
    role = models.CharField(_("role"), max_length=12, choices=Part)
    stage = models.CharField(_("how taken on"), max_length=12, choices=TakenOn, blank=True)
    since = limited_text(_("since"))
    since_earliest = models.DateField(null=True, blank=True)
    since_latest = models.DateField(null=True, blank=True)
    confidence = models.CharField(_("how sure we are"), max_length=12, choices=Confidence)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    change = models.ForeignKey(
        "ChangeRequest", models.PROTECT, related_name="participations", null=True, blank=True
    )
    sources = linked("Source", "participations")
    objects = ParticipationQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["commitment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(role=Part.LEAD, ended_on__isnull=True),
                name="participation_lead_is_at_most_one",
            ),
            models.UniqueConstraint(
                fields=["commitment", "organisation", "role"],
                name="participation_role_is_held_once",
            ),
            limited_is_whole("participation_since_is_whole", "since"),
            value_is_one_of("participation_role_is_known", "role", Part),
            value_is_one_of("participation_stage_is_known", "stage", TakenOn, blank=True),
            value_is_one_of("participation_confidence_is_known", "confidence", Confidence),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.role}"

    @property
    def leads(self) -> bool:
        return self.role == Part.LEAD and self.ended_on is None


class Acceptance(TranslatedMixin):
    """A body's taking-on of a programme's missions as sources report it (design §2)."""

    programme = models.ForeignKey("Programme", models.PROTECT, related_name="acceptances")
    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="acceptances")
    confidence = models.CharField(_("how sure we are"), max_length=12, choices=Confidence)
    reason_vi = models.TextField(_("reason in Vietnamese"), blank=True)
    reason_en = models.TextField(_("reason in English"), blank=True)
    commitments = linked("Commitment", "acceptances")
    sources = linked("Source", "acceptances")

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "organisation"], name="acceptance_is_one_per_body"
            ),
            value_is_one_of("acceptance_confidence_is_known", "confidence", Confidence),
        ]

    def __str__(self) -> str:
        return f"{self.programme} · {self.organisation}"
