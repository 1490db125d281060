"""The deeds on how people are reminded: the rules, a programme's own steps, the free days."""

from datetime import date

from commitments.models import Holiday, Rule
from commitments.rules import access
from commitments.rules.reminders.overrides import step_of
from commitments.services import holidays
from commitments.services.rule_steps import set_steps
from tests.factories.clock import TODAY
from tests.permissions.deeds import Deed
from tests.permissions.stage import fresh

GROUP = "Rules of reminders"
DAY = date(2026, 7, 1)
ROW = {"steps-TOTAL_FORMS": 1, "steps-INITIAL_FORMS": 0, "steps-0-days": "1",
       "steps-0-unit": "wd", "steps-0-side": "before"}  # fmt: skip


def _entered():
    """A day that the house entered, made by whoever asks for it first."""
    return Holiday.objects.get_or_create(on=date(2026, 7, 2), name_en="Test day")[0]


DEEDS = [
    Deed(
        GROUP,
        "Read the rules and the free days",
        lambda user, stage: access.may_see_rules(user),
        lambda stage: ("reminders/rules/", None),
        None,
    ),
    Deed(
        GROUP,
        "Give a rule steps of the programme's own",
        lambda user, stage: access.may_set_rules(user, fresh(stage.programme)),
        lambda stage: ("programmes/test/rules/R2/edit/", ROW | {"version": 0, "deed": "save"}),
        lambda user, stage: set_steps(
            programme=fresh(stage.programme),
            rule=Rule.R2,
            steps=[step_of(Rule.R2, -1, "wd", ["reporter"])],
            version=0,
            officer=user,
        ),
    ),
    Deed(
        GROUP,
        "Enter a free day or a working day",
        lambda user, stage: access.may_keep_holidays(user),
        lambda stage: (
            "reminders/holidays/add/",
            {"on": "1/7/2026", "is_free": "free", "name_en": "Test day", "deed": "enter"},
        ),
        lambda user, stage: holidays.enter_holiday(
            on=DAY, is_free=True, name_en="Test day", by=user, today=TODAY
        ),
    ),
    Deed(
        GROUP,
        "Remove a day that was entered",
        lambda user, stage: access.may_keep_holidays(user),
        lambda stage: (f"reminders/holidays/{_entered().pk}/remove/", {}),
        lambda user, stage: holidays.remove_holiday(holiday=_entered(), by=user),
    ),
]
