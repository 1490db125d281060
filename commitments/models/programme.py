"""Rounds of commitments, their priorities, and the counters that give out references."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import Speaker, linked, one_language_is_there, value_is_one_of
from commitments.models.trace import history


class Cadence(models.TextChoices):
    MONTHLY = "monthly", _("monthly")
    QUARTERLY = "quarterly", _("quarterly")


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """The questions asked of programmes."""

    def public(self) -> Self:
        return self.filter(published_at__isnull=False)

    def real(self) -> Self:
        """Programmes of the record; the demonstration is counted apart (design §9)."""
        return self.public().filter(is_demo=False)


class Programme(models.Model):
    """A round of commitments with its own year, calendar and rules (design §2)."""

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    code = models.CharField(_("code in references"), max_length=4, unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    forum_on = models.DateField(_("day of the forum"))
    delivery_unit = models.ForeignKey(
        "Organisation", models.PROTECT, related_name="programmes_delivered", null=True, blank=True
    )
    cadence = models.CharField(
        _("reporting"), max_length=10, choices=Cadence, default=Cadence.MONTHLY
    )
    reporting_starts_on = models.DateField(_("reporting starts on"), null=True, blank=True)
    missions_said = models.PositiveSmallIntegerField(
        _("bodies said to have accepted missions"), null=True, blank=True
    )
    is_demo = models.BooleanField(_("demonstration"), default=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    objects = ProgrammeQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["is_demo", "-year"]
        constraints = [
            one_language_is_there("programme_has_a_name", "name"),
            value_is_one_of("programme_cadence_is_known", "cadence", Cadence),
        ]

    def __str__(self) -> str:
        return self.name_vi or self.name_en


class Priority(models.Model):
    """One of a programme's priorities as the Deputy Prime Minister set them."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="priorities")
    number = models.PositiveSmallIntegerField(_("number"))
    slug = models.SlugField(_("slug"), max_length=80)
    title_vi = models.CharField(_("title in Vietnamese"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    summary_vi = models.TextField(_("summary in Vietnamese"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    speaker = models.CharField(_("stated by"), max_length=12, choices=Speaker)
    sources = linked("Source", "priorities")

    class Meta:
        verbose_name = _("priority")
        verbose_name_plural = _("priorities")
        ordering = ["programme", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"], name="priority_number_is_one_per_programme"
            ),
            models.UniqueConstraint(
                fields=["programme", "slug"], name="priority_slug_is_one_per_programme"
            ),
            one_language_is_there("priority_has_a_title", "title"),
            value_is_one_of("priority_speaker_is_known", "speaker", Speaker),
        ]

    def __str__(self) -> str:
        return self.title_vi or self.title_en


class ReferenceCounter(models.Model):
    """The last number given out per programme and prefix, locked when the next is taken.

    A number is never given twice, also not after what carried it was withdrawn.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reference_counters")
    prefix = models.CharField(max_length=2)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "prefix"], name="reference_counter_is_one_per_prefix"
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.programme.code}-{self.last:03d}"
