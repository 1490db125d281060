"""Every address of the product, by noun."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from commitments.api import routes
from commitments.views import demo, health
from commitments.views.public import (
    commitments,
    findings,
    home,
    indicators,
    instruments,
    method,
    organisations,
    programmes,
    record,
    sources,
)
from commitments.views.staff import commitments as staff_commitments
from commitments.views.staff import drafts, my_work, reminders, reporting, session, updates

without_language: list[URLPattern | URLResolver] = [
    # health
    path("healthz", health.health, name="healthz"),
    # api
    *routes.routes,
    # demonstration
    path("demo/mail/", demo.mailbox, name="demo-mailbox"),
    path("demo/mail/<str:name>/<int:number>/", demo.mail_page, name="demo-mail-page"),
    # looking glass
    path("admin/", admin.site.urls),
]

# public pages
public: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("programmes/", programmes.programme_list, name="programme-list"),
    path("programmes/<slug:slug>/", programmes.programme_detail, name="programme-detail"),
    path(
        "programmes/<slug:programme>/priorities/<slug:slug>/",
        programmes.priority_detail,
        name="priority-detail",
    ),
    path("priorities/", programmes.priority_list, name="priority-list"),
    path("commitments/", commitments.commitment_list, name="commitment-list"),
    path("commitments/<slug:slug>/", commitments.commitment_detail, name="commitment-detail"),
    path(
        "commitments/<slug:slug>/updates/<int:number>/",
        commitments.update_detail,
        name="update-detail",
    ),
    path("organisations/", organisations.organisation_list, name="organisation-list"),
    path(
        "organisations/<slug:slug>/",
        organisations.organisation_detail,
        name="organisation-detail",
    ),
    path("indicators/", indicators.indicator_list, name="indicator-list"),
    path("indicators/<slug:slug>/", indicators.indicator_detail, name="indicator-detail"),
    path("instruments/", instruments.instrument_list, name="instrument-list"),
    path("instruments/<slug:slug>/", instruments.instrument_detail, name="instrument-detail"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/<slug:slug>/", sources.source_detail, name="source-detail"),
    path("gaps/", findings.gap_list, name="gap-list"),
    path("method/", method.method, name="method"),
    path("record/", record.event_list, name="event-list"),
    path("record/<int:sequence>/", record.event_detail, name="event-detail"),
]

# staff pages
staff: list[URLPattern | URLResolver] = [
    path("", my_work.my_work, name="my-work"),
    path("log-in/", session.log_in, name="log-in"),
    path("log-out/", session.log_out, name="log-out"),
    path("commitments/<slug:slug>/", staff_commitments.commitment_detail, name="commitment-detail"),
    path("commitments/<slug:slug>/updates/add/", drafts.update_create, name="update-create"),
    path(
        "commitments/<slug:slug>/assignments/add/",
        staff_commitments.assignment_create,
        name="assignment-create",
    ),
    path("assignments/<int:pk>/end/", staff_commitments.assignment_end, name="assignment-end"),
    path("updates/<int:pk>/", updates.update_detail, name="update-detail"),
    path("updates/<int:pk>/edit/", drafts.update_edit, name="update-edit"),
    path("updates/<int:pk>/submit/", drafts.update_submit, name="update-submit"),
    path("updates/<int:pk>/discard/", drafts.update_discard, name="update-discard"),
    path("updates/<int:pk>/approve/", updates.update_approve, name="update-approve"),
    path("updates/<int:pk>/return/", updates.update_return, name="update-return"),
    path("updates/<int:pk>/publish/", updates.update_publish, name="update-publish"),
    path("updates/<int:pk>/retract/", updates.update_retract, name="update-retract"),
    path("updates/<int:pk>/confirm/", updates.update_confirm, name="update-confirm"),
    path("evidence/<int:pk>/accept/", updates.evidence_accept, name="evidence-accept"),
    path("reporting/", reporting.reporting_list, name="reporting-list"),
    path("programmes/<slug:slug>/reporting/open/", reporting.reporting_open, name="reporting-open"),
    path("obligations/<int:pk>/waive/", reporting.obligation_waive, name="obligation-waive"),
    path("reminders/", reminders.reminder_list, name="reminder-list"),
]

pages: list[URLPattern | URLResolver] = [
    *public,
    path("staff/", include((staff, "staff"))),
]
