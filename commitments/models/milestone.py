"""Dated steps of a commitment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import limited_is_whole, limited_text, linked, one_language_is_there
from commitments.models.trace import history


class Milestone(models.Model):
    """A dated step; its original date stays beside the present one."""

    commitment = models.ForeignKey("Commitment", models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField(_("number"))
    title_vi = models.CharField(_("title in Vietnamese"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    original_due = limited_text(_("original due date"))
    original_due_earliest = models.DateField(editable=False)
    original_due_latest = models.DateField(editable=False)
    due = limited_text(_("present due date"))
    due_earliest = models.DateField(editable=False)
    due_latest = models.DateField(editable=False)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    change = models.ForeignKey(
        "ChangeRequest", models.PROTECT, related_name="milestones", null=True, blank=True
    )
    sources = linked("Source", "milestones")
    history = history()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["commitment", "due_latest", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "number"], name="milestone_number_is_one_per_commitment"
            ),
            one_language_is_there("milestone_has_a_title", "title"),
            limited_is_whole("milestone_original_due_is_whole", "original_due", required=True),
            limited_is_whole("milestone_due_is_whole", "due", required=True),
        ]

    def __str__(self) -> str:
        return self.title_vi or self.title_en
