"""The small world with reporting open since Monday 1 June 2026, and Alice in charge of it."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Notice
from commitments.reports.subjects import SUBJECTS
from commitments.services import notices
from tests import factories
from tests.asked import asked, more, set_to
from tests.factories.clock import TODAY
from tests.services.notices.conftest import local

__all__ = ["asked", "local", "more", "set_to"]


def on(month, day):
    return date(2026, month, day)


def facts_of(kind, row, day=TODAY):
    """What the rules know of one thing on a day, read anew."""
    subject = SUBJECTS[kind]
    return subject.facts(subject.known([row.pk]), day).get(row.pk)


def is_open(kind, row, until=TODAY):
    return SUBJECTS[kind].open(until).filter(pk=row.pk).exists()


def told(facts):
    """Who is told in which role, by first name; roles of which nobody is told are left out."""
    from commitments.models import User

    names = dict(User.objects.values_list("pk", "full_name"))
    found = {role.value: [names[one.pk] for one in held] for role, held in facts.people.items()}
    return {role: people for role, people in found.items() if people}


def rows(**asked):
    """Rule, step, first name, state and why of the notices, in the order in which they came."""
    found = Notice.objects.filter(**asked).select_related("recipient").order_by("pk")
    return [
        (one.rule, one.step, one.recipient.full_name, one.cancelled_because or one.state)
        for one in found
    ]


def plan(*day):
    return notices.plan_notices(now=local(*day))


def said(*days):
    """What each run says anew, as day, step and names; what it says counts as sent."""
    found = []
    for day in days:
        plan(*day)
        fresh = Notice.objects.planned().select_related("recipient").order_by("recipient_id")
        steps = sorted({(one.rule, one.step) for one in fresh})
        found += [
            (day[:2], *step, [n.recipient.full_name for n in fresh if (n.rule, n.step) == step])
            for step in steps
        ]
        digest = factories.DigestFactory() if fresh else None
        Notice.objects.planned().update(state="sent", digest=digest)
    return found


def queries(kind, until=TODAY):
    """How many it takes to know everything of all that is open."""
    subject = SUBJECTS[kind]
    found = list(subject.open(until))
    with CaptureQueriesContext(connection) as asked:
        known = subject.roster(found, TODAY, TODAY).facts(TODAY)
    assert len(known) == len(found)
    return len(asked)
