"""The demonstration has mail on any day, also on a Sunday."""

from datetime import date, datetime

import pytest
from django.core import mail

from commitments.imports.demo import read_demo
from commitments.management.commands.load_demo import SEED
from commitments.models import Digest, Notice, Pause
from commitments.rules.moments import VIETNAM, day_of
from commitments.services import notices
from commitments.services.demo import load_demo
from commitments.services.demo.mail import send_mail_of_last_days
from commitments.services.demo.troubles import LOST

SUNDAY = datetime(2026, 11, 22, 4, 0, tzinfo=VIETNAM)


@pytest.mark.django_db
def test_the_mail_of_the_last_days_goes_out_once_and_before_today():
    load_demo(plan=read_demo(SEED), password="test", now=SUNDAY)

    sent = send_mail_of_last_days(now=SUNDAY)

    days = set(Digest.objects.values_list("day_on", flat=True))
    gone = Digest.objects.filter(state="sent")
    assert sent == len(mail.outbox) == gone.count() > 0
    lost = Digest.objects.exclude(state="sent")
    assert [(one.state, one.tries, one.last_error) for one in lost] == [("dead", 5, LOST)]
    assert date(2026, 11, 11) <= min(days) <= max(days) <= date(2026, 11, 20)
    assert {day_of(one.sent_at) == one.day_on for one in gone} == {True}
    assert all(address.endswith("@example.org") for one in mail.outbox for address in one.to)

    rules = Notice.objects.values_list("rule", flat=True)
    assert set(rules) == {f"R{number}" for number in range(1, 10)}
    ends = Notice.objects.values_list("state", flat=True)
    assert set(ends) == {"sent", "superseded", "cancelled"}
    assert [pause.resumed_at is None for pause in Pause.objects.all()] == [False]
    assert send_mail_of_last_days(now=SUNDAY) == 0
    assert list(notices.preview(now=SUNDAY)) == []
