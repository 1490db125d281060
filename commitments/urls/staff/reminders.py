"""What goes out as reminders, what went, and where they are paused."""

from django.urls import URLPattern, path

from commitments.views.staff import mails, pauses, rehearsals, reminders

routes: list[URLPattern] = [
    path("reminders/", reminders.reminder_list, name="reminder-list"),
    path("reminders/ledger/", reminders.reminder_ledger, name="reminder-ledger"),
    path("reminders/dry-run/", rehearsals.reminder_dry_run, name="reminder-dry-run"),
    path("reminders/coming.<slug:form>", reminders.reminder_export, name="reminder-export"),
    path("reminders/mails/retry/", mails.digest_retry_all, name="digest-retry-all"),
    path("reminders/mails/<int:pk>/retry/", mails.digest_retry, name="digest-retry"),
    path("reminders/mails/<int:pk>/", reminders.digest_detail, name="digest-detail"),
    path("programmes/<slug:slug>/reminders/pause/", pauses.reminder_pause, name="reminder-pause"),
    path("reminders/pauses/<int:pk>/resume/", pauses.reminder_resume, name="reminder-resume"),
]
