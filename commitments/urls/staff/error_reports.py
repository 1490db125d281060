"""Reports of errors: read, released, answered, linked to their correction."""

from django.urls import URLPattern, path

from commitments.views.staff import error_reports as views

routes: list[URLPattern] = [
    path("error-reports/", views.error_report_list, name="error-report-list"),
    path("error-reports/<int:pk>/", views.error_report_detail, name="error-report-detail"),
    path("error-reports/<int:pk>/show/", views.error_report_show, name="error-report-show"),
    path("error-reports/<int:pk>/hide/", views.error_report_hide, name="error-report-hide"),
    path("error-reports/<int:pk>/link/", views.error_report_link, name="error-report-link"),
]
