"""Constraints of mail that did not arrive, and of mails that are tried again."""

import pytest

from tests import factories as f
from tests.factories.clock import NOW
from tests.models.breaking import NONSENSE, Rule, cases, once


def somebody(_row):
    return f.UserFactory().pk


RULES = [
    once(
        "mail_fault_is_reported_once",
        f.MailFaultFactory,
        {"report_id": "test"},
        but={"report_id": "test-2"},
    ),
    Rule(
        "mail_fault_kind_is_known",
        f.MailFaultFactory,
        {},
        [{"kind": NONSENSE}],
        [{"kind": "bounced"}],
    ),
    Rule(
        "digest_tried_again_by_somebody_at_a_time",
        f.DigestFactory,
        {},
        [{"again_at": NOW}, {"again_by_id": somebody}],
        [{"again_at": NOW, "again_by_id": somebody}],
    ),
    Rule(
        "notice_is_of_a_commitment_or_an_address",
        f.NoticeFactory,
        {},
        [{"commitment_id": None}, {"subject_kind": "address"}],
        [{"commitment_id": None, "subject_kind": "address"}],
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
