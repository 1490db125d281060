"""Dated releases of the open data."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import value_is_one_of


class ReleaseKind(models.TextChoices):
    NIGHTLY = "nightly", _("of a night")
    PERIOD = "period", _("of a reporting period")


class ReleaseQuerySet(models.QuerySet["Release"]):
    """The questions asked of releases."""

    def there(self) -> Self:
        """Those whose files can still be taken."""
        return self.filter(removed_on__isnull=True)


class Release(models.Model):
    """The whole public record as files, as it stood after one event.

    `name` is its day (2026-11-22) or, for a period, its month or quarter (2026-10, 2026-Q3); it
    is the folder of its files, of which `files` holds path, bytes, SHA-256 and media type each,
    and of tables how many rows. A row outlives its files: `removed_on` says since when.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=ReleaseKind)
    name = models.CharField(_("name"), max_length=40, unique=True)
    made_on = models.DateField(_("made on"))
    made_at = models.DateTimeField(_("made at"))
    sequence = models.PositiveBigIntegerField(_("last event"))
    head_hash = models.CharField(_("hash of the last event"), max_length=64)
    files = models.JSONField(_("files"), default=list, blank=True)
    removed_on = models.DateField(_("removed on"), null=True, blank=True)
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release of the open data")
        verbose_name_plural = _("releases of the open data")
        ordering = ["-made_at", "-pk"]
        constraints = [value_is_one_of("release_kind_is_known", "kind", ReleaseKind)]

    def __str__(self) -> str:
        return self.name
