"""Changes of plan."""

from django.urls import URLPattern, path

from commitments.views.staff import change_requests, changes

routes: list[URLPattern] = [
    path(
        "commitments/<slug:slug>/changes/add/", change_requests.change_create, name="change-create"
    ),
    path("changes/", changes.change_list, name="change-list"),
    path("changes/<int:pk>/", changes.change_detail, name="change-detail"),
    path("changes/<int:pk>/decide/", changes.change_decide, name="change-decide"),
    path("changes/<int:pk>/take-back/", changes.change_take_back, name="change-take-back"),
]
