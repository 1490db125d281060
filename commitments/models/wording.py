"""The versions of a commitment's text; the first never changes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import linked, one_language_is_there, value_is_one_of
from commitments.models.change import ChangeKind
from commitments.models.trace import history


class Basis(models.TextChoices):
    QUOTED = "quoted", _("Quoted word for word")
    SUMMARISED = (
        "summarised",
        _("Summary by the editors; the promised text was not found"),
    )


class Wording(models.Model):
    """One version of the text. Number 1 is the original and stays for ever (design §4.1)."""

    commitment = models.ForeignKey("Commitment", models.PROTECT, related_name="wordings")
    number = models.PositiveSmallIntegerField(_("version"))
    basis = models.CharField(_("basis"), max_length=12, choices=Basis)
    text_vi = models.TextField(_("text in Vietnamese"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    kind_of_change = models.CharField(
        _("kind of change"), max_length=20, choices=ChangeKind, blank=True
    )
    change = models.ForeignKey(
        "ChangeRequest", models.PROTECT, related_name="wordings", null=True, blank=True
    )
    stated_on = models.DateField(_("stated on"), null=True, blank=True)
    sources = linked("Source", "wordings")
    history = history()

    class Meta:
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        ordering = ["commitment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "number"], name="wording_number_is_one_per_commitment"
            ),
            models.CheckConstraint(
                name="wording_original_iff_no_change",
                condition=(Q(number=1) & Q(kind_of_change="") & Q(change__isnull=True))
                | (Q(number__gt=1) & ~Q(kind_of_change="")),
            ),
            models.CheckConstraint(
                name="wording_change_is_decided_or_text_found",
                condition=Q(number=1)
                | Q(change__isnull=False)
                | Q(kind_of_change=ChangeKind.TEXT_FOUND),
            ),
            one_language_is_there("wording_has_a_text", "text"),
            value_is_one_of("wording_basis_is_known", "basis", Basis),
            value_is_one_of(
                "wording_kind_of_change_is_known", "kind_of_change", ChangeKind, blank=True
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment.slug} · {self.number}"
