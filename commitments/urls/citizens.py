"""What anybody may do without logging in: follow the record by mail, report an error in it."""

from django.urls import URLPattern, path

from commitments.views.public import error_reports, subscriptions, webhooks

routes: list[URLPattern] = [
    path("subscribe/", subscriptions.subscribe, name="subscribe"),
    path("subscribe/sent/", subscriptions.subscribe_sent, name="subscribe-sent"),
    path(
        "subscribe/confirm/<str:token>/",
        subscriptions.subscription_confirm,
        name="subscription-confirm",
    ),
    path("subscribe/own/<str:token>/", subscriptions.subscription_list, name="subscription-list"),
    path("report-error/", error_reports.report_error, name="report-error"),
    path(
        "report-error/received/<int:number>/",
        error_reports.report_received,
        name="report-received",
    ),
    path("report-error/confirm/<str:token>/", error_reports.report_confirm, name="report-confirm"),
    path("webhooks/", webhooks.webhook_ask, name="webhook-ask"),
    path("webhooks/sent/", webhooks.webhook_sent, name="webhook-sent"),
    path("webhooks/confirm/<str:token>/", webhooks.webhook_confirm, name="webhook-confirm"),
    path("webhooks/own/<str:token>/", webhooks.webhook_own, name="webhook-own"),
    path("reports/", error_reports.error_report_list, name="error-report-list"),
    path("reports/<int:number>/", error_reports.error_report, name="error-report"),
]
