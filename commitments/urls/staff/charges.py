"""Where charges are given, absences entered, work handed over and people reminded."""

from django.urls import URLPattern, path

from commitments.views.staff import absences, assignments, hand_overs, nudges

routes: list[URLPattern] = [
    path(
        "commitments/<slug:slug>/assignments/add/",
        assignments.assignment_create,
        name="assignment-create",
    ),
    path("assignments/<int:pk>/end/", assignments.assignment_end, name="assignment-end"),
    path(
        "organisations/<slug:slug>/assignments/",
        assignments.assignment_list,
        name="assignment-list",
    ),
    path("obligations/<int:pk>/nudge/", nudges.nudge_create, name="nudge-create"),
    path("organisations/<slug:slug>/absences/", absences.absence_list, name="absence-list"),
    path("absences/add/", absences.absence_create, name="absence-create"),
    path("absences/<int:pk>/call-off/", absences.absence_call_off, name="absence-call-off"),
    path(
        "organisations/<slug:slug>/people/<int:pk>/hand-over/",
        hand_overs.hand_over_create,
        name="hand-over-create",
    ),
    path("hand-overs/<int:pk>/", hand_overs.hand_over_detail, name="hand-over-detail"),
    path("hand-overs/<int:pk>/seen/", hand_overs.hand_over_seen, name="hand-over-seen"),
    path("updates/<int:pk>/take-over/", hand_overs.update_take_over, name="update-take-over"),
]
