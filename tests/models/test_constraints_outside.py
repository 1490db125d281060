"""Constraints of tokens, kept answers, webhooks and releases."""

from datetime import timedelta

import pytest

from tests import factories as f
from tests.factories.clock import NOW
from tests.models.breaking import Rule, cases, known, once

TOKEN, HOOK, SENT = f.ApiTokenFactory, f.WebhookFactory, f.WebhookDeliveryFactory


def body(_row):
    return f.OrganisationFactory().pk


def person(_row):
    return f.UserFactory().pk


def another_update(_row):
    return f.StatusUpdateFactory().pk


RULES = [
    Rule(
        "api_token_expires_after_it_is_made",
        TOKEN,
        {},
        [{"expires_at": NOW}],
        [{"expires_at": NOW + timedelta(seconds=1)}],
    ),
    Rule(
        "api_token_revoked_by_somebody_at_a_time",
        TOKEN,
        {},
        [{"revoked_at": NOW}, {"revoked_by_id": person}],
        [{"revoked_at": NOW, "revoked_by_id": person}],
    ),
    Rule(
        "api_token_used_from_somewhere_at_a_time",
        TOKEN,
        {},
        [{"last_used_at": NOW}, {"last_used_from": "192.0.2.1"}],
        [{"last_used_at": NOW, "last_used_from": "192.0.2.1"}],
    ),
    once("api_answer_is_one_per_key", f.ApiAnswerFactory, {}, but={"key": "other"}),
    once(
        "client_reference_is_once_per_body",
        f.ClientReferenceFactory,
        {},
        but={"reference": "other"},
        also={"update_id": another_update},
    ),
    Rule(
        "client_reference_says_something",
        f.ClientReferenceFactory,
        {},
        [{"reference": ""}],
        [{"reference": "other"}],
    ),
    Rule(
        "webhook_is_a_bodys_or_somebodys",
        HOOK,
        {},
        [{"email": ""}, {"organisation_id": body}, {"made_by_id": person}],
        [{"email": "", "organisation_id": body, "made_by_id": person}],
    ),
    Rule(
        "webhook_address_is_http",
        HOOK,
        {},
        [{"address": "ftp://example.org/"}],
        [{"address": "http://example.org/"}],
    ),
    Rule(
        "webhook_paused_for_a_reason",
        HOOK,
        {},
        [{"paused_at": NOW}, {"pause_reason": "by_hand"}],
        [{"paused_at": NOW, "pause_reason": "by_hand"}],
    ),
    Rule(
        "webhook_former_secret_is_good_until",
        HOOK,
        {},
        [{"former_secret": "test"}, {"former_until": NOW}],
        [{"former_secret": "test", "former_until": NOW}],
    ),
    once(
        "delivery_is_one_per_event_and_turn",
        SENT,
        {},
        but={"turn": 2},
        also={"message_id": "test-another"},
    ),
    Rule("delivery_state_is_known", SENT, {}, [{"state": "??"}], [{"state": "dead"}]),
    Rule(
        "delivery_sent_at_iff_sent",
        SENT,
        {},
        [{"state": "sent"}, {"sent_at": NOW}],
        [{"state": "sent", "sent_at": NOW}],
    ),
    Rule(
        "delivery_leased_iff_sending",
        SENT,
        {},
        [{"state": "sending"}, {"leased_until": NOW}],
        [{"state": "sending", "leased_until": NOW}],
    ),
    known("release_kind_is_known", f.ReleaseFactory, "kind", "period"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint_of_what_is_outside(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
