"""What the body owes now, and since when."""

from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from commitments.api.own import document
from commitments.api.own.deeds import OwnView, token_of
from commitments.api.own.lists import page_after
from commitments.api.own.serializers import (
    OwnObligationSerializer,
    PaginatedOwnObligationsSerializer,
)
from commitments.models import Obligation, Participation, Scope, StatusUpdate, UpdateState


class OwnObligations(OwnView):
    scopes = {"GET": Scope.READ}

    @document.read(
        _("What your body owes now"),
        PaginatedOwnObligationsSerializer,
        name="own_obligations_list",
    )
    def get(self, request: Request) -> Response:
        token, today = token_of(request), localdate()
        led = Participation.objects.leading().filter(organisation=token.organisation)
        owed = Obligation.objects.owed(today).filter(
            commitment__in=led.values("commitment"), commitment__published_at__isnull=False
        )

        def spell(rows: list[Obligation]) -> Any:
            begun = StatusUpdate.objects.filter(
                body=token.organisation_id,
                author=token.holder,
                state=UpdateState.DRAFT,
                commitment__in=[row.commitment_id for row in rows],
            )
            drafts = dict(begun.values_list("commitment_id", "pk"))
            context = {"request": request, "today": today, "drafts": drafts}
            return OwnObligationSerializer(rows, many=True, context=context).data

        return page_after(request, owed.select_related("commitment", "period"), spell)
