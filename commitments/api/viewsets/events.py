"""The public record: its events in sequence, and its head."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from commitments import filters
from commitments.api.filtering import refuse_unknown
from commitments.api.paging import AfterSequence, head
from commitments.api.serializers.events import EventSerializer, HeadSerializer
from commitments.api.stamps import stamped
from commitments.api.viewsets._rows import RecordViewSet
from commitments.api.viewsets._words import worded
from commitments.models import PublicEvent


@worded(
    "events",
    _("Public events, oldest first, after a sequence"),
    _("One public event"),
    about=_(
        "The demonstration's events are here too: every event names the hash of the one before it, "
        "and a chain with gaps could not be checked."
    ),
)
class EventViewSet(RecordViewSet):
    queryset = PublicEvent.objects.order_by("sequence")
    serializer_class = EventSerializer
    filterset_class = filters.EventFilter
    pagination_class = AfterSequence
    has_texts = False
    lookup_field = "sequence"


@extend_schema(
    operation_id="events_head", tags=["events"], summary=_("The head of the record"),
    description="", responses=HeadSerializer,
)  # fmt: skip
@api_view(["GET"])
def event_head(request: Request) -> Response:
    refuse_unknown(request, set())
    return stamped(request, Response(head()))
