"""The addresses below /api/v1/own/: what a body's own system reads and reports with its token."""

from django.urls import URLPattern, path

from commitments.api.own.changes import OwnChanges
from commitments.api.own.evidence import OwnEvidence, OwnEvidencePiece
from commitments.api.own.files import OwnFiles
from commitments.api.own.measurements import OwnMeasurements
from commitments.api.own.obligations import OwnObligations
from commitments.api.own.updates import OwnSubmission, OwnUpdate, OwnUpdates
from commitments.api.own.webhooks import (
    OwnWebhook,
    OwnWebhookReplay,
    OwnWebhooks,
    OwnWebhookTest,
)

one = "own/updates/<int:pk>/"
hook = "own/webhooks/<int:webhook>/"
routes: list[URLPattern] = [
    path("own/obligations/", OwnObligations.as_view(), name="own-obligation-list"),
    path("own/updates/", OwnUpdates.as_view(), name="own-update-list"),
    path(one, OwnUpdate.as_view(), name="own-update-detail"),
    path(f"{one}submit/", OwnSubmission.as_view(), name="own-update-submit"),
    path(f"{one}evidence/", OwnEvidence.as_view(), name="own-evidence-list"),
    path(f"{one}evidence/<int:number>/", OwnEvidencePiece.as_view(), name="own-evidence-detail"),
    path("own/measurements/", OwnMeasurements.as_view(), name="own-measurement-list"),
    path("own/change-requests/", OwnChanges.as_view(), name="own-change-list"),
    path("own/webhooks/", OwnWebhooks.as_view(), name="own-webhook-list"),
    path(hook, OwnWebhook.as_view(), name="own-webhook-detail"),
    path(f"{hook}test/", OwnWebhookTest.as_view(), name="own-webhook-test"),
    path(f"{hook}replay/", OwnWebhookReplay.as_view(), name="own-webhook-replay"),
    path("own/files/", OwnFiles.as_view(), name="own-file-list"),
]
