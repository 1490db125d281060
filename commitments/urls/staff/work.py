"""What waits for a person; notes and history beside everything."""

from django.urls import URLPattern, path

from commitments.views.staff import counts, history, my_work, notes

routes: list[URLPattern] = [
    path("", my_work.my_work, name="my-work"),
    path("counts/", counts.count_list, name="count-list"),
    path("notes/<str:noun>/<int:pk>/add/", notes.note_create, name="note-create"),
    path("history/<slug:kind>/<int:pk>/", history.history_list, name="history-list"),
]
