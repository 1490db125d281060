"""Constraints of subscriptions, reports of errors and the mails about them."""

import pytest

from tests import factories as f
from tests.deeds import later
from tests.factories.clock import NOW
from tests.models.breaking import Rule, cases, known, once


def subscription(_row):
    return f.SubscriptionFactory().pk


def webhook(_row):
    return f.WebhookFactory().pk


def report(_row):
    return f.ErrorReportFactory().pk


def answer_mail():
    about = f.ErrorReportFactory()
    return f.CitizenMailFactory(kind="answer", subscriber=None, week_on=None, report=about)


REPORT, MAIL = f.ErrorReportFactory, f.CitizenMailFactory
ANSWERED = {"state": "answered", "answered_at": NOW, "answer_en": "Test answer"}
OF_REPORT = {"kind": "answer", "subscriber_id": None, "week_on": None}
OF_WEBHOOK = {"kind": "stopped", "subscriber_id": None, "week_on": None}

RULES = [
    known("subscriber_language_is_known", f.SubscriberFactory, "language", "vi"),
    once(
        "subscription_is_one_per_thing",
        f.SubscriptionFactory,
        {},
        but={"kind": "commitment", "key": "test"},
    ),
    Rule(
        "subscription_names_what_it_follows",
        f.SubscriptionFactory,
        {},
        [{"key": "test"}, {"kind": "search"}],
        [{"kind": "search", "key": "q=test"}],
    ),
    Rule(
        "subscription_kind_is_known",
        f.SubscriptionFactory,
        {},
        [{"kind": "??", "key": "test"}],
        [{"kind": "priority", "key": "test"}],
    ),
    Rule(
        "error_report_state_is_known", REPORT, ANSWERED, [{"state": "??"}], [{"state": "rejected"}]
    ),
    known("error_report_language_is_known", REPORT, "language", "vi"),
    Rule(
        "error_report_names_a_thing_whole",
        REPORT,
        {},
        [{"object_kind": "gap"}, {"object_key": "1"}],
        [{"object_kind": "gap", "object_key": "1"}],
    ),
    Rule("error_report_says_what_is_wrong", REPORT, {}, [{"wrong": ""}], [{"wrong": "Test"}]),
    Rule(
        "error_report_answered_iff_not_open",
        REPORT,
        {},
        [
            {"state": "answered"},
            {"answered_at": NOW},
            {"answer_vi": "Thử"},
            ANSWERED | {"answer_en": ""},
            ANSWERED | {"answered_at": None},
        ],
        [ANSWERED, ANSWERED | {"answer_en": "", "answer_vi": "Thử"}],
    ),
    Rule(
        "error_report_corrected_only_if_accepted",
        REPORT,
        ANSWERED,
        [{"corrected_by": 1}],
        [{"state": "accepted", "corrected_by": 1}],
    ),
    Rule(
        "error_report_confirms_an_address_that_is_there",
        REPORT,
        {},
        [{"contact_confirmed_at": NOW}],
        [{"contact_confirmed_at": NOW, "contact": "test@example.org"}],
    ),
    known("error_deed_is_known", f.ErrorReportDeedFactory, "deed", "hidden"),
    Rule(
        "error_deed_is_by_somebody_unless_received",
        f.ErrorReportDeedFactory,
        {},
        [{"deed": "received"}, {"by_id": None}],
        [{"deed": "received", "by_id": None}],
    ),
    Rule("citizen_mail_state_is_known", MAIL, {}, [{"state": "??"}], [{"state": "dead"}]),
    once(
        "citizen_mail_is_one_per_subscriber_and_week",
        MAIL,
        {},
        but={"week_on": later(7 * 24 * 60).date()},
    ),
    once(
        "citizen_mail_answers_a_report_once",
        answer_mail,
        {},
        but={"kind": "report"},
    ),
    Rule(
        "citizen_mail_is_about_what_its_kind_says",
        MAIL,
        {},
        [
            {"kind": "??"},
            {"week_on": None},
            {"subscriber_id": None},
            {"kind": "confirm"},
            {"kind": "answer", "report_id": report},
            OF_REPORT,
            OF_WEBHOOK,
        ],
        [
            OF_REPORT | {"report_id": report},
            {"kind": "confirm", "subscription_id": subscription},
            OF_WEBHOOK | {"webhook_id": webhook},
        ],
    ),
    Rule(
        "citizen_mail_sent_at_iff_sent",
        MAIL,
        {},
        [{"state": "sent"}, {"sent_at": NOW}],
        [{"state": "sent", "sent_at": NOW}],
    ),
    Rule(
        "citizen_mail_leased_iff_sending",
        MAIL,
        {},
        [{"state": "sending"}, {"leased_until": NOW}],
        [{"state": "sending", "leased_until": NOW}],
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint_of_citizens(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
