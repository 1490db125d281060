"""Promised quantities and the dated values reported against them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import (
    TranslatedMixin,
    amount_field,
    limited_is_whole,
    limited_text,
    one_language_is_there,
    value_is_one_of,
)
from commitments.models.trace import history


class Comparator(models.TextChoices):
    AT_LEAST = "at_least", _("at least")
    MORE_THAN = "more_than", _("more than")
    ABOUT = "about", _("about")
    EXACTLY = "exactly", _("exactly")
    RANGE = "range", _("from … to …")


class Direction(models.TextChoices):
    UP = "up", _("more is better")
    DOWN = "down", _("less is better")


class Cumulation(models.TextChoices):
    """How values of several periods add up to one."""

    SUM = "sum", _("values of the periods add up")
    LATEST = "latest", _("the latest value counts")


class TargetQuerySet(models.QuerySet["Target"]):
    """The questions asked of targets."""

    def present(self) -> models.QuerySet["Target"]:
        """Those that hold now: not replaced by a later one."""
        return self.filter(replaced_by__isnull=True)


class Target(TranslatedMixin):
    """A promised quantity: metric, unit and value all or none (design §2).

    A changed target is a new row that names the one it replaces; the original stays.
    """

    commitment = models.ForeignKey("Commitment", models.PROTECT, related_name="targets")
    number = models.PositiveSmallIntegerField(_("number"))
    text_vi = models.TextField(_("text in Vietnamese"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    metric = models.CharField(_("metric"), max_length=80, blank=True)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    comparator = models.CharField(_("comparator"), max_length=10, choices=Comparator, blank=True)
    value = amount_field(_("value"), null=True, blank=True)
    value_max = amount_field(_("upper value"), null=True, blank=True)
    baseline = amount_field(_("baseline"), null=True, blank=True)
    baseline_on = models.DateField(_("baseline as of"), null=True, blank=True)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, blank=True)
    cumulation = models.CharField(_("cumulation"), max_length=6, choices=Cumulation, blank=True)
    due = limited_text(_("due"))
    due_earliest = models.DateField(null=True, blank=True)
    due_latest = models.DateField(null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, related_name="replaced_by", null=True, blank=True
    )
    change = models.ForeignKey(
        "ChangeRequest", models.PROTECT, related_name="targets", null=True, blank=True
    )
    objects = TargetQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["commitment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "number"], name="target_number_is_one_per_commitment"
            ),
            models.CheckConstraint(
                name="target_metric_unit_value_all_or_none",
                condition=Q(metric="", unit="", value__isnull=True)
                | (~Q(metric="") & ~Q(unit="") & Q(value__isnull=False)),
            ),
            models.CheckConstraint(
                name="target_comparator_needs_a_value",
                condition=Q(comparator="") | Q(value__isnull=False),
            ),
            models.CheckConstraint(
                name="target_upper_value_iff_range",
                # A comparison with NULL is not false, so a range needs to be asked for its end.
                condition=Q(
                    comparator=Comparator.RANGE, value_max__isnull=False, value_max__gt=F("value")
                )
                | (~Q(comparator=Comparator.RANGE) & Q(value_max__isnull=True)),
            ),
            models.CheckConstraint(
                name="target_replacement_comes_of_a_change",
                condition=Q(replaces__isnull=True) | Q(change__isnull=False),
            ),
            models.CheckConstraint(
                name="target_baseline_needs_a_metric",
                condition=Q(baseline__isnull=True) | ~Q(metric=""),
            ),
            one_language_is_there("target_has_a_text", "text"),
            limited_is_whole("target_due_is_whole", "due"),
            value_is_one_of("target_comparator_is_known", "comparator", Comparator, blank=True),
            value_is_one_of("target_direction_is_known", "direction", Direction, blank=True),
            value_is_one_of("target_cumulation_is_known", "cumulation", Cumulation, blank=True),
        ]

    def __str__(self) -> str:
        return self.text_vi or self.text_en


class Measurement(models.Model):
    """A dated value reported against a target, within one update; append-only once published."""

    update = models.ForeignKey("StatusUpdate", models.PROTECT, related_name="measurements")
    target = models.ForeignKey(Target, models.PROTECT, related_name="measurements")
    value = amount_field(_("value"))
    as_of_on = models.DateField(_("as of"))
    history = history()

    class Meta:
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        ordering = ["target", "as_of_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["update", "target"], name="measurement_is_one_per_update_and_target"
            )
        ]

    def __str__(self) -> str:
        return f"{self.value} ({self.as_of_on})"
