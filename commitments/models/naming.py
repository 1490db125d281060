"""What a body was called, and until when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import limited_is_whole, limited_text, one_language_is_there
from commitments.models.trace import history


class OrganisationName(models.Model):
    """A former name of a body, kept and public from the day it was given up."""

    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="former_names")
    number = models.PositiveSmallIntegerField(_("number"))
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    until = limited_text(_("until"))
    until_earliest = models.DateField(null=True, blank=True, editable=False)
    until_latest = models.DateField(null=True, blank=True, editable=False)
    reason_vi = models.TextField(_("reason in Vietnamese"), blank=True)
    reason_en = models.TextField(_("reason in English"), blank=True)
    source = models.ForeignKey("Source", models.PROTECT, related_name="+", null=True, blank=True)
    changed_by = models.ForeignKey("User", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("entered at"))
    history = history()

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["organisation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "number"], name="former_name_number_is_one_per_body"
            ),
            one_language_is_there("former_name_says_a_name", "name"),
            one_language_is_there("former_name_gives_a_reason", "reason"),
            limited_is_whole("former_name_until_is_whole", "until", required=True),
        ]

    def __str__(self) -> str:
        return self.name_vi or self.name_en
