"""What a tick would do is told as the tick then does it, and nothing is written for the telling."""

from django.db import connection
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext

from commitments.models import Digest, Notice, Pause
from commitments.services import notices
from tests import factories
from tests.services.notices.conftest import READ, local


def tables():
    """Every row of what a tick may write."""
    models = (Notice, Digest, Pause)
    return [[model_to_dict(row) for row in model.objects.order_by("pk")] for model in models]


def told(*day):
    """What would change, as rule, step, person and state; and the mails, by person and kind."""
    before = tables()
    with CaptureQueriesContext(connection) as asked:
        found = notices.rehearse(now=local(*day))
    assert all(query["sql"].startswith(READ) for query in asked)
    assert tables() == before
    ends = [(one, "superseded") for one in (*found.superseded, *found.skipped)]
    ends += [(one, "cancelled") for one, _reason in found.cancelled]
    ends += [(one, "planned") for one in found.pending]
    changed = sorted((one.rule, one.step, str(one.recipient), state) for one, state in ends)
    mails = [(str(mail.person), mail.kind, sorted(_steps(mail.notices))) for mail in found.mails]
    return changed, sorted(mails)


def _steps(carried):
    return [(one.rule, one.step) for one in carried]


def done(*day):
    """The same of a real tick: what it left of what was pending or is new, and whom it wrote to."""
    now = local(*day)
    open_before = set(Notice.objects.filter(state="planned").values_list("pk", flat=True))
    known = set(Notice.objects.values_list("pk", flat=True))
    notices.plan_notices(now=now)
    rows = [
        one
        for one in Notice.objects.select_related("recipient").order_by("pk")
        if one.pk in open_before or one.pk not in known or one.state == "planned"
    ]
    changed = sorted((one.rule, one.step, str(one.recipient), one.state) for one in rows)
    notices.make_digests(now=now)
    mails = [
        (str(mail.recipient), mail.kind, sorted(_steps(mail.notices.filter(state="planned"))))
        for mail in Digest.objects.filter(pk__in=notices.digests_to_send(now=now))
    ]
    return changed, sorted(mail for mail in mails if mail[2]), now


def send(now):
    for digest_id in notices.digests_to_send(now=now):
        notices.deliver_digest(digest_id, now=now)


def test_rehearse_tells_what_each_tick_then_does(owed, alice, dan, erin, settings):
    """From the opening through the escalation: early, on time, twice, on free days, after a
    gap, with a mail server that is down, and with a programme that is paused meanwhile."""
    lost = "tests.services.notices.backends.Unreachable"
    well = settings.EMAIL_BACKEND
    other = factories.CommitmentFactory(programme=owed.programme, slug="test-other")
    factories.ParticipationFactory(commitment=other, organisation=owed.body)
    factories.AssignmentFactory(commitment=other, person=dan)
    pause = None
    for day, backend, is_paused in [
        ((6, 1, 7, 0), well, False),
        ((6, 1, 8, 30), well, False),
        ((6, 1, 8, 31), well, False),
        ((6, 6, 9, 0), well, False),
        ((6, 8, 8, 30), lost, False),
        ((6, 8, 8, 31), lost, False),
        ((6, 8, 8, 40), lost, False),
        ((6, 9, 8, 30), well, False),
        ((6, 16, 8, 30), well, True),
        ((6, 18, 8, 30), well, True),
        ((7, 1, 8, 29), well, False),
        ((7, 1, 8, 30), well, False),
        ((7, 8, 9, 0), well, False),
    ]:
        settings.EMAIL_BACKEND = backend
        if is_paused and pause is None:
            pause = factories.PauseFactory(programme=owed.programme)
        if not is_paused and pause is not None:
            pause.delete()
            pause = None
        expected = told(*day)
        changed, mails, now = done(*day)
        assert expected == (changed, mails), day
        send(now)
    assert Notice.objects.filter(state="sent").count() > 5


def test_rehearse_tells_what_would_be_called_off_and_why(owed, alice, met):
    notices.plan_notices(now=local(6, 8))
    met(owed.obligation, local(6, 9))

    found = notices.rehearse(now=local(6, 9))

    assert [(one.step, reason) for one, reason in found.cancelled] == [("-5", "done")]
    assert (found.pending, found.mails) == ([], [])


def test_rehearse_of_some_programmes_leaves_the_others_out(owed, alice):
    other = factories.ProgrammeFactory()

    assert notices.rehearse(now=local(6, 8), programmes=[other]).pending == []
    assert len(notices.rehearse(now=local(6, 8), programmes=[owed.programme]).pending) == 1
