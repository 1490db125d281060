"""Constraints of invitations and of the mails about accounts."""

import pytest

from tests import factories as f
from tests.deeds import later
from tests.factories.clock import NOW
from tests.models.breaking import NONSENSE, Rule, cases, known, once


def somebody(_row):
    return f.UserFactory().pk


RULES = [
    Rule(
        "invitation_accepted_by_somebody_at_a_time",
        f.InvitationFactory,
        {},
        [{"accepted_at": NOW}, {"accepted_by_id": somebody}],
        [{"accepted_at": NOW, "accepted_by_id": somebody}],
    ),
    Rule(
        "invitation_is_taken_or_withdrawn",
        f.InvitationFactory,
        {},
        [{"accepted_at": NOW, "accepted_by_id": somebody, "revoked_at": NOW}],
        [{"revoked_at": NOW}],
    ),
    Rule(
        "invitation_expires_after_it_is_made",
        f.InvitationFactory,
        {},
        [{"expires_at": NOW}],
        [{"expires_at": later(1)}],
    ),
    once(
        "invitation_is_offered_once_at_a_time",
        f.InvitationFactory,
        {"email": "test@example.org"},
        but={"revoked_at": NOW},
    ),
    known("invitation_role_is_known", f.InvitationFactory, "role", "auditor"),
    Rule(
        "account_mail_kind_is_known",
        f.AccountMailFactory,
        {},
        [{"kind": NONSENSE, "person_id": somebody}],
        [{"kind": "password_link"}],
    ),
    Rule(
        "account_mail_is_to_a_person_unless_it_is_a_link",
        f.AccountMailFactory,
        {},
        [{"kind": "factor_reset"}],
        [{"kind": "password_link"}, {"kind": "factor_reset", "person_id": somebody}],
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
