"""However the planner is run, with gaps, twice or late: no key twice, no highest step lost."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.models import Notice, Obligation
from commitments.reports.subjects.obligations import facts_of
from commitments.rules.moments import at_minute, day_of
from commitments.rules.reminders import owed_now
from commitments.services import notices
from commitments.services.notices.planning import working_days

START = at_minute(date(2026, 6, 1), 0)
RUNS = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=60 * 24 * 20),  # minutes since the last run
        st.sampled_from(["plan", "plan twice", "digest", "all"]),
    ),
    min_size=1,
    max_size=6,
)


def highest(now):
    """The highest step that each should have been told of by now."""
    obligations = Obligation.objects.select_related("commitment__programme", "period")
    calendar = working_days(now)
    return {
        (facts.subject, saying.person.pk, saying.step.rule.value, saying.step.name)
        for facts in facts_of(list(obligations), day_of(now)).values()
        for saying in owed_now(facts, now, calendar)
        if saying.is_highest
    }


def live():
    """What is pending or was sent."""
    rows = Notice.objects.filter(state__in=("planned", "sent"))
    return set(rows.values_list("subject_id", "recipient_id", "rule", "step"))


def run(what, now):
    if what != "digest":
        notices.plan_notices(now=now)
    if what == "plan twice":
        notices.plan_notices(now=now)
    if what in ("digest", "all"):
        notices.make_digests(now=now)
    if what == "all":
        for digest_id in notices.digests_to_send(now=now):
            notices.deliver_digest(digest_id, now=now)


@pytest.mark.usefixtures("owed")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RUNS)
def test_no_interleaving_doubles_a_key_or_loses_a_highest_step(runs):
    with transaction.atomic():
        now = START
        for gap, what in runs:
            now += timedelta(minutes=gap)
            run(what, now)
            if what != "digest":
                assert live() >= highest(now)
            pending = Notice.objects.planned().values_list("subject_id", "recipient_id")
            assert len(pending) == len(set(pending)), "one pending notice per person and thing"
        keys = Notice.objects.values_list("rule", "subject_id", "cycle", "step", "recipient_id")
        assert len(keys) == len(set(keys))
        transaction.set_rollback(True)
