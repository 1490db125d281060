"""Public events exactly as they were hashed, and the head of the record."""

from typing import Any

from rest_framework import serializers

from commitments.api.fields import Instant
from commitments.api.serializers._row import RowSerializer
from commitments.models import PublicEvent, RecordHead
from commitments.services.record import content_of


class EventSerializer(RowSerializer[PublicEvent]):
    """One line of the public record.

    `hash` is SHA-256 over the canonical JSON (RFC 8785) of all the other members.
    """

    recorded_at = Instant()
    actor_organisation = serializers.CharField()
    before = serializers.DictField(allow_null=True)
    after = serializers.DictField(allow_null=True)

    class Meta:
        model = PublicEvent
        fields = (
            "sequence",
            "recorded_at",
            "effective_on",
            "schema_version",
            "object_kind",
            "object_key",
            "action",
            "before",
            "after",
            "actor_role",
            "actor_organisation",
            "is_demo",
            "previous_hash",
            "hash",
        )

    def to_representation(self, instance: PublicEvent) -> dict[str, Any]:
        return content_of(instance) | {"hash": instance.hash}


class HeadSerializer(RowSerializer[RecordHead]):
    """The newest sequence and hash; sequence 0 before the first event."""

    class Meta:
        model = RecordHead
        fields = ("sequence", "hash")
