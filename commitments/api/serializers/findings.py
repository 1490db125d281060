"""Honours, news notes, contradictions and gaps."""

from commitments.api.serializers._row import RowSerializer, both
from commitments.models import Contradiction, Gap, Recognition, RecordNote


class RecognitionSerializer(RowSerializer[Recognition]):
    """An honour given for a year. Being honoured is not the same as having fulfilled."""

    class Meta:
        model = Recognition
        fields = (
            "number",
            "year",
            "organisation",
            "commitment",
            *both("what"),
            "translated",
            "speaker",
            "sources",
        )


class RecordNoteSerializer(RowSerializer[RecordNote]):
    """News on an instrument or an indicator."""

    class Meta:
        model = RecordNote
        fields = (
            "number",
            "instrument",
            "indicator",
            "said_on",
            "step",
            "speaker",
            *both("summary"),
            "sources",
        )


class ContradictionSerializer(RowSerializer[Contradiction]):
    """Where published sources disagree."""

    class Meta:
        model = Contradiction
        fields = ("number", *both("topic", "text"), "translated", "sources")


class GapSerializer(RowSerializer[Gap]):
    """What no source found says."""

    class Meta:
        model = Gap
        fields = ("number", *both("text"), "translated")
