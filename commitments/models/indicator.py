"""National headline figures, with every published value of a period."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import (
    Speaker,
    amount_field,
    limited_is_whole,
    limited_text,
    one_language_is_there,
    value_is_one_of,
)
from commitments.models.target import Comparator


class Indicator(models.Model):
    """A national headline figure."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name_vi = models.CharField(_("name in Vietnamese"), max_length=300, blank=True)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    unit = models.CharField(_("unit"), max_length=80)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["pk"]
        constraints = [
            one_language_is_there("indicator_has_a_name", "name"),
            models.CheckConstraint(name="indicator_has_a_unit", condition=~Q(unit="")),
        ]

    def __str__(self) -> str:
        return self.name_vi or self.name_en


class PointKind(models.TextChoices):
    ACTUAL = "actual", _("actual")
    ESTIMATE = "estimate", _("estimate")
    TARGET = "target", _("target")


class IndicatorPoint(models.Model):
    """One published value; several for one period stand side by side, each with its source."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField(_("number"))
    period = limited_text(_("period"))
    period_earliest = models.DateField()
    period_latest = models.DateField()
    comparator = models.CharField(_("comparator"), max_length=10, choices=Comparator, blank=True)
    value = amount_field(_("value"))
    kind = models.CharField(_("kind"), max_length=10, choices=PointKind)
    speaker = models.CharField(_("stated by"), max_length=12, choices=Speaker)
    note = models.TextField(_("note"), blank=True)
    source = models.ForeignKey("Source", models.PROTECT, related_name="points")

    class Meta:
        verbose_name = _("indicator value")
        verbose_name_plural = _("indicator values")
        ordering = ["indicator", "period_latest", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "number"], name="point_number_is_one_per_indicator"
            ),
            models.UniqueConstraint(
                fields=["indicator", "period", "kind", "source", "value"],
                name="point_is_stated_once_per_source",
            ),
            limited_is_whole("point_period_is_whole", "period", required=True),
            value_is_one_of("point_kind_is_known", "kind", PointKind),
            value_is_one_of("point_speaker_is_known", "speaker", Speaker),
            value_is_one_of("point_comparator_is_known", "comparator", Comparator, blank=True),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.slug} {self.period}: {self.value}"
