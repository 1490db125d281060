"""Every address of the product, by noun."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from commitments.api import routes
from commitments.views import demo, files, health
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
    wordings,
)
from commitments.views.staff import (
    assignment_routes,
    bulk,
    change_requests,
    changes,
    counts,
    drafts,
    exports,
    history,
    import_routes,
    list_exports,
    my_work,
    people_routes,
    plan_routes,
    register,
    reminders,
    reporting,
    review,
    saved_views,
    update_routes,
    updates,
)
from commitments.views.staff import commitments as staff_commitments
from commitments.views.staff import files as staff_files
from commitments.views.staff import notes as staff_notes
from commitments.views.staff import organisations as staff_organisations

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
    path("commitments/<slug:slug>/wordings/", wordings.wording_compare, name="wording-compare"),
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
    path("sources/<slug:slug>/file/", files.source_file, name="source-file"),
    path("gaps/", findings.gap_list, name="gap-list"),
    path("method/", method.method, name="method"),
    path("record/", record.event_list, name="event-list"),
    path("record/<int:sequence>/", record.event_detail, name="event-detail"),
]

# staff pages
staff: list[URLPattern | URLResolver] = [
    path("", my_work.my_work, name="my-work"),
    path("counts/", counts.count_list, name="count-list"),
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
    *people_routes.staff,
    *plan_routes.staff,
    path("commitments/<slug:slug>/", staff_commitments.commitment_detail, name="commitment-detail"),
    path("commitments/<slug:slug>/updates/add/", drafts.update_create, name="update-create"),
    *assignment_routes.staff,
    path(
        "commitments/<slug:slug>/changes/add/", change_requests.change_create, name="change-create"
    ),
    path("changes/", changes.change_list, name="change-list"),
    path("changes/<int:pk>/", changes.change_detail, name="change-detail"),
    path("changes/<int:pk>/decide/", changes.change_decide, name="change-decide"),
    path("changes/<int:pk>/take-back/", changes.change_take_back, name="change-take-back"),
    path("updates/<int:pk>/", updates.update_detail, name="update-detail"),
    path("updates/<int:pk>/edit/", drafts.update_edit, name="update-edit"),
    path("files/<int:pk>/", staff_files.file_detail, name="file-detail"),
    *update_routes.staff,
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
    path("notes/<str:noun>/<int:pk>/add/", staff_notes.note_create, name="note-create"),
    path("evidence/<int:pk>/accept/", updates.evidence_accept, name="evidence-accept"),
    path("reporting/", reporting.reporting_list, name="reporting-list"),
    path("programmes/<slug:slug>/reporting/open/", reporting.reporting_open, name="reporting-open"),
    path("obligations/<int:pk>/waive/", reporting.obligation_waive, name="obligation-waive"),
    path("reminders/", reminders.reminder_list, name="reminder-list"),
    path("organisations/", staff_organisations.organisation_list, name="organisation-list"),
    path("organisations/add/", staff_organisations.organisation_create, name="organisation-create"),
    path(
        "organisations/<slug:slug>/",
        staff_organisations.organisation_detail,
        name="organisation-detail",
    ),
    path(
        "organisations/<slug:slug>/edit/",
        staff_organisations.organisation_edit,
        name="organisation-edit",
    ),
    path(
        "organisations/<slug:slug>/rename/",
        staff_organisations.organisation_rename,
        name="organisation-rename",
    ),
    path(
        "organisations/<slug:slug>/merge/",
        staff_organisations.organisation_merge,
        name="organisation-merge",
    ),
    path(
        "organisations/<slug:slug>/contacts/add/",
        staff_organisations.contact_create,
        name="contact-create",
    ),
    path("contacts/<int:pk>/edit/", staff_organisations.contact_edit, name="contact-edit"),
    path("contacts/<int:pk>/end/", staff_organisations.contact_end, name="contact-end"),
    *import_routes.staff,
    path("history/<slug:kind>/<int:pk>/", history.history_list, name="history-list"),
]

pages: list[URLPattern | URLResolver] = [
    *public,
    path("staff/", include((staff, "staff"))),
    path("staff/", include(people_routes.account)),
]
