"""Every page of staff, by noun; `account` stands in no namespace (see `people`)."""

from django.urls import URLPattern, URLResolver

from commitments.urls.staff import (
    bodies,
    changes,
    charges,
    commitments,
    error_reports,
    imports,
    people,
    reminders,
    reporting,
    rules,
    sources,
    updates,
    work,
)

account = people.account
routes: list[URLPattern | URLResolver] = [
    *work.routes,
    *people.routes,
    *commitments.routes,
    *charges.routes,
    *changes.routes,
    *updates.routes,
    *reporting.routes,
    *reminders.routes,
    *rules.routes,
    *sources.routes,
    *bodies.routes,
    *error_reports.routes,
    *imports.routes,
]
