"""The deeds on tokens of the API."""

from commitments.models import ApiToken, User
from commitments.rules import access
from commitments.services import api_tokens
from tests import factories as make
from tests.permissions.deeds import NOW, Deed

SAID = {"name": "Test system", "scopes": ["read"], "days": 30}


def _token(stage):
    """One that somebody else of the body holds."""
    rows = ApiToken.objects.select_related("organisation")
    return rows.filter(organisation=stage.body, revoked_at=None).first() or make.ApiTokenFactory(
        organisation=stage.body
    )


def _path(stage):
    return f"organisations/{stage.body.slug}/tokens/"


def _make(user, stage):
    holder = user if isinstance(user, User) else User()
    return api_tokens.make_token(organisation=stage.body, holder=holder, now=NOW, **SAID)


DEEDS = [
    Deed(
        "API tokens",
        "See the tokens of a body, and their last use",
        lambda user, stage: access.may_see_tokens(user, stage.body),
        lambda stage: (_path(stage), None),
        None,
    ),
    Deed(
        "API tokens",
        "Make a token, which reports in the maker's name",
        lambda user, stage: access.may_make_token(user, stage.body),
        lambda stage: (f"{_path(stage)}add/", SAID),
        _make,
    ),
    Deed(
        "API tokens",
        "Revoke the token of somebody else",
        lambda user, stage: access.may_revoke_token(user, _token(stage)),
        lambda stage: (f"tokens/{_token(stage).pk}/revoke/", {}),
        lambda user, stage: api_tokens.revoke_token(token=_token(stage), person=user, now=NOW),
    ),
]
