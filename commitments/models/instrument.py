"""Resolutions, laws, decrees and decisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.models._shapes import linked, one_language_is_there, value_is_one_of


class InstrumentKind(models.TextChoices):
    PARTY_RESOLUTION = "party_resolution", _("party resolution")
    NATIONAL_ASSEMBLY_RESOLUTION = (
        "national_assembly_resolution",
        _("National Assembly resolution"),
    )
    GOVERNMENT_RESOLUTION = "government_resolution", _("Government resolution")
    LAW = "law", _("law")
    DECREE = "decree", _("decree")
    PRIME_MINISTER_DECISION = "prime_minister_decision", _("Prime Minister's decision")
    MINISTERIAL_DECISION = "ministerial_decision", _("ministerial decision")
    DIRECTIVE = "directive", _("directive")
    DRAFT_LAW = "draft_law", _("draft law")
    DRAFT_DECREE = "draft_decree", _("draft decree")


class InstrumentStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("of a law", "draft")
    PASSED = "passed", _("passed")
    IN_FORCE = "in_force", _("in force")


class Instrument(models.Model):
    """A resolution, law, decree or decision; empty where the sources do not say."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=500, blank=True)
    title_en = models.CharField(_("title in English"), max_length=500, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=40, choices=InstrumentKind)
    issuer = models.ForeignKey(
        "Organisation", models.PROTECT, related_name="instruments", null=True, blank=True
    )
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    effective_on = models.DateField(_("in force since"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=InstrumentStatus)
    note = models.TextField(_("note"), blank=True)
    sources = linked("Source", "instruments")
    commitments = linked("Commitment", "instruments")

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        ordering = ["slug"]
        constraints = [
            one_language_is_there("instrument_has_a_title", "title"),
            value_is_one_of("instrument_kind_is_known", "kind", InstrumentKind),
            value_is_one_of("instrument_status_is_known", "status", InstrumentStatus),
        ]

    def __str__(self) -> str:
        return self.title_vi or self.title_en
