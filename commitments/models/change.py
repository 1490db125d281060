"""Proposals to move a date, change a target or a wording, or withdraw."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import differ, value_is_one_of
from commitments.models.trace import history

if TYPE_CHECKING:
    from commitments.models.user import User


class ChangeKind(models.TextChoices):
    CLARIFIED = "clarified", _("clarified")
    WIDENED = "widened", _("widened")
    NARROWED = "narrowed", _("narrowed")
    DATE_MOVED = "date_moved", _("date moved")
    TARGET_CHANGED = "target_changed", _("target changed")
    TARGET_ADDED = "target_added", _("target added")
    MILESTONE_ADDED = "milestone_added", _("milestone added")
    LEAD_CHANGED = "lead_changed", _("lead changed")
    TEXT_FOUND = "text_found", _("promised text found")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SUPERSEDED = "superseded", _("superseded")


class Decision(models.TextChoices):
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    TAKEN_BACK = "taken_back", _("taken back by the one who asked")


DECIDED = (Decision.APPROVED, Decision.REFUSED)
"""What somebody else decided, and is public; what was taken back never was anybody's decision."""


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    """The questions asked of change requests."""

    def open(self) -> Self:
        return self.filter(decision="")

    def decided(self) -> Self:
        return self.filter(decision__in=DECIDED)

    def visible_to(self, user: "User | None") -> Self:
        """Decided ones of what is public; for the lead body and the delivery unit every one."""
        public = Q(decision__in=DECIDED, commitment__published_at__isnull=False)
        if user is None or not user.is_authenticated:
            return self.filter(public)
        from commitments.models.participation import Participation

        led = Participation.objects.leading().filter(
            commitment=OuterRef("commitment"),
            organisation__in=user.organisations_as("reporter", "approver", "senior_official"),
        )
        units = user.organisations_as("officer", "administrator", "assessor", "auditor")
        return self.filter(public | Exists(led) | Q(commitment__programme__delivery_unit__in=units))

    def waiting_for(self, user: "User") -> Self:
        """Open ones that the person may decide, in programmes of theirs; never their own."""
        units = user.organisations_as("officer")
        return (
            self.open()
            .filter(commitment__programme__delivery_unit__in=units)
            .exclude(requester=user)
        )


class ChangeRequest(models.Model):
    """What is to change, why, who asked, who decided; `proposed`, `replaced` are JSON objects.

    `subject` names what of the commitment it is about, where that is not the whole: `target/2`,
    `milestone/1`. A decided request is public; the decider is never the requester (design §4.3).
    """

    commitment = models.ForeignKey("Commitment", models.PROTECT, related_name="change_requests")
    kind = models.CharField(_("kind of change"), max_length=20, choices=ChangeKind)
    subject = models.CharField(_("about"), max_length=40, blank=True)
    stated_on = models.DateField(_("stated on"), null=True, blank=True)
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
    objects = ChangeRequestQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        ordering = ["-requested_at"]
        constraints = [
            differ("change_decider_is_not_the_requester", "requester", "decider"),
            models.CheckConstraint(
                name="change_decided_by_somebody_at_a_time",
                # knows every decision there is: another word fits none of the three
                condition=Q(decision="", decider__isnull=True, decided_at__isnull=True)
                | Q(decision__in=DECIDED, decider__isnull=False, decided_at__isnull=False)
                | Q(
                    decision=Decision.TAKEN_BACK,
                    decider__isnull=True,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="change_refusal_says_why",
                condition=~Q(decision=Decision.REFUSED) | ~Q(decision_note=""),
            ),
            models.UniqueConstraint(
                fields=["commitment", "kind", "subject"],
                condition=Q(decision=""),
                name="change_is_asked_for_once_at_a_time",
            ),
            models.CheckConstraint(
                name="change_has_a_reason", condition=~Q(reason_vi="") | ~Q(reason_en="")
            ),
            value_is_one_of("change_kind_is_known", "kind", ChangeKind),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} · {self.kind}"
