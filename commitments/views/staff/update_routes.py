"""The addresses around the update form: what it is helped by, and what it leads to."""

from django.urls import URLPattern, path

from commitments.views.staff import figures, previews, suggestions, unchanged

staff: list[URLPattern] = [
    path("updates/<int:pk>/preview/", previews.update_preview, name="update-preview"),
    path("targets/<int:pk>/read/", figures.figure_read, name="figure-read"),
    path("commitments/<slug:slug>/sources/", suggestions.source_suggest, name="source-suggest"),
    path(
        "commitments/<slug:slug>/updates/unchanged/",
        unchanged.update_unchanged,
        name="update-unchanged",
    ),
]
