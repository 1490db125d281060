"""Imports of spreadsheets: a file that was checked, and what came of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import Language, together, value_is_one_of


class ImportState(models.TextChoices):
    CHECKED = "checked", _("checked, nothing written yet")
    FAULTY = "faulty", _("has errors, nothing written")
    APPLIED = "applied", _("imported")
    DISCARDED = "discarded", _("discarded")


class ImportRun(models.Model):
    """One upload: checked in a dry run first, then applied whole or not at all.

    `counts` per sheet how many rows are new, changed, unchanged or faulty; `faults` is a list of
    objects with sheet, row, column, value and what to write instead; `preview` the changes that
    would be made, both cut to a length that a page can show. `fingerprint` is that of all the
    changes: another one when it is applied means that the record moved on. Figures are read as
    written in `language`, whoever looks.
    """

    programme = models.ForeignKey("Programme", models.PROTECT, related_name="imports")
    file = models.ForeignKey("StoredFile", models.PROTECT, related_name="imports")
    state = models.CharField(_("state"), max_length=10, choices=ImportState)
    language = models.CharField(
        _("language of the figures"), max_length=2, choices=Language, default=Language.VI
    )
    fingerprint = models.CharField(_("fingerprint of the changes"), max_length=64, blank=True)
    counts = models.JSONField(_("counts"), default=dict)
    faults = models.JSONField(_("errors"), default=list)
    preview = models.JSONField(_("changes"), default=list)
    checked_by = models.ForeignKey("User", models.PROTECT, related_name="imports")
    checked_at = models.DateTimeField(_("checked at"))
    applied_by = models.ForeignKey("User", models.PROTECT, related_name="+", null=True, blank=True)
    applied_at = models.DateTimeField(_("imported at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-checked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="import_applied_at_iff_applied",
                condition=Q(state=ImportState.APPLIED, applied_at__isnull=False)
                | (~Q(state=ImportState.APPLIED) & Q(applied_at__isnull=True)),
            ),
            together("import_applied_by_somebody_at_a_time", "applied_by", "applied_at"),
            value_is_one_of("import_state_is_known", "state", ImportState),
            value_is_one_of("import_language_is_known", "language", Language),
        ]

    def __str__(self) -> str:
        return f"{self.file} · {self.state}"
