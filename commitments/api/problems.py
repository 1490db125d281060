"""The pages that explain every kind of problem: what `type` of a refusal leads to."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commitments.api.document import NAMES, language_of
from commitments.text.problems import KINDS

WHAT_TO_DO: dict[str, Any] = {
    "invalid-parameter": _("Correct the parameters that errors names; none was applied."),
    "invalid-json": _("Send one JSON object in UTF-8, without a name twice, NaN or Infinity."),
    "invalid-header": _("Correct the header that detail names and send the request again."),
    "token-missing": _("Send the token in the header Authorization, after the word Bearer."),
    "token-unknown": _("Look whether the token was copied whole. A reporter can make a new one."),
    "token-expired": _("A reporter of the body makes a new token on the page of its tokens."),
    "token-revoked": _("Ask the people of the body why, then let a reporter make a new token."),
    "scope-missing": _("A reporter makes a token that may do this; scopes are never added later."),
    "forbidden": _("Somebody else has to do this, or a person in the web pages."),
    "own-work": _("Author, approver and publisher are different people. Let somebody else do it."),
    "not-found": _("Look at the address. What is not public, or not yours, is not there."),
    "method-not-allowed": _("The header Allow names what can be done at this address."),
    "not-acceptable": _("Ask for JSON, or for a form that the documentation names."),
    "wrong-state": _("Read the present state, and decide anew whether this is still wanted."),
    "commitment-closed": _("Only related news and corrections are heard here now."),
    "period-closed": _("Report for the period that is open."),
    "draft-exists": _("Go on with the open draft at its address, or discard it first."),
    "reference-taken": _("It was reported before: detail names where. Do not send it again."),
    "key-reused": _("Make a new Idempotency-Key for every new request; keep it for its retries."),
    "precondition-failed": _("Read it again, compare, and send If-Match with the new ETag."),
    "precondition-required": _("Send If-Match with the ETag of the version that you have read."),
    "too-large": _("Send less at once: at most 1 MB."),
    "too-many-rows": _("Send at most 1,000 rows at once."),
    "unsupported-media-type": _("Send Content-Type: application/json."),
    "unknown-field": _("Take out what errors points at, or correct its name; nothing was kept."),
    "wrong-type": _("Send the type that the documentation names; nothing was kept."),
    "date-in-future": _("Give today or an earlier day; nothing was kept."),
    "invalid-body": _("Correct what errors points at; nothing was kept."),
    "too-many-requests": _(
        "Wait as many seconds as Retry-After says. RateLimit tells what is left."
    ),
    "server-error": _("Try again later, with the same Idempotency-Key: nothing is done twice."),
    "unavailable": _("Wait as many seconds as Retry-After says, and try again."),
}  # fmt: skip


@require_safe
def problem_list(request: HttpRequest) -> HttpResponse:
    return _page(request, "")


@require_safe
def problem_detail(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind, which names stay for ever. Raises Http404 for a name that no problem has."""
    if kind not in KINDS:
        raise Http404
    return _page(request, kind)


def _page(request: HttpRequest, only: str) -> HttpResponse:
    language = language_of(request)
    with translation.override(language):
        kinds = [
            {"name": name, "status": kind.status, "title": kind.title, "advice": WHAT_TO_DO[name]}
            for name, kind in KINDS.items()
            if only in ("", name)
        ]
        context = {
            "languages": [
                {"code": code, "name": NAMES[code], "url": f"?lang={code}",
                 "is_active": code == language}
                for code in NAMES
            ],
            "kinds": kinds,
            "only": kinds[0] if only else None,
            "language": language,
        }  # fmt: skip
        return render(request, "api/problems.html", context)
