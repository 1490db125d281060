"""Proposals to move a date, change a target or a wording, or withdraw."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import differ, together, value_is_one_of


class ChangeKind(models.TextChoices):
    CLARIFIED = "clarified", _("clarified")
    WIDENED = "widened", _("widened")
    NARROWED = "narrowed", _("narrowed")
    DATE_MOVED = "date_moved", _("date moved")
    TARGET_CHANGED = "target_changed", _("target changed")
    LEAD_CHANGED = "lead_changed", _("lead changed")
    TEXT_FOUND = "text_found", _("promised text found")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SUPERSEDED = "superseded", _("superseded")


class Decision(models.TextChoices):
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


class ChangeRequest(models.Model):
    """What is to change, why, who asked, who decided; `proposed`, `replaced` are JSON objects.

    A decided request is public; the decider is never the requester (design §4.3).
    """

    commitment = models.ForeignKey("Commitment", models.PROTECT, related_name="change_requests")
    kind = models.CharField(_("kind of change"), max_length=20, choices=ChangeKind)
    proposed = models.JSONField(_("proposed"), default=dict)
    replaced = models.JSONField(_("replaced"), default=dict)
    reason_vi = models.TextField(_("reason in Vietnamese"), blank=True)
    reason_en = models.TextField(_("reason in English"), blank=True)
    source = models.ForeignKey(
        "Source", models.PROTECT, related_name="change_requests", null=True, blank=True
    )
    requester = models.ForeignKey("User", models.PROTECT, related_name="changes_requested")
    requested_at = models.DateTimeField(_("requested at"))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    decider = models.ForeignKey(
        "User", models.PROTECT, related_name="changes_decided", null=True, blank=True
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_note = models.TextField(_("reason of the decision"), blank=True)

    class Meta:
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        ordering = ["-requested_at"]
        constraints = [
            differ("change_decider_is_not_the_requester", "requester", "decider"),
            together("change_decided_by_somebody_at_a_time", "decider", "decided_at"),
            models.CheckConstraint(
                name="change_decision_iff_decided",
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="change_has_a_reason", condition=~Q(reason_vi="") | ~Q(reason_en="")
            ),
            value_is_one_of("change_kind_is_known", "kind", ChangeKind),
            value_is_one_of("change_decision_is_known", "decision", Decision, blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} · {self.kind}"
