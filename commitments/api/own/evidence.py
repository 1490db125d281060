"""Single pieces of evidence of the body's own updates: one more, or one less."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from commitments.api.errors import Problem
from commitments.api.own import document, payloads
from commitments.api.own.deeds import (
    Made,
    OwnView,
    holder_of,
    read_body,
    refuse_unread,
    run,
)
from commitments.api.own.reading import evidence_of, refuse_faulty
from commitments.api.own.serializers import WholeOwnUpdateSerializer
from commitments.api.own.shapes import Faults
from commitments.api.own.updates import changed, own_update
from commitments.models import Scope
from commitments.rules.evidence import check_addresses, check_count
from commitments.services.citations import said_of
from commitments.services.reporting import Report

_NONE = _("The update has no piece of evidence of that number.")


class OwnEvidence(OwnView):
    scopes = {"POST": Scope.WRITE}

    @document.write(
        _("Add a piece of evidence to a draft"), WholeOwnUpdateSerializer, sends="EvidenceToAdd"
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        return run(request, lambda raw: _add(request, pk, raw))


def _add(request: Request, pk: int, raw: bytes) -> Made:
    update, faults = own_update(request, pk), Faults()
    refuse_unread(request, update)
    row = read_body(raw, payloads.EVIDENCE, faults)
    added = evidence_of(
        [row], update.commitment, holder_of(request), faults, update, at=lambda _index: ""
    )
    rows = [*said_of(update), *added]
    for refused in check_count(len(rows)):
        faults.note("", refused.code, refused.text)
    for index, refused in check_addresses(one.url for one in rows):
        if index == len(rows) - 1:
            faults.refused("", refused)
    refuse_faulty(faults)
    return changed(request, update, Report(said={}, evidence=rows))


class OwnEvidencePiece(OwnView):
    scopes = {"DELETE": Scope.WRITE}

    @document.write(_("Take a piece of evidence from a draft"), WholeOwnUpdateSerializer)
    def delete(self, request: Request, pk: int, number: int) -> HttpResponse:
        def remove(_raw: bytes) -> Made:
            update = own_update(request, pk)
            refuse_unread(request, update)
            rows = said_of(update)
            if not 1 <= number <= len(rows):
                raise Problem("not-found", _NONE)
            del rows[number - 1]
            return changed(request, update, Report(said={}, evidence=rows))

        return run(request, remove, body=b"")
