"""What ties an update to a source, and an officer's acceptance of it as independent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from commitments.models._shapes import value_is_one_of
from commitments.models.trace import history


class Relation(models.TextChoices):
    """Who issued the source, seen from the body that reports; blank: not stated."""

    OWN_BODY = "own_body", _("the body's own publication")
    GOVERNMENT = "government", _("a public authority")
    PRESS = "press", _("press")
    THIRD_PARTY = "third_party", _("another third party")


class Evidence(models.Model):
    """Ties an update to a source; append-only once the update is published."""

    update = models.ForeignKey("StatusUpdate", models.PROTECT, related_name="evidence")
    source = models.ForeignKey("Source", models.PROTECT, related_name="evidence")
    relation = models.CharField(_("issuer"), max_length=12, choices=Relation, blank=True)
    shows = models.TextField(_("what it shows"), blank=True)
    history = history()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["update", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["update", "source"], name="evidence_source_is_once_per_update"
            ),
            value_is_one_of("evidence_relation_is_known", "relation", Relation, blank=True),
        ]

    def __str__(self) -> str:
        return str(self.source)


class EvidenceAcceptance(models.Model):
    """An officer accepts a piece of evidence as a source other than the body itself.

    The service refuses the update's author and the body's own publications (design §3).
    """

    evidence = models.OneToOneField(Evidence, models.PROTECT, related_name="acceptance")
    officer = models.ForeignKey("User", models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(_("accepted at"))

    class Meta:
        verbose_name = _("acceptance of evidence")
        verbose_name_plural = _("acceptances of evidence")

    def __str__(self) -> str:
        return str(self.evidence)
