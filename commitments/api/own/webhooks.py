"""The body's webhooks, kept by its own system: listed, made, tested, sent again, ended."""

from typing import Any

import orjson
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from commitments.api.own import document, payloads
from commitments.api.own.deeds import Made, OwnView, read_body, run, token_of
from commitments.api.own.lists import page_after
from commitments.api.own.reading import refuse_faulty
from commitments.api.own.serializers import NEXT, address_of
from commitments.api.own.shapes import Faults
from commitments.api.serializers._row import RowSerializer
from commitments.models import Scope, Webhook
from commitments.services.webhooks import keeping

SCOPES = dict.fromkeys(("GET", "POST", "DELETE"), Scope.WEBHOOKS)


class OwnWebhookSerializer(RowSerializer[Webhook]):
    """An address that is told of public events."""

    kinds = serializers.ListField(child=serializers.CharField(), help_text=_("empty: all"))
    programmes = serializers.ListField(
        child=serializers.SlugField(), help_text=_("empty: all but the demonstration")
    )

    class Meta:
        model = Webhook
        fields = (
            "id",
            "address",
            "name",
            "kinds",
            "programmes",
            "through_sequence",
            "made_at",
            "paused_at",
            "pause_reason",
        )


class OwnWebhookMadeSerializer(OwnWebhookSerializer):
    """A new webhook with its secret, which is answered this once."""

    secret = serializers.SerializerMethodField(
        help_text=_("null where the request was answered before, or only rehearsed")
    )

    class Meta(OwnWebhookSerializer.Meta):
        fields = (*OwnWebhookSerializer.Meta.fields, "secret")  # type: ignore[assignment]

    def get_secret(self, _webhook: Webhook) -> str | None:
        """Put in at the very end: what is kept for a key has none."""
        return None


class PaginatedOwnWebhooksSerializer(serializers.Serializer[Any]):
    next = NEXT
    results = OwnWebhookSerializer(many=True)


class MessagePlannedSerializer(serializers.Serializer[Any]):
    """A message that is on its way."""

    message_id = serializers.CharField(help_text=_("what its header webhook-id will say"))


class OwnWebhooks(OwnView):
    scopes = SCOPES

    @document.read(
        _("Webhooks of your body"), PaginatedOwnWebhooksSerializer, name="own_webhooks_list"
    )
    def get(self, request: Request) -> Response:
        rows = Webhook.objects.standing().filter(organisation=token_of(request).organisation_id)
        return page_after(request, rows, lambda found: OwnWebhookSerializer(found, many=True).data)

    @document.write(
        _("Make a webhook"),
        OwnWebhookMadeSerializer,
        sends="WebhookToMake",
        status=201,
        about=_(
            "It is told of what happens from now on. The secret is answered this once, and not "
            "again to a repetition under the same key."
        ),
    )
    def post(self, request: Request) -> HttpResponse:
        secrets: list[str] = []

        def deed(raw: bytes) -> Made:
            webhook, secret = _make(request, raw)
            secrets.append(secret)
            where = address_of("own-webhook-detail", {"request": request}, webhook.pk)
            return Made(201, dict(OwnWebhookMadeSerializer(webhook).data), {"Location": where})

        response = run(request, deed)
        if secrets and response.status_code == 201:
            said = orjson.loads(response.content) | {"secret": secrets[0]}
            response.content = orjson.dumps(said)
        response["Cache-Control"] = "no-store"
        return response


def _make(request: Request, raw: bytes) -> tuple[Webhook, str]:
    faults, token = Faults(), token_of(request)
    said = {"name": "", "kinds": [], "programmes": []} | read_body(raw, payloads.WEBHOOK, faults)
    refuse_faulty(faults)
    return keeping.make_webhook(
        organisation=token.organisation, by=token.holder, now=timezone.now(), **said
    )


class OwnWebhook(OwnView):
    scopes = SCOPES

    @document.read(_("One webhook of your body"), OwnWebhookSerializer)
    def get(self, request: Request, webhook: int) -> Response:
        return Response(OwnWebhookSerializer(_own(request, webhook)).data)

    @document.write(
        _("End a webhook"), None, about=_("Nothing more is sent, and what waits is cancelled.")
    )
    def delete(self, request: Request, webhook: int) -> HttpResponse:
        def deed(_raw: bytes) -> Made:
            keeping.end_webhook(
                webhook=_own(request, webhook), by=token_of(request).holder, now=timezone.now()
            )
            return Made(204, None)

        return run(request, deed, body=b"")


class OwnWebhookTest(OwnView):
    scopes = SCOPES

    @document.write(
        _("Send a test"),
        MessagePlannedSerializer,
        status=202,
        about=_("A message of type “test” goes with the next round, also while it is paused."),
    )
    def post(self, request: Request, webhook: int) -> HttpResponse:
        def deed(_raw: bytes) -> Made:
            planned = keeping.send_test(
                webhook=_own(request, webhook), by=token_of(request).holder, now=timezone.now()
            )
            return Made(202, {"message_id": planned.message_id})

        return run(request, deed, body=b"")


class OwnWebhookReplay(OwnView):
    scopes = SCOPES

    @document.write(
        _("Send everything after an event once more"),
        OwnWebhookSerializer,
        sends="ReplayToAsk",
        about=_("In order and bit by bit. Each message gets a new webhook-id."),
    )
    def post(self, request: Request, webhook: int) -> HttpResponse:
        def deed(raw: bytes) -> Made:
            faults = Faults()
            said = read_body(raw, payloads.REPLAY, faults)
            refuse_faulty(faults)
            found = keeping.replay_webhook(
                webhook=_own(request, webhook), by=token_of(request).holder, after=said["after"]
            )
            return Made(200, dict(OwnWebhookSerializer(found).data))

        return run(request, deed)


def _own(request: Request, pk: int) -> Webhook:
    rows = Webhook.objects.standing().filter(organisation=token_of(request).organisation_id)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
