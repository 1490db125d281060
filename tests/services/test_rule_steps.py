"""A programme's own steps: set by its officers, kept with their history, given up again."""

import pytest

from commitments.errors import Forbidden, Invalid, Stale
from commitments.models import Rule, RuleSteps
from commitments.rules.reminders import RULES
from commitments.rules.reminders.overrides import step_of
from commitments.services.rule_steps import set_steps
from tests import factories

pytestmark = pytest.mark.django_db
KEPT = [
    {"offset": -3, "unit": "wd", "to": ["reporter"]},
    {"offset": 0, "unit": "wd", "to": ["reporter"]},
]


def steps(rule, *rows):
    return [step_of(Rule(rule), offset, unit, to) for offset, unit, *to in rows]


THREE_BEFORE = steps("R2", (-3, "wd", "reporter"), (0, "wd", "reporter"))


@pytest.fixture
def change(world, erin):
    def do(rule="R2", own=THREE_BEFORE, version=0, officer=erin, programme=world.programme):
        return set_steps(
            programme=programme, rule=Rule(rule), steps=own, version=version, officer=officer
        )

    return do


def rows():
    return list(RuleSteps.objects.values_list("programme__slug", "rule", "steps", "version"))


def test_set_steps_keeps_them_and_counts_versions(change):
    change()
    assert rows() == [("test", "R2", KEPT, 1)]

    change(version=1)
    assert rows() == [("test", "R2", KEPT, 1)]
    change(own=steps("R2", (-4, "d", "reporter")), version=1)
    assert [(row[1], row[3]) for row in rows()] == [("R2", 2)]
    kept = RuleSteps.history.order_by("history_id").values_list("history_type", "version")
    assert list(kept) == [("+", 1), ("~", 2)]


def test_set_steps_to_the_usual_ones_gives_them_up(change):
    change()

    assert change(own=RULES[Rule.R2].steps, version=1) is None
    assert rows() == []
    assert change(own=RULES[Rule.R2].steps) is None
    assert change().version == 2  # whoever still sees version 1 is told


def test_set_steps_to_none_switches_a_rule_off(change):
    change("R5", ())

    assert rows() == [("test", "R5", [], 1)]
    with pytest.raises(Invalid) as refused:
        change("R3", ())
    assert refused.value.code == "rule_stays_on"


def test_set_steps_refuses_what_the_rule_may_not_have(change):
    with pytest.raises(Invalid) as refused:
        change(own=steps("R2", (3, "wd", "reporter")))

    assert (refused.value.code, refused.value.field) == ("step_on_the_wrong_side", "0-side")
    assert rows() == []


@pytest.mark.parametrize("version", [0, 2, -1])
def test_set_steps_refuses_what_somebody_changed_meanwhile(version, change):
    change()

    with pytest.raises(Stale):
        change(own=steps("R2", (-4, "d", "reporter")), version=version)
    assert rows() == [("test", "R2", KEPT, 1)]


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_set_steps_is_for_officers_of_the_programme(who, change, request):
    with pytest.raises(Forbidden):
        change(officer=request.getfixturevalue(who))
    assert rows() == []


def test_set_steps_is_not_for_officers_of_the_demonstration_nor_of_it_for_others(change, erin):
    unit = factories.OrganisationFactory(slug="test-demo", is_demo=True)
    demo = factories.ProgrammeFactory(slug="test-demo", code="D", is_demo=True, delivery_unit=unit)
    person = factories.MembershipFactory(organisation=unit, role="officer").user

    with pytest.raises(Forbidden):
        change(officer=person)
    with pytest.raises(Forbidden):
        change(programme=demo)
    assert change(programme=demo, officer=person).version == 1
