"""The shape of each list of the fact file: which fields an entry has and what each may say."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from commitments.imports.facts.fields import (
    AddressField,
    DayField,
    FigureField,
    LimitedDateField,
    ReferenceField,
    ReferencesField,
    TextField,
    WordField,
)
from commitments.models import (
    CommitmentKind,
    Comparator,
    Confidence,
    InstrumentKind,
    InstrumentStatus,
    Language,
    OrganisationKind,
    PointKind,
    Speaker,
    Step,
    TakenOn,
)

SPEAKERS = {
    "company": Speaker.BODY,
    "government": Speaker.GOVERNMENT,
    "press": Speaker.PRESS,
}
KINDS = {
    "national_mission": CommitmentKind.NATIONAL_MISSION,
    "corporate_commitment": CommitmentKind.CORPORATE_PLEDGE,
}
TAKEN_ON = {
    **{word.value: word for word in TakenOn},
    "in_progress": "",  # says how far it is, not how it was taken on
    "recognised": "",
}


def words(choices: Any) -> dict[str, Any]:
    """A vocabulary of ours whose words the file uses as they are."""
    return {word.value: word for word in choices}


class Shape(serializers.Serializer):  # type: ignore[type-arg]
    """An entry: every field known, every problem found at once."""

    def to_internal_value(self, data: Any) -> Any:
        problems: dict[str, Any] = {}
        if isinstance(data, Mapping):
            unknown = [name for name in data if name not in self.fields]
            problems = {name: [ErrorDetail("There is no such field.")] for name in unknown}
        try:
            said = super().to_internal_value(data)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({**problems, **_by_field(error)}) from error
        if problems:
            raise serializers.ValidationError(problems)
        return said


def _by_field(error: serializers.ValidationError) -> dict[str, Any]:
    return error.detail if isinstance(error.detail, dict) else {"": error.detail}


class SourceShape(Shape):
    id = serializers.SlugField(max_length=80)
    title = TextField(500)
    publisher = TextField(300, empty=True)
    url = AddressField(2000)
    seed_file = TextField(200, empty=True)
    published = LimitedDateField()
    language = WordField(words(Language), empty=True)
    excerpt_only = serializers.BooleanField(required=False)
    note = TextField(empty=True)


class OrganisationShape(Shape):
    slug = serializers.SlugField(max_length=80)
    name_en = TextField(300)
    name_vi = TextField(300, empty=True)
    kind = WordField(words(OrganisationKind))
    website = AddressField(500)
    merged_into = ReferenceField("organisations", empty=True)
    merged = LimitedDateField()
    sources = ReferencesField("sources")

    def validate(self, attrs: Any) -> Any:
        if (attrs.get("merged_into") is None) != (attrs.get("merged") is None):
            text = "“merged_into” and “merged” are both given, or neither is."
            raise serializers.ValidationError({"merged": [text]})
        return attrs


class InstrumentShape(Shape):
    slug = serializers.SlugField(max_length=80)
    title_en = TextField(500)
    title_vi = TextField(500, empty=True)
    number = TextField(60, empty=True)
    kind = WordField(words(InstrumentKind))
    issuer = ReferenceField("organisations", empty=True)
    date = DayField(empty=True)
    effective = DayField(empty=True)
    status = WordField(words(InstrumentStatus))
    note = TextField(empty=True)
    sources = ReferencesField("sources")


class PriorityShape(Shape):
    order = serializers.IntegerField(min_value=1, max_value=99)
    slug = serializers.SlugField(max_length=80)
    title_en = TextField(300)
    title_vi = TextField(300)
    summary_en = TextField()
    summary_vi = TextField()
    stated_by = WordField(SPEAKERS)
    sources = ReferencesField("sources")


class TaskShape(Shape):
    priority = ReferenceField("priorities")
    slug = serializers.SlugField(max_length=100)
    title_en = TextField(300)
    title_vi = TextField(300)
    assigned_to = ReferenceField("organisations", empty=True)
    due = LimitedDateField()
    note = TextField(empty=True)
    instruments = ReferencesField("instruments", empty=True)
    sources = ReferencesField("sources")


class ComparedMixin:
    """A range, and nothing else, has an upper value."""

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        value, upper = said.get("value"), said.get("value_max")
        if said.get("comparator") and value is None:
            raise serializers.ValidationError({"comparator": "Needs a value."})
        if (said.get("comparator") == Comparator.RANGE) != (upper is not None):
            raise serializers.ValidationError({"value_max": "A range has one, nothing else has."})
        if upper is not None and value is not None and upper <= value:
            raise serializers.ValidationError({"value_max": "Must be above the value."})
        return said


class TargetShape(ComparedMixin, Shape):
    text = TextField()
    text_vi = TextField(empty=True)
    translated = WordField(words(Language), empty=True)
    metric = TextField(80, empty=True)
    comparator = WordField(words(Comparator), empty=True)
    value = FigureField(empty=True)
    value_max = FigureField(empty=True)
    unit = TextField(80, empty=True)
    due = LimitedDateField()

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        given = [said.get(name) is not None for name in ("metric", "value", "unit")]
        if any(given) and not all(given):
            raise serializers.ValidationError({"value": "Metric, value and unit: all or none."})
        return super().validate(said)


class MissionShape(Shape):
    slug = serializers.SlugField(max_length=100)
    year = ReferenceField("programmes")
    title_en = TextField(300)
    title_vi = TextField(300)
    organisation = ReferenceField("organisations")
    selected_by = ReferenceField("organisations", empty=True)
    stage = WordField(TAKEN_ON)
    description_en = TextField()
    description_vi = TextField()
    targets = TargetShape(many=True)
    kind = WordField(KINDS)
    confidence = WordField(words(Confidence))
    stated_by = WordField(SPEAKERS)
    note = TextField(empty=True)
    instruments = ReferencesField("instruments", empty=True)
    sources = ReferencesField("sources")


class AcceptanceShape(Shape):
    organisation = ReferenceField("organisations")
    year = ReferenceField("programmes")
    confidence = WordField(words(Confidence))
    reason = TextField()
    reason_vi = TextField(empty=True)
    translated = WordField(words(Language), empty=True)
    missions = ReferencesField("missions", empty=True)
    sources = ReferencesField("sources")


class IndicatorShape(Shape):
    slug = serializers.SlugField(max_length=80)
    name_en = TextField(300)
    name_vi = TextField(300, empty=True)
    unit = TextField(80)


class PointShape(Shape):
    indicator = ReferenceField("indicators")
    year = LimitedDateField()
    date = LimitedDateField()
    comparator = WordField(
        {name: word for name, word in words(Comparator).items() if word != Comparator.RANGE},
        empty=True,
    )
    value = FigureField()
    kind = WordField(words(PointKind))
    stated_by = WordField(SPEAKERS)
    note = TextField(empty=True)
    source = ReferenceField("sources")  # type: ignore[assignment]

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        year, date = said.get("year"), said.get("date")
        if bool(year) == bool(date):
            raise serializers.ValidationError({"year": "Give either a year or a date."})
        if year and len(year.text) != 4:
            raise serializers.ValidationError({"year": f"“{year}” is not a year."})
        return {**said, "period": year or date}


class UpdateShape(Shape):
    date = DayField(past=True)
    subject = ReferenceField("subjects")
    status_hint = WordField(words(Step))
    stated_by = WordField(SPEAKERS)
    summary_en = TextField()
    summary_vi = TextField()
    sources = ReferencesField("sources")


class RecognitionShape(Shape):
    year = serializers.IntegerField(min_value=1945, max_value=2199)
    organisation = ReferenceField("organisations", empty=True)
    mission = ReferenceField("missions", empty=True)
    what = TextField()
    what_vi = TextField(empty=True)
    translated = WordField(words(Language), empty=True)
    stated_by = WordField(SPEAKERS)
    sources = ReferencesField("sources")


class ContradictionShape(Shape):
    topic = TextField(300)
    topic_vi = TextField(300, empty=True)
    text = TextField()
    text_vi = TextField(empty=True)
    translated = WordField(words(Language), empty=True)
    sources = ReferencesField("sources")


class GapShape(Shape):
    text = TextField()
    text_vi = TextField(empty=True)
    translated = WordField(words(Language), empty=True)


SHAPES: dict[str, type[Shape]] = {
    "sources": SourceShape,
    "organisations": OrganisationShape,
    "instruments": InstrumentShape,
    "priorities": PriorityShape,
    "tasks": TaskShape,
    "missions": MissionShape,
    "mission_acceptances": AcceptanceShape,
    "indicators": IndicatorShape,
    "points": PointShape,
    "updates": UpdateShape,
    "recognitions": RecognitionShape,
    "contradictions": ContradictionShape,
    "gaps": GapShape,
}
