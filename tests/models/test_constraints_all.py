"""No constraint goes without a test that tries to break it, and a neighbour that it lets in."""

from django.apps import apps

from tests.models import (
    test_constraints_bodies,
    test_constraints_citizens,
    test_constraints_commitments,
    test_constraints_files,
    test_constraints_imports,
    test_constraints_mail,
    test_constraints_organisations,
    test_constraints_outside,
    test_constraints_pauses,
    test_constraints_people,
    test_constraints_preferences,
    test_constraints_read_models,
    test_constraints_records,
    test_constraints_register,
    test_constraints_review,
    test_constraints_rules,
    test_constraints_sources,
    test_constraints_updates,
)

RULES = [
    *test_constraints_bodies.RULES,
    *test_constraints_citizens.RULES,
    *test_constraints_commitments.RULES,
    *test_constraints_organisations.RULES,
    *test_constraints_outside.RULES,
    *test_constraints_pauses.RULES,
    *test_constraints_people.RULES,
    *test_constraints_preferences.RULES,
    *test_constraints_files.RULES,
    *test_constraints_imports.RULES,
    *test_constraints_mail.RULES,
    *test_constraints_read_models.RULES,
    *test_constraints_records.RULES,
    *test_constraints_register.RULES,
    *test_constraints_review.RULES,
    *test_constraints_rules.RULES,
    *test_constraints_sources.RULES,
    *test_constraints_updates.RULES,
]


def test_constraints_are_all_tried():
    named = {
        constraint.name
        for model in apps.get_app_config("commitments").get_models()
        for constraint in model._meta.constraints
    }

    assert {rule.name for rule in RULES} == named


def test_constraints_are_tried_both_ways():
    assert [rule.name for rule in RULES if not rule.broken or not rule.allowed] == []


def test_columns_that_name_a_row_are_unique():
    found = {
        f"{model.__name__}.{column.name}"
        for model in apps.get_app_config("commitments").get_models()
        for column in model._meta.fields
        if column.unique and not column.primary_key
    }

    assert found == {
        "ApiToken.digest",
        "BulkRun.token",
        "CalendarAddress.nonce",
        "ClientReference.update",
        "Commitment.reference",
        "Commitment.slug",
        "Completion.update",
        "Contradiction.number",
        "Digest.message_id",
        "ErrorReport.form_id",
        "ErrorReport.nonce",
        "EvidenceAcceptance.evidence",
        "Gap.number",
        "Heartbeat.job",
        "Holiday.on",
        "Indicator.slug",
        "Instrument.slug",
        "Organisation.slug",
        "Programme.code",
        "Programme.slug",
        "PublicEvent.hash",
        "PublicEvent.previous_hash",
        "PublicEvent.sequence",
        "Recognition.number",
        "RecordNote.number",
        "Release.name",
        "Retraction.update",
        "Source.slug",
        "Subscriber.email",
        "Subscriber.nonce",
        "Target.replaces",
        "User.email",
        "Webhook.nonce",
        "WebhookDelivery.message_id",
    }
