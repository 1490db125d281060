"""The register, its exports and deeds on many; one commitment and its plan."""

from django.urls import URLPattern, path

from commitments.views.staff import (
    bulk,
    commitments,
    exports,
    list_exports,
    plan_facts,
    plans,
    register,
    saved_views,
)

routes: list[URLPattern] = [
    path("commitments/", register.commitment_list, name="commitment-list"),
    path("exports/commitments.<slug:form>", exports.commitment_export, name="commitment-export"),
    path(
        "exports/commitments/<slug:slug>/updates.<slug:form>",
        list_exports.update_export,
        name="update-export",
    ),
    path("exports/<slug:noun>.<slug:form>", list_exports.list_export, name="list-export"),
    path("bulk/", bulk.bulk_create, name="bulk-create"),
    path("bulk/<uuid:token>/", bulk.bulk_detail, name="bulk-detail"),
    path("views/", saved_views.saved_view_list, name="saved-view-list"),
    path("views/add/", saved_views.saved_view_create, name="saved-view-create"),
    path("views/<int:pk>/rename/", saved_views.saved_view_rename, name="saved-view-rename"),
    path("views/<int:pk>/first/", saved_views.saved_view_first, name="saved-view-first"),
    path("views/<int:pk>/delete/", saved_views.saved_view_delete, name="saved-view-delete"),
    path("commitments/<slug:slug>/", commitments.commitment_detail, name="commitment-detail"),
    path(
        "programmes/<slug:slug>/commitments/add/", plans.commitment_create, name="commitment-create"
    ),
    path("commitments/<slug:slug>/edit/", plans.commitment_edit, name="commitment-edit"),
    path("commitments/<slug:slug>/publish/", plans.commitment_publish, name="commitment-publish"),
    path("commitments/<slug:slug>/discard/", plans.commitment_discard, name="commitment-discard"),
    path("commitments/<slug:slug>/links/add/", plan_facts.link_create, name="link-create"),
    path("links/<int:pk>/delete/", plan_facts.link_delete, name="link-delete"),
    path(
        "commitments/<slug:slug>/milestones/<int:number>/complete/",
        plan_facts.milestone_complete,
        name="milestone-complete",
    ),
]
