"""Who asks: the token in `Authorization: Bearer …`, and what it allows."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from commitments.api.addresses import address_of
from commitments.api.errors import Problem
from commitments.models import ApiToken, User
from commitments.rules import access
from commitments.services import api_tokens

SCHEME = b"bearer"
LONGEST = 200
CHALLENGE = 'Bearer realm="api"'

MISSING = _("Please send a token: “Authorization: Bearer …”. A reporter of your body makes one.")
UNKNOWN = _("There is no such token. Was it copied whole?")
ENDED = _("This token has expired. A reporter of your body can make a new one.")
REVOKED = _("This token was revoked. A reporter of your body can make a new one.")
LEFT = _("The person who holds this token no longer reports for the body.")
SCOPE = _("This token does not allow that. A reporter can make one that does.")


class TokenAuthentication(BaseAuthentication):
    """`request.auth` is the ApiToken, `request.user` its holder; a session counts for nothing."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken]:
        token = _working(_sent(request))
        api_tokens.note_use(token=token, address=address_of(request), now=timezone.now())
        return token.holder, token

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


def _sent(request: Request) -> str:
    parts = get_authorization_header(request).split()
    if len(parts) != 2 or parts[0].lower() != SCHEME or len(parts[1]) > LONGEST:
        raise _unauthenticated("token-missing", MISSING)
    return parts[1].decode("latin-1")


def _working(text: str) -> ApiToken:
    token = api_tokens.find_token(text)
    if token is None:
        raise _unauthenticated("token-unknown", UNKNOWN)
    if token.revoked_at is not None:
        raise _unauthenticated("token-revoked", REVOKED)
    if token.expires_at <= timezone.now():
        raise _unauthenticated("token-expired", ENDED)
    if not access.holder_reports(token):
        raise Problem("forbidden", LEFT)
    return token


def _unauthenticated(kind: str, text: Any) -> Problem:
    return Problem(kind, text, headers={"WWW-Authenticate": CHALLENGE})


def needs(scope: str) -> type[BasePermission]:
    """A permission class: the token allows `scope`, else the problem `scope-missing`."""

    class Needs(BasePermission):
        def has_permission(self, request: Request, view: Any) -> bool:
            token = request.auth
            if not isinstance(token, ApiToken) or not token.allows(scope):
                raise Problem("scope-missing", SCOPE)
            return True

    return Needs


class BearerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the document of the API names it."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": str(
                _("A body's token; a reporter makes it on the page of the body's tokens.")
            ),
        }
