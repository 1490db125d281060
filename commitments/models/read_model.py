"""Read models: what is computed from the record and kept, so that no list computes it anew.

Nothing here is a fact of its own. Each can be thrown away and made again; how far it has
followed the record stands in `Projection`, and who reads asks first for what is missing.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import value_is_one_of
from commitments.models.axes import Reporting, Verification


class Projection(models.Model):
    """How far one read model has followed: the last event, the last deed of review, the day."""

    name = models.CharField(_("name"), max_length=20, primary_key=True)
    sequence = models.PositiveBigIntegerField(_("sequence of the last event"), default=0)
    review = models.PositiveBigIntegerField(_("last deed of review"), default=0)
    on = models.DateField(_("computed for"), null=True, blank=True)

    class Meta:
        verbose_name = _("state of a read model")
        verbose_name_plural = _("states of read models")

    def __str__(self) -> str:
        return f"{self.name} {self.sequence}"


class Standing(models.Model):
    """The computed axes of a published commitment as they stand on `Projection.on` (design §3).

    `rank` is its place among `reports.standings.WORST_FIRST`, 0 for the worst.
    """

    commitment = models.OneToOneField(
        "Commitment", models.CASCADE, primary_key=True, related_name="standing"
    )
    rank = models.PositiveSmallIntegerField(_("rank"))
    is_past_due = models.BooleanField(_("past due"))
    reporting = models.CharField(_("reporting"), max_length=20, choices=Reporting)
    verification = models.CharField(
        _("verification"), max_length=12, choices=Verification, blank=True
    )
    owed_since_on = models.DateField(_("update owed since"), null=True, blank=True)
    in_review_since = models.DateTimeField(_("in review since"), null=True, blank=True)

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        indexes = [models.Index(fields=["rank"], name="standing_by_rank")]
        constraints = [
            value_is_one_of("standing_reporting_is_known", "reporting", Reporting),
            value_is_one_of(
                "standing_verification_is_known", "verification", Verification, blank=True
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.rank}"


class SearchDocument(models.Model):
    """One published text as the search finds it; at most one per object and language.

    `kind` and `key` name the object as the public record does. `folded` are the words of
    `text/folding.py`, each with a blank before it; `text` is shown, with what was found marked.
    """

    kind = models.CharField(_("kind of object"), max_length=40)
    key = models.CharField(_("key of the object"), max_length=200)
    language = models.CharField(_("language"), max_length=2, blank=True)
    commitment = models.ForeignKey(
        "Commitment", models.CASCADE, related_name="documents", null=True, blank=True
    )
    organisation = models.ForeignKey(
        "Organisation", models.CASCADE, related_name="documents", null=True, blank=True
    )
    is_demo = models.BooleanField(_("of the demonstration"), default=False)
    said_on = models.DateField(_("said on"), null=True, blank=True)
    text = models.TextField(_("text"))
    folded = models.TextField(_("folded text"))

    class Meta:
        verbose_name = _("searched text")
        verbose_name_plural = _("searched texts")
        indexes = [models.Index(fields=["kind", "said_on"], name="search_document_by_day")]
        constraints = [
            models.UniqueConstraint(
                name="search_document_once_per_object_and_language",
                fields=["kind", "key", "language"],
            ),
            models.CheckConstraint(
                name="search_document_has_words", condition=~Q(text="") & ~Q(folded="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.language}"


class SearchWord(models.Model):
    """A word that stands somewhere in what is published of a commitment, folded.

    Whether several words stand there, each in a text of its own, is so answered without reading
    a text, however many the commitment has.
    """

    commitment = models.ForeignKey("Commitment", models.CASCADE, related_name="words")
    word = models.CharField(_("word"), max_length=40)

    class Meta:
        verbose_name = _("searched word")
        verbose_name_plural = _("searched words")
        constraints = [
            models.UniqueConstraint(
                name="search_word_once_per_commitment",
                fields=["word", "commitment"],
                opclasses=["varchar_pattern_ops", "int8_ops"],
            ),
            models.CheckConstraint(name="search_word_is_there", condition=~Q(word="")),
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.commitment_id}"
