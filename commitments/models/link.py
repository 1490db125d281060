"""Typed links between commitments: what contributes to, replaces, splits or merges what."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import value_is_one_of
from commitments.models.trace import history


class LinkKind(models.TextChoices):
    """What the one commitment is to the other, read from `from_commitment` on."""

    CONTRIBUTES_TO = "contributes_to", _("contributes to")
    SUPERSEDES = "supersedes", _("supersedes")
    SPLIT_FROM = "split_from", _("was split from")
    MERGES = "merges", _("was merged from")


class CommitmentLink(models.Model):
    """One link. All but `contributes_to` come of a decided change request of `to_commitment`."""

    from_commitment = models.ForeignKey("Commitment", models.PROTECT, related_name="links")
    to_commitment = models.ForeignKey("Commitment", models.PROTECT, related_name="linked_from")
    kind = models.CharField(_("kind"), max_length=16, choices=LinkKind)
    change = models.ForeignKey(
        "ChangeRequest", models.PROTECT, related_name="links", null=True, blank=True
    )
    stated_on = models.DateField(_("stated on"), null=True, blank=True)
    history = history()

    class Meta:
        verbose_name = _("link between commitments")
        verbose_name_plural = _("links between commitments")
        ordering = ["from_commitment", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_commitment", "to_commitment", "kind"], name="link_is_drawn_once"
            ),
            models.CheckConstraint(
                name="link_joins_two_commitments",
                condition=~Q(from_commitment=F("to_commitment")),
            ),
            models.CheckConstraint(
                name="link_comes_of_a_change_unless_it_contributes",
                condition=Q(kind=LinkKind.CONTRIBUTES_TO) | Q(change__isnull=False),
            ),
            value_is_one_of("link_kind_is_known", "kind", LinkKind),
        ]

    def __str__(self) -> str:
        return f"{self.from_commitment_id} {self.kind} {self.to_commitment_id}"
