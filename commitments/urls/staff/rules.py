"""How people are reminded: the rules, a programme's own steps, and the days that count."""

from django.urls import URLPattern, path

from commitments.views.staff import holidays, rules

routes: list[URLPattern] = [
    path("reminders/rules/", rules.rule_list, name="rule-list"),
    path("programmes/<slug:slug>/rules/<str:rule>/edit/", rules.rule_edit, name="rule-edit"),
    path("reminders/holidays/", holidays.holiday_list, name="holiday-list"),
    path("reminders/holidays/add/", holidays.holiday_create, name="holiday-create"),
    path("reminders/holidays/<int:pk>/remove/", holidays.holiday_remove, name="holiday-remove"),
]
