"""Changes of plan: asked for by the body, decided by somebody else."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.validators import slug_re
from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from commitments.api.errors import problem_of
from commitments.api.own import document, payloads
from commitments.api.own.deeds import Made, OwnView, read_body, run, token_of
from commitments.api.own.lists import page_after
from commitments.api.own.reading import NO_SOURCE, commitment_of, refuse_faulty
from commitments.api.own.serializers import OwnChangeSerializer, PaginatedOwnChangesSerializer
from commitments.api.own.shapes import NO_OBJECT, Faults, unknown_members
from commitments.errors import Invalid, Refusal, Refusals
from commitments.models import ChangeRequest, Commitment, Participation, Scope, Source
from commitments.rules.changes import KEYS
from commitments.services import changes, reporting
from commitments.services.changes import SourceSaid
from commitments.text.canonical import decimal_text

_OF_SOURCE = ("title", "publisher", "url", "published")


class OwnChanges(OwnView):
    scopes = {"GET": Scope.READ, "POST": Scope.CHANGES}

    @document.read(
        _("Changes of plan of your commitments"),
        PaginatedOwnChangesSerializer,
        name="own_changes_list",
    )
    def get(self, request: Request) -> Response:
        led = Participation.objects.leading().filter(organisation=token_of(request).organisation_id)
        rows = ChangeRequest.objects.filter(commitment__in=led.values("commitment"))

        def spell(found: list[ChangeRequest]) -> Any:
            return OwnChangeSerializer(found, many=True).data

        return page_after(request, rows.select_related("commitment", "source"), spell)

    @document.write(
        _("Ask for a change of plan"),
        OwnChangeSerializer,
        sends="ChangeToAsk",
        status=201,
        about=_("A new milestone, a moved date, another target or wording; an officer decides."),
    )
    def post(self, request: Request) -> HttpResponse:
        return run(request, lambda raw: _ask(request, raw))


def _ask(request: Request, raw: bytes) -> Made:
    faults, token = Faults(), token_of(request)
    body = read_body(raw, payloads.CHANGE, faults)
    proposed = _proposed(body, faults)
    if "commitment" not in body:
        refuse_faulty(faults)
    commitment = commitment_of(body["commitment"])
    reporting.check_leading(body=token.organisation, commitment=commitment)
    source = _source(body.get("source"), commitment, faults)
    refuse_faulty(faults)
    try:
        change = changes.request_change(
            commitment=commitment,
            requester=token.holder,
            kind=body["kind"],
            subject=body.get("subject", ""),
            proposed=proposed,
            reason_vi=body.get("reason_vi", ""),
            reason_en=body.get("reason_en", ""),
            stated_on=body.get("stated_on"),
            source=source,
            today=localdate(),
            now=timezone.now(),
        )
    except Refusal as refused:
        raise problem_of(_placed(refused, body["kind"], source)) from refused
    return Made(201, dict(OwnChangeSerializer(change).data))


def _proposed(body: dict[str, Any], faults: Faults) -> dict[str, Any]:
    """What is proposed; a figure may come as a number, of its kind no other member may come."""
    sent = body.get("proposed")
    if not isinstance(sent, dict):
        if "proposed" in body:
            faults.note("/proposed", "wrong_type", NO_OBJECT)
        return {}
    unknown_members(sent, KEYS.get(body.get("kind", ""), sent), "/proposed", faults)
    return {name: _plain(value) for name, value in sent.items()}


def _plain(value: Any) -> Any:
    is_number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    if not is_number or abs(Decimal(value).adjusted()) > 60:
        return value
    return decimal_text(Decimal(value))


def _source(said: Any, commitment: Commitment, faults: Faults) -> Source | SourceSaid | None:
    if isinstance(said, str) and said:
        public = Source.objects.public().filter(is_demo=commitment.programme.is_demo)
        found = public.filter(slug=said).first() if slug_re.match(said) else None
        if found is None:
            faults.note("/source", "source_unknown", NO_SOURCE)
        return found
    return SourceSaid(**{"title": ""} | said) if said else None


def _placed(refused: Refusal, kind: str, source: Any) -> Refusal:
    """The same, each at the member of the body that holds the value."""
    if refused.status != Refusal.status:
        return refused
    proposed = KEYS.get(kind, ())
    typed = _OF_SOURCE if isinstance(source, SourceSaid) else ()
    return Refusals(list(_moved(refused.refusals, proposed, typed)))


def _moved(
    found: Iterable[Refusal], proposed: Iterable[str], typed: Iterable[str]
) -> Iterable[Refusal]:
    for one in found:
        field = one.field or ""
        if field in proposed:
            field = f"proposed/{field}"
        elif field in typed:
            field = f"source/{field}"
        yield Invalid(one.code, one.text, field or None)
