"""Faults of sources that evidence rests on: broken, or no longer what was cited."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import together, value_is_one_of
from commitments.models.trace import history


class SourceFaultKind(models.TextChoices):
    BROKEN = "broken", _("cannot be opened any more")
    ALTERED = "altered", _("says something else than when it was cited")


class SourceFaultEnd(models.TextChoices):
    """How a fault was resolved."""

    REPLACED = "replaced", _("other evidence was given in its place")
    WORKS = "works", _("it can be opened again and says what was cited")
    ARCHIVED = "archived", _("an archived copy says what was cited")


class SourceFaultQuerySet(models.QuerySet["SourceFault"]):
    """The questions asked of them."""

    def open(self) -> Self:
        return self.filter(resolved_at__isnull=True)


class SourceFault(models.Model):
    """A fault that somebody confirmed, until it is resolved; those who report are reminded (R8)."""

    source = models.ForeignKey("Source", models.PROTECT, related_name="faults")
    kind = models.CharField(_("what is wrong"), max_length=8, choices=SourceFaultKind)
    note = models.TextField(_("what was found"), blank=True)
    confirmed_by = models.ForeignKey("User", models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed at"))
    resolved_by = models.ForeignKey("User", models.PROTECT, related_name="+", null=True, blank=True)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_how = models.CharField(
        _("how it was resolved"), max_length=8, choices=SourceFaultEnd, blank=True
    )
    resolution = models.TextField(_("what was done"), blank=True)
    objects = SourceFaultQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("fault of a source")
        verbose_name_plural = _("faults of sources")
        ordering = ["-confirmed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(resolved_at__isnull=True),
                name="source_fault_is_one_at_a_time",
            ),
            together("source_fault_resolved_by_somebody_at_a_time", "resolved_by", "resolved_at"),
            models.CheckConstraint(
                name="source_fault_resolution_says_how",
                condition=Q(resolved_at__isnull=True, resolved_how="")
                | Q(resolved_at__isnull=False, resolved_how__in=SourceFaultEnd.values),
            ),
            models.CheckConstraint(
                name="source_fault_ends_after_it_starts",
                condition=Q(resolved_at__isnull=True) | Q(resolved_at__gte=F("confirmed_at")),
            ),
            value_is_one_of("source_fault_kind_is_known", "kind", SourceFaultKind),
        ]

    def __str__(self) -> str:
        return f"{self.source} · {self.kind}"
