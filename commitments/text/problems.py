"""Why something is refused, as programs read it: the members of a problem of RFC 9457."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

PROBLEM = "application/problem+json"
BASE = "/api/problems/"
"""Where the kinds are explained; `type` is this address and the name of the kind."""
LANGUAGES = ("vi", "en")

Said = str | Promise | Callable[[], str]
"""A text, a translation, or what words it in the language that is active when it is called."""


class Kind(NamedTuple):
    """One kind of problem: its HTTP status, and what it is called."""

    status: int
    title: Any


KINDS: dict[str, Kind] = {
    "invalid-parameter": Kind(400, _("A parameter cannot be accepted")),
    "invalid-json": Kind(400, _("The body is not JSON that can be read")),
    "invalid-header": Kind(400, _("A header cannot be accepted")),
    "token-missing": Kind(401, _("A token is needed")),
    "token-unknown": Kind(401, _("This token is not known")),
    "token-expired": Kind(401, _("This token has expired")),
    "token-revoked": Kind(401, _("This token was revoked")),
    "scope-missing": Kind(403, _("The token does not allow this")),
    "forbidden": Kind(403, _("Not yours to do")),
    "own-work": Kind(403, _("Nobody decides on their own work")),
    "not-found": Kind(404, _("There is nothing at this address")),
    "method-not-allowed": Kind(405, _("This cannot be done at this address")),
    "not-acceptable": Kind(406, _("There is no such form of this answer")),
    "wrong-state": Kind(409, _("Not possible in the present state")),
    "commitment-closed": Kind(409, _("The commitment is closed")),
    "period-closed": Kind(409, _("The reporting period is closed")),
    "draft-exists": Kind(409, _("There is an open draft already")),
    "reference-taken": Kind(409, _("This reference was used already")),
    "key-reused": Kind(409, _("This key was used for another request")),
    "precondition-failed": Kind(412, _("Somebody else saved meanwhile")),
    "precondition-required": Kind(428, _("Say which version you have read")),
    "too-large": Kind(413, _("The body is too large")),
    "too-many-rows": Kind(413, _("There are too many rows")),
    "unsupported-media-type": Kind(415, _("The body has a media type that is not taken here")),
    "unknown-field": Kind(422, _("There is no such field")),
    "wrong-type": Kind(422, _("A value has the wrong type")),
    "date-in-future": Kind(422, _("A date lies in the future")),
    "invalid-body": Kind(422, _("Some answers cannot be accepted")),
    "too-many-requests": Kind(429, _("Too many requests")),
    "server-error": Kind(500, _("Something went wrong here")),
    "unavailable": Kind(503, _("Not at the moment")),
}
"""Every problem that the product answers, by name; names stay for ever."""


class Fault(NamedTuple):
    """One thing that is to blame: a parameter of the address, or a JSON pointer into the body.

    `where` is the name of the parameter, or the pointer (RFC 6901: `/evidence/0/title`, the whole
    body is the empty text). `code` names the rule, whatever the language.
    """

    where: str
    code: str
    text: Said
    in_query: bool = False

    def as_json(self) -> dict[str, str]:
        place = {"parameter": self.where} if self.in_query else {"pointer": f"#{self.where}"}
        return place | {"code": self.code} | _details(self.text)


def problem(kind: str, detail: Said = "", faults: Sequence[Fault] = ()) -> dict[str, Any]:
    """The members of a problem: in the reader's language, and beside it in both.

    Raises KeyError for a kind that is not in KINDS.
    """
    known = KINDS[kind]
    body: dict[str, Any] = {
        "type": f"{settings.SITE_URL}{BASE}{kind}/",
        "title": str(known.title),
        "status": known.status,
        **_details(detail or known.title),
    }
    return body | {"errors": [fault.as_json() for fault in faults]} if faults else body


def _details(text: Said) -> dict[str, str]:
    said = {"detail": _worded(text)}
    for language in LANGUAGES:
        with override(language):
            said[f"detail_{language}"] = _worded(text)
    return said


def _worded(text: Said) -> str:
    return str(text()) if callable(text) and not isinstance(text, Promise) else str(text)
