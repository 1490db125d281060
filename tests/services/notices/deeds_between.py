"""What may happen between two runs of the planner, each drawn by three small numbers."""

from datetime import date, timedelta

from commitments.models import (
    Absence,
    Assignment,
    Commitment,
    Holiday,
    Membership,
    Milestone,
    Mute,
    Obligation,
    ReportingPeriod,
    RuleSteps,
    User,
)
from commitments.rules.moments import day_of
from tests import factories

MUTES = ("R1", "R4", "R5", "R7")
OWN = {
    "R2": [
        [],
        [{"offset": -3, "unit": "wd", "to": ["reporter"]}],
        [{"offset": -8, "unit": "d", "to": ["reporter", "approver"]}],
    ],
    "R3": [[{"offset": 2, "unit": "wd", "to": ["reporter", "officer"]}]],
    "R4": [[{"offset": -10, "unit": "wd", "to": ["reporter"]}]],
}


def move_due_date(world, now, a, b, c):
    period = world.periods[a % 2]
    span = (period.locks_on - period.opens_on).days - 1
    due_on = period.opens_on + timedelta(days=1 + b % span)
    ReportingPeriod.objects.filter(pk=period.pk).update(due_on=due_on)


def move_milestone(world, now, a, b, c):
    due = date(2026, 6, 10) + timedelta(days=3 * b)
    Milestone.objects.update(due=due.isoformat(), due_earliest=due, due_latest=due)


def move_commitment(world, now, a, b, c):
    due = date(2026, 6, 5) + timedelta(days=3 * b)
    Commitment.objects.filter(pk=world.commitment.pk).update(
        due=due.isoformat(), due_earliest=due, due_latest=due
    )


def leave_or_come(world, now, a, b, c):
    person, body, role = world.members[a % len(world.members)]
    ended = Membership.objects.current().filter(user=person, organisation=body, role=role)
    if not ended.update(ended_on=day_of(now)):
        factories.MembershipFactory(
            user=person, organisation=body, role=role, started_on=day_of(now)
        )


def lock_out_or_let_in(world, now, a, b, c):
    person = world.people[a % len(world.people)]
    account = User.objects.get(pk=person.pk)
    User.objects.filter(pk=person.pk).update(is_active=not account.is_active)


def give_or_take_charge(world, now, a, b, c):
    commitment = world.commitments[a % 3]
    person = world.people[b % 3]
    standing = Assignment.objects.reporting().filter(commitment=commitment, person=person)
    if not standing.update(ended_at=now):
        factories.AssignmentFactory(
            commitment=commitment,
            person=person,
            is_deputy=c % 3 == 0,
            assigned_at=now,
            assigned_by=person,
        )


def be_away_or_back(world, now, a, b, c):
    person, cover = world.people[a % len(world.people)], world.people[(a + 1 + c % 3) % 6]
    if c % 4 == 3 and Absence.objects.filter(person=person).update(cancelled_at=now):
        return
    starts_on = day_of(now) + timedelta(days=b % 5)
    Absence.objects.create(
        person=person,
        cover=cover if c % 2 and cover != person else None,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=c % 12),
        entered_by=person,
        entered_at=now,
    )


def add_holiday(world, now, a, b, c):
    """Of a day that is still to come."""
    on = day_of(now) + timedelta(days=1 + b)
    Holiday.objects.update_or_create(on=on, defaults={"name_en": "Test", "is_free": True})


def mute_or_unmute(world, now, a, b, c):
    person, topic = world.people[a % len(world.people)], MUTES[b % 4]
    if not Mute.objects.filter(person=person, topic=topic).delete()[0]:
        Mute.objects.create(person=person, topic=topic, since_at=now)


def change_steps(world, now, a, b, c):
    rule = ("R2", "R3", "R4")[a % 3]
    RuleSteps.objects.filter(rule=rule).delete()
    if b % 4:
        steps = OWN[rule][b % len(OWN[rule])]
        RuleSteps.objects.create(programme=world.programme, rule=rule, steps=steps)


def meet_or_waive(world, now, a, b, c):
    owed = Obligation.objects.filter(pk=world.obligations[a % 2].pk)
    if c % 2:
        owed.filter(met_at__isnull=True).update(met_by=world.update, met_at=now)
    else:
        owed.filter(waived_at__isnull=True).update(
            waived_by=world.people[4], waived_at=now, waiver_reason_en="Test"
        )


def close(world, now, a, b, c):
    Commitment.objects.filter(pk=world.commitments[a % 3].pk).update(
        stage="complete", stage_as_of_on=day_of(now), closed_on=day_of(now)
    )


DEEDS = (
    move_due_date,
    move_milestone,
    move_commitment,
    leave_or_come,
    lock_out_or_let_in,
    give_or_take_charge,
    be_away_or_back,
    add_holiday,
    mute_or_unmute,
    change_steps,
    meet_or_waive,
    close,
)
