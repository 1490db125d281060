"""What the search finds, by groups, with the stretch of text in which the words stand."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from commitments.filters.search import GROUPS
from commitments.reports.public import NOUNS

Serializer = serializers.Serializer[Any]


class PieceSerializer(Serializer):
    """Letters that follow each other, and whether they were looked for."""

    text = serializers.CharField()
    is_hit = serializers.BooleanField(help_text=_("whether this was looked for"))


class HitSerializer(Serializer):
    """A thing that was found, by its key in the public record."""

    object_kind = serializers.ChoiceField(
        [(noun.kind, noun.model._meta.verbose_name) for noun in NOUNS]
    )
    object_key = serializers.CharField()
    title = serializers.CharField()
    title_lang = serializers.CharField(help_text=_("the language of the title"))
    excerpt = PieceSerializer(many=True)
    excerpt_lang = serializers.CharField(
        allow_null=True, help_text=_("the language of the excerpt")
    )
    page = serializers.URLField(allow_null=True, help_text=_("its page"))


class FoundGroupSerializer(Serializer):
    """One group of things: how many hold the words, and some of them."""

    name = serializers.ChoiceField(list(GROUPS.items()))
    count = serializers.IntegerField(min_value=0)
    is_capped = serializers.BooleanField(help_text=_("whether there are more than were counted"))
    all = serializers.URLField(help_text=_("where all of the group are answered, in pages"))
    results = HitSerializer(many=True)


class SearchSerializer(Serializer):
    """Every group; where one was asked for, its page, and of the others only how many."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    groups = FoundGroupSerializer(many=True)
