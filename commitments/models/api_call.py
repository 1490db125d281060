"""What was done for other systems: answers that a second try gets again, and their own names."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApiAnswer(models.Model):
    """What was answered to a request with an `Idempotency-Key`; kept for a day.

    It is written in the transaction of the deed itself: either both are there, or neither.
    `fingerprint` is the SHA-256 of method, address and body.
    """

    token = models.ForeignKey("ApiToken", models.CASCADE, related_name="answers")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict, blank=True)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField(_("made at"), db_index=True)

    class Meta:
        verbose_name = _("kept answer of the API")
        verbose_name_plural = _("kept answers of the API")
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="api_answer_is_one_per_key")
        ]

    def __str__(self) -> str:
        return self.key


class ClientReference(models.Model):
    """The name that a body's own system gave to one of its updates; once in that body."""

    organisation = models.ForeignKey("Organisation", models.PROTECT, related_name="+")
    reference = models.CharField(_("reference of the reporting system"), max_length=200)
    update = models.OneToOneField(
        "StatusUpdate", models.CASCADE, related_name="client_reference"
    )  # goes with a draft that is discarded; what was handed in never goes

    class Meta:
        verbose_name = _("reference of a reporting system")
        verbose_name_plural = _("references of reporting systems")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference"], name="client_reference_is_once_per_body"
            ),
            models.CheckConstraint(
                name="client_reference_says_something", condition=~models.Q(reference="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference
