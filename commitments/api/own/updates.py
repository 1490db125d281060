"""The body's own updates: begun, read, changed, thrown away and handed in."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from commitments.api.errors import Problem, bad_parameter, problem_of
from commitments.api.own import document, payloads
from commitments.api.own.deeds import (
    Made,
    OwnView,
    etag_of,
    holder_of,
    read_body,
    refuse_unread,
    require,
    run,
    token_of,
)
from commitments.api.own.lists import page_after
from commitments.api.own.reading import (
    PLAIN,
    corrected_by,
    locked_commitment,
    note_missing,
    refuse_faulty,
    report_of,
)
from commitments.api.own.serializers import (
    OwnUpdateSerializer,
    PaginatedOwnUpdatesSerializer,
    WholeOwnUpdateSerializer,
    address_of,
)
from commitments.api.own.shapes import Faults
from commitments.api.own.strict_json import is_chunked
from commitments.errors import Refusal
from commitments.models import EDITABLE, Scope, StatusUpdate, UpdateState
from commitments.services import drafts, reporting
from commitments.services.draft_facts import around
from commitments.services.reporting import DraftExists, HandingIn, ReferenceTaken, Report

FILTERS = frozenset({"state", "commitment", "client_reference"})
_STATE = _("Please give one of: {words}.")
_DRAFT_THERE = _("A draft of this commitment is open already: {address}")
_REFERENCE_THERE = _("This update has the reference already: {address}")
_NONE = _("Your body has no such update.")


def own_updates(request: Request) -> "QuerySet[StatusUpdate]":
    """Those of the token's body in every state, with all that is told of one."""
    rows = StatusUpdate.objects.filter(body=token_of(request).organisation_id)
    return rows.select_related(
        "commitment__programme", "corrects", "client_reference", "body"
    ).prefetch_related("evidence__source", "measurements__target", "actions")


def own_update(request: Request, pk: int) -> StatusUpdate:
    """One of them; of all others nobody learns that they are there."""
    found = own_updates(request).filter(pk=pk).first()
    if found is None:
        raise Problem("not-found", _NONE)
    return found


def told(request: Request, update: StatusUpdate) -> dict[str, Any]:
    """The update as it stands now, with what is missing."""
    return _told(request, own_update(request, update.pk))


def _told(request: Request, fresh: StatusUpdate) -> dict[str, Any]:
    is_open = fresh.state in EDITABLE
    missing = reporting.missing_of(fresh, localdate()) if is_open else []
    context = {"request": request, "missing": missing}
    return dict(WholeOwnUpdateSerializer(fresh, context=context).data)


def made(request: Request, update: StatusUpdate, status: int = 200) -> Made:
    """The answer to a change of it, with its version; with its address where it is new."""
    return _made(request, own_update(request, update.pk), status)


def _made(request: Request, fresh: StatusUpdate, status: int) -> Made:
    """The same of a row that nobody changed since it was read."""
    data = _told(request, fresh)
    where = {"Location": data["address"]} if status == 201 else {}
    return Made(status, data, {"ETag": etag_of(fresh), **where})


def refused_by(refused: Refusal, request: Request) -> Problem:
    """The problem; of what is there already with its address, where the token may see it."""
    if isinstance(refused, (DraftExists, ReferenceTaken)):
        kind, text = ("reference-taken", _REFERENCE_THERE)
        if isinstance(refused, DraftExists):
            kind, text = ("draft-exists", _DRAFT_THERE)
        if refused.update.body_id != token_of(request).organisation_id:
            return Problem(kind, refused.text)
        address = address_of("own-update-detail", {"request": request}, refused.update.pk)
        return Problem(kind, format_lazy(text, address=address), headers={"Location": address})
    return problem_of(refused)


class OwnUpdates(OwnView):
    scopes = {"GET": Scope.READ, "POST": Scope.WRITE}

    @document.read(
        _("Your updates, in every state"),
        PaginatedOwnUpdatesSerializer,
        name="own_updates_list",
    )
    def get(self, request: Request) -> Response:
        rows, asked = own_updates(request), request.query_params
        if state := asked.get("state"):
            if state not in UpdateState.values:
                text = format_lazy(_STATE, words=", ".join(UpdateState.values))
                raise bad_parameter("state", "invalid", text)
            rows = rows.filter(state=state)
        if slug := asked.get("commitment"):
            rows = rows.filter(commitment__slug=slug.replace("\0", ""))
        if reference := asked.get("client_reference"):
            rows = rows.filter(client_reference__reference=reference.replace("\0", ""))

        def spell(found: list[StatusUpdate]) -> Any:
            return OwnUpdateSerializer(found, many=True, context={"request": request}).data

        return page_after(request, rows, spell, filters=FILTERS)

    @document.write(
        _("Begin an update, and hand it in at once where you like"),
        WholeOwnUpdateSerializer,
        sends="UpdateToBegin",
        status=201,
        about=_("It stays a draft until it is handed in; an approver and an officer go on then."),
    )
    def post(self, request: Request) -> HttpResponse:
        return run(request, lambda raw: _begin(request, raw))


