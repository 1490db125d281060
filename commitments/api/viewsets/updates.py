"""Published status updates."""

from django.utils.translation import gettext_lazy as _
from rest_framework.generics import get_object_or_404
from rest_framework.viewsets import ReadOnlyModelViewSet

from commitments import filters
from commitments.api.serializers.updates import StatusUpdateSerializer
from commitments.api.viewsets._words import worded
from commitments.models import StatusUpdate


@worded(
    "updates",
    _("Published updates, newest first"),
    _("One update"),
    about=_("Corrected and retracted ones stay in the list and say so."),
)
class StatusUpdateViewSet(ReadOnlyModelViewSet[StatusUpdate]):
    queryset = (
        StatusUpdate.objects.public()
        .for_history()
        .select_related(
            "commitment__programme", "body", "corrects", "retraction",
            "completion__acceptance__evidence__source",
        )
    )  # fmt: skip
    serializer_class = StatusUpdateSerializer
    filterset_class = filters.UpdateFilter

    def get_object(self) -> StatusUpdate:
        asked = {
            "commitment__slug": self.kwargs["commitment"],
            "number": self.kwargs["number"],
        }
        return get_object_or_404(self.filter_queryset(self.get_queryset()), **asked)
