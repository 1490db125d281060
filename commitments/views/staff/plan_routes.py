"""The addresses of a commitment's plan as a draft, and of what officers say of a public one."""

from django.urls import URLPattern, URLResolver, path

from commitments.views.staff import plan_facts, plans

staff: list[URLPattern | URLResolver] = [
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
