"""Publications that anything in the record rests on."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import (
    Language,
    limited_is_whole,
    limited_text,
    value_is_one_of,
)
from commitments.models.trace import history


class SourceKind(models.TextChoices):
    LAW = "law", _("law or decree")
    LETTER = "letter", _("official letter")
    STATISTICS = "statistics", _("official statistics")
    PRESS = "press", _("press")
    OWN_PAGE = "own_page", _("the body's own page")
    OTHER = "other", _("other")


class SourceQuerySet(models.QuerySet["Source"]):
    """The questions asked of sources."""

    def public(self) -> Self:
        return self.filter(published_at__isnull=False)

    def real(self) -> Self:
        """Of the record, not of the demonstration (design §9)."""
        return self.filter(is_demo=False)


class Source(models.Model):
    """A publication: law, letter, statistics, press, the body's own page.

    Issuer and kind stay empty where nobody has said them.
    """

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=500)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    url = models.CharField(_("address"), max_length=2000, blank=True)
    published = limited_text(_("published"))
    published_earliest = models.DateField(null=True, blank=True)
    published_latest = models.DateField(null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=SourceKind, blank=True)
    issuer = models.ForeignKey(
        "Organisation", models.PROTECT, related_name="issued_sources", null=True, blank=True
    )
    seed_file = models.CharField(_("file in the editors' collection"), max_length=200, blank=True)
    excerpt_only = models.BooleanField(_("only the opening could be read"), default=False)
    note = models.TextField(_("note"), blank=True)
    file = models.ForeignKey(
        "StoredFile", models.PROTECT, related_name="sources", null=True, blank=True
    )
    is_demo = models.BooleanField(_("invented, for the demonstration"), default=False)
    added_by = models.ForeignKey("User", models.PROTECT, related_name="+", null=True, blank=True)
    published_at = models.DateTimeField(_("in the record since"), null=True, blank=True)
    objects = SourceQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["slug"]
        constraints = [
            limited_is_whole("source_published_is_whole", "published"),
            value_is_one_of("source_language_is_known", "language", Language, blank=True),
            value_is_one_of("source_kind_is_known", "kind", SourceKind, blank=True),
            models.CheckConstraint(
                name="source_address_is_http",
                condition=Q(url="") | Q(url__startswith="http://") | Q(url__startswith="https://"),
            ),
        ]

    def __str__(self) -> str:
        return self.title