def _begin(request: Request, raw: bytes) -> Made:
    faults, token, today = Faults(), token_of(request), localdate()
    body = read_body(raw, payloads.UPDATE, faults)
    submits = body.get("submit", False)
    if submits:
        require(request, Scope.SUBMIT)
    if "commitment" not in body:
        refuse_faulty(faults)
    commitment = locked_commitment(body["commitment"])
    corrects = corrected_by(body, commitment, faults)
    reporting.check_leading(body=token.organisation, commitment=commitment, corrects=corrects)
    report = report_of(body, commitment, token.holder, faults)
    handing_in = None
    if submits:
        known = around(commitment, token.organisation)
        note_missing(report, commitment, token.organisation, corrects, faults, today, known)
        handing_in = HandingIn(body.get("period"), known)
    refuse_faulty(faults)
    try:
        update = reporting.begin_report(
            body=token.organisation,
            author=token.holder,
            commitment=commitment,
            report=_whole(report),
            corrects=corrects,
            handing_in=handing_in,
            today=today,
            now=timezone.now(),
        )
    except Refusal as refused:
        raise refused_by(refused, request) from refused
    return _made(request, update, 201)


def _whole(report: Report) -> Report:
    """What a new update says: of what nothing was said, nothing."""
    return Report(
        said=PLAIN | dict(report.said),
        evidence=report.evidence,
        measured=report.measured,
        reference=report.reference,
    )


def _hand_in(request: Request, update: StatusUpdate, body: dict[str, Any]) -> None:
    reporting.hand_in(
        update=update,
        author=holder_of(request),
        period=body.get("period"),
        today=localdate(),
        now=timezone.now(),
        version=update.version,
    )


class OwnUpdate(OwnView):
    scopes = {"GET": Scope.READ, "PATCH": Scope.WRITE, "DELETE": Scope.WRITE}

    @document.read(_("One of your updates"), WholeOwnUpdateSerializer)
    def get(self, request: Request, pk: int) -> Response:
        update = own_update(request, pk)
        return Response(told(request, update), headers={"ETag": etag_of(update)})

    @document.write(
        _("Change a draft"),
        WholeOwnUpdateSerializer,
        sends="UpdateToChange",
        about=_("Members that are left out stay as they are; lists are replaced whole."),
    )
    def patch(self, request: Request, pk: int) -> HttpResponse:
        return run(request, lambda raw: _change(request, pk, raw))

    @document.write(_("Throw a draft away"), None)
    def delete(self, request: Request, pk: int) -> HttpResponse:
        def discard(_raw: bytes) -> Made:
            update = own_update(request, pk)
            refuse_unread(request, update)
            drafts.discard_draft(update=update, author=holder_of(request))
            return Made(204, None)

        return run(request, discard, body=b"")


def _change(request: Request, pk: int, raw: bytes) -> Made:
    update, faults = own_update(request, pk), Faults()
    refuse_unread(request, update)
    body = read_body(raw, payloads.CHANGES, faults)
    report = report_of(body, update.commitment, holder_of(request), faults, update)
    refuse_faulty(faults)
    return changed(request, update, report)


def changed(request: Request, update: StatusUpdate, report: Report) -> Made:
    """Save a report in place of what stands, and answer it."""
    try:
        saved = reporting.change_report(
            update=update,
            author=holder_of(request),
            report=report,
            version=update.version,
            now=timezone.now(),
        )
    except Refusal as refused:
        raise refused_by(refused, request) from refused
    return made(request, saved)


class OwnSubmission(OwnView):
    scopes = {"POST": Scope.SUBMIT}

    @document.write(_("Hand a draft in"), WholeOwnUpdateSerializer, sends="UpdateToSubmit")
    def post(self, request: Request, pk: int) -> HttpResponse:
        """The body may be left out."""
        is_bare = request.META.get("CONTENT_LENGTH") in (None, "", "0") and not is_chunked(request)

        def submit(raw: bytes) -> Made:
            update, faults = own_update(request, pk), Faults()
            refuse_unread(request, update)
            body = read_body(raw or b"{}", payloads.SUBMISSION, faults)
            refuse_faulty(faults)
            _hand_in(request, update, body)
            return made(request, update)

        return run(request, submit, body=b"" if is_bare else None)
