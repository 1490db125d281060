"""Who may make a token of the API for a body, and take it away."""

from commitments.models import ApiToken, Organisation, Role
from commitments.rules.access._roles import Person, holds


def may_see_tokens(user: Person, organisation: Organisation) -> bool:
    """Who reports for the body and who signs off for it."""
    return holds(user, organisation.pk, Role.REPORTER, Role.APPROVER)


def may_make_token(user: Person, organisation: Organisation) -> bool:
    """A reporter, for a system that reports in their name; so nobody approves what theirs wrote."""
    return holds(user, organisation.pk, Role.REPORTER)


def may_revoke_token(user: Person, token: ApiToken) -> bool:
    """Whoever holds it, and the approvers of its body."""
    return user.pk == token.holder_id or holds(user, token.organisation_id, Role.APPROVER)


def holder_reports(token: ApiToken) -> bool:
    """As long as its holder reports for the body; rights are judged as they are now."""
    return holds(token.holder, token.organisation_id, Role.REPORTER)
