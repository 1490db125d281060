"""What the editors found beside the promises: honours, news notes, contradictions and gaps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import (
    Speaker,
    TranslatedMixin,
    linked,
    one_language_is_there,
    value_is_one_of,
)
from commitments.models.update import Step


class Recognition(TranslatedMixin):
    """An honour given for a year. Being honoured is not the same as having fulfilled."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    year = models.PositiveSmallIntegerField(_("year"))
    organisation = models.ForeignKey(
        "Organisation", models.PROTECT, related_name="recognitions", null=True, blank=True
    )
    commitment = models.ForeignKey(
        "Commitment", models.PROTECT, related_name="recognitions", null=True, blank=True
    )
    what_vi = models.TextField(_("what, in Vietnamese"), blank=True)
    what_en = models.TextField(_("what, in English"), blank=True)
    speaker = models.CharField(_("stated by"), max_length=12, choices=Speaker)
    sources = linked("Source", "recognitions")

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        ordering = ["-year", "number"]
        constraints = [
            one_language_is_there("recognition_says_what", "what"),
            value_is_one_of("recognition_speaker_is_known", "speaker", Speaker),
        ]

    def __str__(self) -> str:
        return self.what_vi or self.what_en


class RecordNote(models.Model):
    """News on an instrument or indicator; it carries no stage and meets no obligation."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    instrument = models.ForeignKey(
        "Instrument", models.PROTECT, related_name="notes", null=True, blank=True
    )
    indicator = models.ForeignKey(
        "Indicator", models.PROTECT, related_name="notes", null=True, blank=True
    )
    said_on = models.DateField(_("date"))
    step = models.CharField(_("step"), max_length=12, choices=Step, blank=True)
    speaker = models.CharField(_("stated by"), max_length=12, choices=Speaker)
    summary_vi = models.TextField(_("summary in Vietnamese"), blank=True)
    summary_en = models.TextField(_("summary in English"), blank=True)
    sources = linked("Source", "record_notes")

    class Meta:
        verbose_name = _("record note")
        verbose_name_plural = _("record notes")
        ordering = ["-said_on", "number"]
        constraints = [
            models.CheckConstraint(
                name="note_is_on_one_subject",
                condition=Q(instrument__isnull=False, indicator__isnull=True)
                | Q(instrument__isnull=True, indicator__isnull=False),
            ),
            one_language_is_there("note_has_a_summary", "summary"),
            value_is_one_of("note_speaker_is_known", "speaker", Speaker),
            value_is_one_of("note_step_is_known", "step", Step, blank=True),
        ]

    def __str__(self) -> str:
        return self.summary_vi or self.summary_en


class Contradiction(TranslatedMixin):
    """Where published sources disagree."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    topic_vi = models.CharField(_("topic in Vietnamese"), max_length=300, blank=True)
    topic_en = models.CharField(_("topic in English"), max_length=300, blank=True)
    text_vi = models.TextField(_("text in Vietnamese"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    sources = linked("Source", "contradictions")

    class Meta:
        verbose_name = _("contradiction")
        verbose_name_plural = _("contradictions")
        ordering = ["number"]
        constraints = [
            one_language_is_there("contradiction_has_a_topic", "topic"),
            one_language_is_there("contradiction_has_a_text", "text"),
        ]

    def __str__(self) -> str:
        return self.topic_vi or self.topic_en


class Gap(TranslatedMixin):
    """What no source found says."""

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    text_vi = models.TextField(_("text in Vietnamese"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        ordering = ["number"]
        constraints = [one_language_is_there("gap_has_a_text", "text")]

    def __str__(self) -> str:
        return self.text_vi or self.text_en
