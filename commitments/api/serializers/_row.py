"""How a row becomes an answer: the named columns, linked rows by their slug."""

from typing import Any, TypeVar

from django.db import models
from rest_framework import serializers

from commitments.api.fields import Address, Amount, Instant, LimitedDay, Text, Word

Row = TypeVar("Row", bound=models.Model)


class RowSerializer(serializers.ModelSerializer[Row]):
    """Shapes only: every field is read-only, and what is empty is null."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.CharField: Text,
        models.TextField: Text,
        models.URLField: Address,
        models.DecimalField: Amount,
        models.DateTimeField: Instant,
    }
    serializer_choice_field = Word
    serializer_related_field = serializers.SlugRelatedField

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for field in fields.values():
            field.read_only = True
        return fields

    def build_standard_field(self, field_name: str, model_field: Any) -> tuple[type, Any]:
        built, options = super().build_standard_field(field_name, model_field)
        if hasattr(model_field.model, f"{field_name}_earliest"):
            built = LimitedDay
        return built, options

    def build_relational_field(self, field_name: str, relation_info: Any) -> tuple[type, Any]:
        built, options = super().build_relational_field(field_name, relation_info)
        kept = {name: options[name] for name in ("many", "allow_null") if name in options}
        if kept.get("many"):
            kept.pop("allow_null", None)
        return built, {"slug_field": "slug", "read_only": True, **kept}


def columns(name: str) -> list[str]:
    """The three columns of a date of limited precision."""
    return [name, f"{name}_earliest", f"{name}_latest"]


def both(*names: str) -> list[str]:
    """The columns of texts that stand in both languages."""
    return [f"{name}_{language}" for name in names for language in ("vi", "en")]
