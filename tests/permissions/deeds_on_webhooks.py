"""The deeds on a body's webhooks."""

from commitments.models import Webhook
from commitments.rules import access
from commitments.services.webhooks import keeping
from tests import factories as make
from tests.permissions.deeds import NOW, Deed

SAID = {"address": "https://example.org/hook", "name": "Test hook", "kinds": [], "programmes": []}


def _may(user, stage):
    return access.may_keep_webhooks(user, stage.body)


def _webhook(stage):
    """One of the lead; it is set anew now and then."""
    rows = Webhook.objects.filter(organisation=stage.body)
    return rows.first() or make.WebhookFactory(
        email="", organisation=stage.body, made_by=stage.member
    )


def _pressed(name, deed, serve):
    """A button of its page; the others ask the same service who may (tests/services/webhooks)."""
    return Deed(
        "Webhooks",
        name,
        _may,
        lambda stage: (f"webhooks/{_webhook(stage).pk}/", {"deed": deed}),
        lambda user, stage: serve(webhook=_webhook(stage), by=user),
    )


DEEDS = [
    Deed(
        "Webhooks",
        "See the body's webhooks",
        _may,
        lambda stage: (f"organisations/{stage.body.slug}/webhooks/", None),
        None,
    ),
    Deed(
        "Webhooks",
        "Make a webhook of the body",
        _may,
        lambda stage: (f"organisations/{stage.body.slug}/webhooks/add/", SAID),
        lambda user, stage: keeping.make_webhook(organisation=stage.body, by=user, now=NOW, **SAID),
    ),
    Deed(
        "Webhooks",
        "Change where it sends",
        _may,
        lambda stage: (f"webhooks/{_webhook(stage).pk}/edit/", SAID),
        lambda user, stage: keeping.edit_webhook(webhook=_webhook(stage), by=user, **SAID),
    ),
    _pressed("Change its secret", "rotate", lambda **on: keeping.rotate_secret(now=NOW, **on)),
    _pressed("End it", "end", lambda **on: keeping.end_webhook(now=NOW, **on)),
]
