"""Honours, news notes, contradictions and gaps, by their numbers."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments import filters
from commitments.api.serializers import findings
from commitments.api.viewsets._rows import RecordViewSet
from commitments.api.viewsets._words import worded
from commitments.models import Contradiction, Gap, Recognition, RecordNote

_PUBLIC = Q(commitment__isnull=True) | Q(commitment__published_at__isnull=False)


@worded(
    "recognitions",
    _("Honours given for a year"),
    _("One honour"),
    about=_("Being honoured is not the same as having fulfilled."),
)
class RecognitionViewSet(RecordViewSet):
    queryset = (
        Recognition.objects.filter(_PUBLIC)
        .select_related("organisation", "commitment")
        .prefetch_related("sources")
    )
    serializer_class = findings.RecognitionSerializer
    filterset_class = filters.RecognitionFilter
    lookup_field = "number"


@worded("record-notes", _("News on instruments and indicators"), _("One piece of news"))
class RecordNoteViewSet(RecordViewSet):
    queryset = RecordNote.objects.select_related("instrument", "indicator").prefetch_related(
        "sources"
    )
    serializer_class = findings.RecordNoteSerializer
    filterset_class = filters.RecordNoteFilter
    lookup_field = "number"


@worded("contradictions", _("Where published sources disagree"), _("One contradiction"))
class ContradictionViewSet(RecordViewSet):
    queryset = Contradiction.objects.prefetch_related("sources")
    serializer_class = findings.ContradictionSerializer
    lookup_field = "number"


@worded("gaps", _("What no source found says"), _("One gap"))
class GapViewSet(RecordViewSet):
    queryset = Gap.objects.all()
    serializer_class = findings.GapSerializer
    lookup_field = "number"
