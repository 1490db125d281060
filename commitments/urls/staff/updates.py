"""Status updates: the form and what helps with it, and every step of their way."""

from django.urls import URLPattern, path

from commitments.views.staff import (
    drafts,
    figures,
    files,
    previews,
    review,
    suggestions,
    unchanged,
    updates,
)

routes: list[URLPattern] = [
    path("commitments/<slug:slug>/updates/add/", drafts.update_create, name="update-create"),
    path("updates/<int:pk>/", updates.update_detail, name="update-detail"),
    path("updates/<int:pk>/edit/", drafts.update_edit, name="update-edit"),
    path("files/<int:pk>/", files.file_detail, name="file-detail"),
    path("updates/<int:pk>/submit/", drafts.update_submit, name="update-submit"),
    path("updates/<int:pk>/discard/", drafts.update_discard, name="update-discard"),
    path("updates/<int:pk>/approve/", updates.update_approve, name="update-approve"),
    path("updates/<int:pk>/return/", updates.update_return, name="update-return"),
    path("updates/<int:pk>/publish/", updates.update_publish, name="update-publish"),
    path("updates/<int:pk>/retract/", updates.update_retract, name="update-retract"),
    path("updates/<int:pk>/confirm/", updates.update_confirm, name="update-confirm"),
    path("updates/<int:pk>/schedule/", review.update_schedule, name="update-schedule"),
    path("updates/<int:pk>/unschedule/", review.update_unschedule, name="update-unschedule"),
    path("review/", review.review_list, name="review-list"),
    path("evidence/<int:pk>/accept/", updates.evidence_accept, name="evidence-accept"),
    path("updates/<int:pk>/preview/", previews.update_preview, name="update-preview"),
    path("targets/<int:pk>/read/", figures.figure_read, name="figure-read"),
    path("commitments/<slug:slug>/sources/", suggestions.source_suggest, name="source-suggest"),
    path(
        "commitments/<slug:slug>/updates/unchanged/",
        unchanged.update_unchanged,
        name="update-unchanged",
    ),
]
