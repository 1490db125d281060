"""What is owed."""

from django.urls import URLPattern, path

from commitments.views.staff import reporting

routes: list[URLPattern] = [
    path("reporting/", reporting.reporting_list, name="reporting-list"),
    path("programmes/<slug:slug>/reporting/open/", reporting.reporting_open, name="reporting-open"),
    path("obligations/<int:pk>/waive/", reporting.obligation_waive, name="obligation-waive"),
]
