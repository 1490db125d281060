"""How a change is asked for: once under a key, rehearsed, and only of the version that was read."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, cast

import orjson
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.views import APIView

from commitments.api.errors import Problem, bad_parameter
from commitments.api.filtering import refuse_unknown
from commitments.api.own.authentication import TokenAuthentication, needs
from commitments.api.own.shapes import Faults, Object
from commitments.api.own.strict_json import MEDIA_TYPE, StrictJson, raw_body, read_json
from commitments.api.rendering import spelt
from commitments.models import ApiToken, Scope, StatusUpdate, User
from commitments.services import api_answers
from commitments.services.api_answers import Answered, fingerprint_of

DRY_RUN = "dry_run"
KEY, IF_MATCH, REPLAYED = "Idempotency-Key", "If-Match", "Idempotency-Replayed"
_KEY = re.compile(r"[!-~]{1,255}")
_SAID = {"": False, "false": False, "true": True}

BAD_KEY = _("An Idempotency-Key has 1 to 255 visible ASCII characters and no blanks.")
NO_MATCH = _("Please send the ETag of what you have read as “If-Match”.")
CHANGED = _("Somebody saved this since you read it. Please read it again, then send your change.")
NOT_A_FLAG = _("Only true or false can stand here.")


class Made(NamedTuple):
    """What a deed answers, before it is spelt; None says nothing."""

    status: int
    data: dict[str, Any] | None
    headers: Mapping[str, str] = {}


class OwnView(APIView):
    """What is a body's own: asked for with its token, each method with a scope."""

    authentication_classes = [TokenAuthentication]
    parser_classes = [StrictJson]
    scopes: Mapping[str, str] = {"GET": Scope.READ}

    def get_permissions(self) -> list[Any]:
        method = "GET" if self.request.method == "HEAD" else self.request.method or ""
        return [needs(self.scopes.get(method, Scope.READ))()]


def token_of(request: Request) -> ApiToken:
    return cast(ApiToken, request.auth)


def holder_of(request: Request) -> User:
    return token_of(request).holder


def require(request: Request, scope: str) -> None:
    """Raise the problem scope-missing unless the token allows `scope` too."""
    needs(scope)().has_permission(request, None)  # type: ignore[arg-type]


def read_body(raw: bytes, shape: Object, faults: Faults) -> dict[str, Any]:
    """The members that could be read; what is wrong with the others is in `faults`."""
    read = shape.read(read_json(raw), "", faults)
    return read if isinstance(read, dict) else {}


def run(
    request: Request, deed: Callable[[bytes], Made], *, body: bytes | None = None
) -> HttpResponse:
    """Do it with the bytes that were sent, in one transaction, and answer it.

    With a key it is done once; with `dry_run=true` nothing is kept. `body` stands for what was
    sent where that is no JSON.
    """
    refuse_unknown(request, {DRY_RUN})
    is_dry, key = _is_dry(request), _key(request)
    raw = raw_body(request) if body is None else body

    def done() -> Answered:
        return _spelt(deed(raw), is_dry)

    if is_dry:
        return _answer(api_answers.rehearse(done))
    if not key:
        return _answer(api_answers.answer(done))
    where = f"{request.method} {request.get_full_path()}"
    kept = api_answers.answer_once(
        token=token_of(request),
        key=key,
        fingerprint=fingerprint_of(where.encode(), raw),
        deed=done,
        now=timezone.now(),
    )
    return _answer(kept)


def is_rehearsed(request: Request) -> bool:
    """Whether the request only asks what would be; for deeds that leave more than rows."""
    return _is_dry(request)


def _is_dry(request: Request) -> bool:
    said = request.query_params.get(DRY_RUN, "")
    if said not in _SAID:
        raise bad_parameter(DRY_RUN, "invalid", NOT_A_FLAG)
    return _SAID[said]


def _key(request: Request) -> str:
    sent = request.headers.get(KEY)
    if sent is not None and not _KEY.fullmatch(sent):
        raise Problem("invalid-header", BAD_KEY)
    return sent or ""


def _spelt(made: Made, is_dry: bool) -> Answered:
    status, headers = made.status, dict(made.headers)
    data = made.data
    if is_dry:
        status, headers = 200, {}
        data = (data or {}) | {"dry_run": True}
    body = "" if data is None else orjson.dumps(data, default=spelt).decode()
    return Answered(status, body, headers)


def _answer(answered: Answered) -> HttpResponse:
    response = HttpResponse(answered.body, status=answered.status, content_type=MEDIA_TYPE)
    if not answered.body:
        del response["Content-Type"]
    for name, value in answered.headers.items():
        response[name] = value
    if answered.is_replayed:
        response[REPLAYED] = "true"
    return response


def etag_of(update: StatusUpdate) -> str:
    """The version that its author saved, and how far it has come since."""
    return f'"{update.version}-{update.state}"'


def refuse_unread(request: Request, update: StatusUpdate) -> None:
    """Only what was read can be changed: 428 without If-Match, 412 where somebody saved since.

    A tag that a proxy weakened on its way still names the same version.
    """
    sent = request.headers.get(IF_MATCH)
    if not sent:
        raise Problem("precondition-required", NO_MATCH)
    tags = [tag.removeprefix("W/") for tag in parse_etags(sent)]
    if "*" not in tags and etag_of(update) not in tags:
        raise Problem("precondition-failed", CHANGED, headers={"ETag": etag_of(update)})
