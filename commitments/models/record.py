"""The public record: events chained by hash, and the one row that is its head."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PublicEvent(models.Model):
    """One line of the public record (design §4.4). Never changed, never deleted.

    `before` and `after` hold what is public of the object, or null: not yet, no longer. The hash is
    SHA-256 over the canonical JSON (RFC 8785) of every other column and the previous hash.
    """

    sequence = models.PositiveBigIntegerField(_("sequence"), unique=True)
    recorded_at = models.DateTimeField(_("recorded at"))
    effective_on = models.DateField(_("effective on"))
    schema_version = models.PositiveSmallIntegerField(_("schema version"))
    object_kind = models.CharField(_("kind of object"), max_length=40)
    object_key = models.CharField(_("key of the object"), max_length=200)
    action = models.CharField(_("action"), max_length=40)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    actor_role = models.CharField(_("role that acted"), max_length=20)
    actor_organisation = models.CharField(_("organisation that acted"), max_length=80, blank=True)
    commitment = models.ForeignKey(
        "Commitment", models.PROTECT, related_name="events", null=True, blank=True
    )
    is_demo = models.BooleanField(_("of the demonstration"), default=False)
    previous_hash = models.CharField(_("previous hash"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("public event")
        verbose_name_plural = _("public events")
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["object_kind", "object_key"], name="event_by_object"),
            models.Index(fields=["effective_on", "sequence"], name="event_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="event_sequence_starts_at_one", condition=Q(sequence__gte=1)
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.object_kind} {self.object_key}"


class RecordHead(models.Model):
    """The newest sequence and hash: one row, locked before every new event."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("head of the record")
        verbose_name_plural = _("head of the record")
        constraints = [models.CheckConstraint(name="record_head_is_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"
