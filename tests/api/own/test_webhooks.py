"""A body's system keeps its webhooks with a token of the scope, and sees nobody else's."""

from commitments.models import ApiAnswer, Scope, Webhook
from commitments.services import record
from commitments.services.api_tokens import make_token
from commitments.services.record import EDITORS
from commitments.services.sealing import unseal
from tests import factories
from tests.factories.clock import NOW, TODAY

HOOK = "https://receiver.example.org/hook"
KEY = {"Idempotency-Key": "test-1"}


def test_the_whole_way(world, alice, ask):
    record.publish(world.commitment, action="changed", by=EDITORS, effective_on=TODAY, now=NOW)
    rehearsed = ask("post", "webhooks/", {"address": HOOK}, query="?dry_run=true")
    assert (rehearsed.status_code, Webhook.objects.count()) == (200, 0)
    assert rehearsed.json()["secret"] is None
    made = ask("post", "webhooks/", {"address": HOOK, "kinds": ["commitment"]}, headers=KEY)
    webhook = Webhook.objects.get()
    shown = {
        "id": webhook.pk,
        "address": HOOK,
        "name": None,
        "kinds": ["commitment"],
        "programmes": [],
        "through_sequence": 1,
        "made_at": "2026-06-01T02:00:00.000000Z",
        "paused_at": None,
        "pause_reason": None,
    }
    assert made.json() == shown | {"secret": unseal(webhook.secret)}
    assert made["Location"].endswith(f"/api/v1/own/webhooks/{webhook.pk}/")
    again = ask("post", "webhooks/", {"address": HOOK, "kinds": ["commitment"]}, headers=KEY)
    assert (again.status_code, again.json()) == (201, shown | {"secret": None})
    assert "whsec_" not in ApiAnswer.objects.get().body
    assert (Webhook.objects.count(), webhook.made_by) == (1, alice)

    one = f"webhooks/{webhook.pk}/"
    assert ask("get", "webhooks/").json() == {"next": None, "results": [shown]}
    assert ask("get", one).json() == shown
    tested = ask("post", f"{one}test/")
    assert (tested.status_code, tested.json()) == (202, {"message_id": f"test_{webhook.pk}_1"})
    assert ask("post", f"{one}replay/", {"after": 0}).json() == shown | {"through_sequence": 0}
    assert ask("delete", one).status_code == 204
    assert [ask("get", one).status_code, ask("delete", one).status_code] == [404, 404]
    assert ask("get", "webhooks/").json()["results"] == []


def test_what_is_refused_says_what_the_form_says(world, alice, ask):
    def refused(path, body):
        answer = ask("post", path, body)
        told = answer.json()
        kind = told["type"].rstrip("/").rpartition("/")[2]
        return answer.status_code, kind, [
            (one["pointer"], one["code"]) for one in told.get("errors", [])
        ]  # fmt: skip

    said = ask("post", "webhooks/", {"address": "http://10.0.0.1/"}).json()["errors"][0]["detail"]
    assert said.startswith("This address lies inside a private network")
    assert refused("webhooks/", {"address": "http://[::1]/", "kinds": ["x"], "name": "a" * 101}) == (
        422, "invalid-body",
        [("#/address", "address_not_public"), ("#/name", "too_long"), ("#/kinds", "unknown")],
    )  # fmt: skip
    assert refused("webhooks/", {"adress": HOOK})[0] == 422
    assert refused("webhooks/", {"address": 5})[0] == 422
    webhook = factories.WebhookFactory(email="", organisation=world.body, made_by=alice)
    replay = f"webhooks/{webhook.pk}/replay/"
    assert refused(replay, {"after": 9}) == (
        422, "invalid-body", [("#/after", "sequence_unknown")],
    )  # fmt: skip
    assert [refused(replay, body)[0] for body in ({}, {"after": -1}, {"after": True})] == [422] * 3


def test_other_bodies_and_other_scopes(world, alice, bob, ask):
    elsewhere = bob.memberships.get().organisation
    theirs = factories.WebhookFactory(email="", organisation=elsewhere, made_by=bob)
    citizens = factories.WebhookFactory()
    found = {
        ask(method, f"webhooks/{one.pk}/{path}", body).status_code
        for one in (theirs, citizens)
        for method, path, body in (
            ("get", "", None), ("delete", "", None), ("post", "test/", None),
            ("post", "replay/", {"after": 0}),
        )
    }  # fmt: skip
    assert found == {404}
    _row, narrow = make_token(
        organisation=world.body, holder=alice, name="Test", scopes=[Scope.READ], days=30, now=NOW
    )
    answer = ask("get", "webhooks/", token=narrow)
    assert (answer.status_code, "/scope-missing" in answer.json()["type"]) == (403, True)
    assert Webhook.objects.standing().count() == 2
