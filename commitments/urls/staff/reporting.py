"""What is owed, and who is reminded."""

from django.urls import URLPattern, path

from commitments.views.staff import reminders, reporting

routes: list[URLPattern] = [
    path("reporting/", reporting.reporting_list, name="reporting-list"),
    path("programmes/<slug:slug>/reporting/open/", reporting.reporting_open, name="reporting-open"),
    path("obligations/<int:pk>/waive/", reporting.obligation_waive, name="obligation-waive"),
    path("reminders/", reminders.reminder_list, name="reminder-list"),
]
