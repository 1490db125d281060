"""Why something is refused, as programs read it: the members of a problem of RFC 9457."""

from http import HTTPStatus
from typing import Any

PROBLEM = "application/problem+json"


def problem(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """The members of a problem; `errors` name the parameters that are to blame."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    return body | {"errors": errors} if errors else body
