"""Bodies: names, mergers, contacts, tokens of the API, webhooks."""

from django.urls import URLPattern, path

from commitments.views.staff import contacts, organisations, tokens, webhooks

routes: list[URLPattern] = [
    path("organisations/", organisations.organisation_list, name="organisation-list"),
    path("organisations/add/", organisations.organisation_create, name="organisation-create"),
    path(
        "organisations/<slug:slug>/",
        organisations.organisation_detail,
        name="organisation-detail",
    ),
    path(
        "organisations/<slug:slug>/edit/",
        organisations.organisation_edit,
        name="organisation-edit",
    ),
    path(
        "organisations/<slug:slug>/rename/",
        organisations.organisation_rename,
        name="organisation-rename",
    ),
    path(
        "organisations/<slug:slug>/merge/",
        organisations.organisation_merge,
        name="organisation-merge",
    ),
    path(
        "organisations/<slug:slug>/contacts/add/",
        contacts.contact_create,
        name="contact-create",
    ),
    path("organisations/<slug:slug>/tokens/", tokens.token_list, name="token-list"),
    path("organisations/<slug:slug>/tokens/add/", tokens.token_create, name="token-create"),
    path("tokens/<int:pk>/revoke/", tokens.token_revoke, name="token-revoke"),
    path("organisations/<slug:slug>/webhooks/", webhooks.webhook_list, name="webhook-list"),
    path(
        "organisations/<slug:slug>/webhooks/add/",
        webhooks.webhook_create,
        name="webhook-create",
    ),
    path("webhooks/<int:pk>/", webhooks.webhook_detail, name="webhook-detail"),
    path("webhooks/<int:pk>/edit/", webhooks.webhook_edit, name="webhook-edit"),
    path("contacts/<int:pk>/edit/", contacts.contact_edit, name="contact-edit"),
    path("contacts/<int:pk>/end/", contacts.contact_end, name="contact-end"),
]
