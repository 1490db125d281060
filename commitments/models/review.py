"""The deeds done on an update: review, retraction, and an officer's confirmation of completion."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import value_is_one_of
from commitments.models.trace import history


class Deed(models.TextChoices):
    """What was done to an update on its way."""

    SUBMITTED = "submitted", _("submitted")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")
    PUBLISHED = "published", _("published")
    SCHEDULED = "scheduled", _("set to be published")
    UNSCHEDULED = "unscheduled", _("taken off the schedule")
    HANDED_OVER = "handed_over", _("handed over")


OF_ITS_HANDS = (Deed.SUBMITTED, Deed.HANDED_OVER)
"""Deeds of those who worked on it: to them it stays their own work, whoever is its author now."""


class TakenOff(models.TextChoices):
    """Why an update that was set to be published no longer is; a deed's comment holds the code."""

    RETURNED = "returned", _("It was returned.")
    RESET = "reset", _("Another time was set.")
    NOT_READY = "not_ready", _("An approver of the body has to sign it off first.")
    OFFICER_LEFT = "officer_left", _("The officer who set the time can no longer log in.")
    ROLE_ENDED = "role_ended", _("The officer who set the time no longer has that role.")
    OWN_WORK = "own_work", _("The officer who set the time had a part in the text.")
    CLOSED = "closed", _("The commitment was closed meanwhile.")
    CORRECTED = "corrected", _("What it corrects was corrected or retracted meanwhile.")
    REFUSED = "refused", _("It could not be published when its time came.")


class ReviewAction(models.Model):
    """One deed on an update's way, for the house's own history; append-only."""

    update = models.ForeignKey("StatusUpdate", models.PROTECT, related_name="actions")
    deed = models.CharField(_("deed"), max_length=12, choices=Deed)
    person = models.ForeignKey("User", models.PROTECT, related_name="+")
    done_at = models.DateTimeField(_("at"))
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("review action")
        verbose_name_plural = _("review actions")
        ordering = ["done_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="review_return_says_why",
                condition=~Q(deed=Deed.RETURNED) | ~Q(comment=""),
            ),
            value_is_one_of("review_deed_is_known", "deed", Deed),
        ]

    def __str__(self) -> str:
        return f"{self.update} · {self.deed}"


class FieldComment(models.Model):
    """What a reviewer says of one field of an update when returning it; append-only."""

    action = models.ForeignKey(ReviewAction, models.PROTECT, related_name="field_comments")
    field = models.CharField(_("field"), max_length=40)
    text = models.TextField(_("comment"))

    class Meta:
        verbose_name = _("comment on a field")
        verbose_name_plural = _("comments on fields")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "field"], name="field_comment_is_one_per_field"
            ),
            models.CheckConstraint(
                name="field_comment_names_and_says", condition=~Q(field="") & ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.text[:40]}"


class Retraction(models.Model):
    """An officer's notice that stands before a published update; the text stays readable."""

    update = models.OneToOneField("StatusUpdate", models.PROTECT, related_name="retraction")
    reason_vi = models.TextField(_("reason in Vietnamese"), blank=True)
    reason_en = models.TextField(_("reason in English"), blank=True)
    officer = models.ForeignKey("User", models.PROTECT, related_name="+")
    retracted_at = models.DateTimeField(_("retracted at"))
    history = history()

    class Meta:
        verbose_name = _("retraction")
        verbose_name_plural = _("retractions")
        constraints = [
            models.CheckConstraint(
                name="retraction_gives_a_reason", condition=~Q(reason_vi="") | ~Q(reason_en="")
            )
        ]

    def __str__(self) -> str:
        return str(self.update)


class Completion(models.Model):
    """The officer's deed: what the body reported complete is complete (design §5)."""

    update = models.OneToOneField("StatusUpdate", models.PROTECT, related_name="completion")
    acceptance = models.ForeignKey("EvidenceAcceptance", models.PROTECT, related_name="completions")
    officer = models.ForeignKey("User", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"))

    class Meta:
        verbose_name = _("confirmation of completion")
        verbose_name_plural = _("confirmations of completion")

    def __str__(self) -> str:
        return str(self.update)
