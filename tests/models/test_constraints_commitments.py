"""Constraints of commitments and of what hangs on them."""

import factory
import pytest

from tests import factories as f
from tests.factories.clock import NOW, TODAY
from tests.models.breaking import NONSENSE, Rule, cases, in_a_language, known, once, whole


def _user(row):
    return f.UserFactory()


def _body(row):
    return f.OrganisationFactory()


def _change(row):
    return f.ChangeRequestFactory(commitment=row.commitment)


def _other_target(row):
    return f.TargetFactory(commitment=row.commitment)


CLOSED = {"stage": "complete", "stage_as_of_on": TODAY, "closed_on": TODAY}
FIGURE = {"metric": "test metric", "unit": "%", "value": 10}
DECIDED = {"decision": "approved", "decider": _user, "decided_at": NOW}
REFUSED = DECIDED | {"decision": "refused", "decision_note": "Test reason"}

COMMITMENT = [
    Rule(
        "commitment_closed_on_iff_closed",
        f.CommitmentFactory,
        {},
        [
            {"closed_on": TODAY},
            CLOSED | {"closed_on": None},
            CLOSED | {"closed_on": None, "stage": "withdrawn"},
            CLOSED | {"closed_on": None, "stage": "superseded"},
            CLOSED | {"stage": "reported_complete"},
        ],
        [CLOSED, CLOSED | {"stage": "reported_complete", "closed_on": None}],
    ),
    Rule(
        "commitment_reference_iff_published",
        f.CommitmentFactory,
        {},
        [{"reference": None}, {"reference": ""}, {"published_at": None}],
        [{"reference": None, "published_at": None}, {"reference": "TT26-999"}],
    ),
    Rule(
        "commitment_task_has_a_priority",
        f.CommitmentFactory,
        {},
        [{"kind": "government_task"}],
        [
            {"kind": "government_task", "priority": lambda row: f.PriorityFactory()},
            {"kind": "national_mission"},
        ],
    ),
    Rule(
        "commitment_stage_has_an_as_of_date",
        f.CommitmentFactory,
        {},
        [{"stage": "in_progress"}],
        [{"stage": "in_progress", "stage_as_of_on": TODAY}],
    ),
    Rule(
        "commitment_forecast_has_an_as_of_date",
        f.CommitmentFactory,
        {},
        [{"forecast": "on_track"}],
        [{"forecast": "on_track", "forecast_as_of_on": TODAY}],
    ),
    Rule(
        "commitment_reporting_is_opened_by_somebody",
        f.CommitmentFactory,
        {},
        [{"reporting_opened_on": TODAY}, {"reporting_opened_by": _user}],
        [{"reporting_opened_on": TODAY, "reporting_opened_by": _user}],
    ),
    in_a_language("commitment_has_a_title", f.CommitmentFactory, "title"),
    whole("commitment_original_due_is_whole", f.CommitmentFactory, "original_due"),
    whole("commitment_due_is_whole", f.CommitmentFactory, "due"),
    known("commitment_kind_is_known", f.CommitmentFactory, "kind", "national_mission"),
    known("commitment_speaker_is_known", f.CommitmentFactory, "speaker", ""),
    known(
        "commitment_stage_is_known", f.CommitmentFactory, "stage", "paused", stage_as_of_on=TODAY
    ),
    known(
        "commitment_forecast_is_known",
        f.CommitmentFactory,
        "forecast",
        "at_risk",
        forecast_as_of_on=TODAY,
    ),
]

PARTS = [
    Rule(
        "participation_lead_is_at_most_one",
        f.ParticipationFactory,
        {"role": "lead"},
        [{"organisation": _body}],
        [{"organisation": _body, "role": "partner"}, {"organisation": _body, "ended_on": TODAY}],
        as_copy=True,
    ),
    once(
        "participation_role_is_held_once",
        f.ParticipationFactory,
        {"role": "partner"},
        but={"role": "selected_by"},
    ),
    whole("participation_since_is_whole", f.ParticipationFactory, "since"),
    known("participation_role_is_known", f.ParticipationFactory, "role", "assigned_by"),
    known("participation_stage_is_known", f.ParticipationFactory, "stage", ""),
    known("participation_confidence_is_known", f.ParticipationFactory, "confidence", "probable"),
    once("acceptance_is_one_per_body", f.AcceptanceFactory, {}, but={"organisation": _body}),
    known("acceptance_confidence_is_known", f.AcceptanceFactory, "confidence", "unverified"),
]

WORDING = [
    once(
        "wording_number_is_one_per_commitment",
        f.WordingFactory,
        {"number": 2, "kind_of_change": "text_found"},
        but={"number": 3},
    ),
    Rule(
        "wording_original_iff_no_change",
        f.WordingFactory,
        {},
        [
            {"number": 0, "change": _change},
            {"kind_of_change": "text_found"},
            {"change": _change},
            {"number": 2, "change": _change},
        ],
        [{"number": 2, "kind_of_change": "clarified", "change": _change}],
    ),
    Rule(
        "wording_change_is_decided_or_text_found",
        f.WordingFactory,
        {"number": 2, "kind_of_change": "text_found"},
        [{"kind_of_change": "clarified"}],
        [{"kind_of_change": "clarified", "change": _change}, {}],
    ),
    in_a_language("wording_has_a_text", f.WordingFactory, "text"),
    known("wording_basis_is_known", f.WordingFactory, "basis", "quoted"),
    known(
        "wording_kind_of_change_is_known",
        f.WordingFactory,
        "kind_of_change",
        "text_found",
        number=2,
        kind_of_change="clarified",
        change=factory.SubFactory(
            f.ChangeRequestFactory, commitment=factory.SelfAttribute("..commitment")
        ),
    ),
]

TARGET = [
    once("target_number_is_one_per_commitment", f.TargetFactory, {"number": 1}, but={"number": 2}),
    Rule(
        "target_metric_unit_value_all_or_none",
        f.TargetFactory,
        {},
        [FIGURE | {"metric": ""}, FIGURE | {"unit": ""}, FIGURE | {"value": None}],
        [FIGURE],
    ),
    Rule(
        "target_comparator_needs_a_value",
        f.TargetFactory,
        {},
        [{"comparator": "at_least"}],
        [FIGURE | {"comparator": "at_least"}],
    ),
    Rule(
        "target_upper_value_iff_range",
        f.TargetFactory,
        FIGURE,
        [
            {"comparator": "range"},
            {"comparator": "range", "value_max": 10},
            {"comparator": "about", "value_max": 20},
            {"value_max": 20},
        ],
        [{"comparator": "range", "value_max": 20}, {"comparator": "about"}],
    ),
    Rule(
        "target_replacement_comes_of_a_change",
        f.TargetFactory,
        {},
        [{"replaces": _other_target}],
        [{"replaces": _other_target, "change": _change}, {"change": _change}],
    ),
    Rule(
        "target_baseline_needs_a_metric",
        f.TargetFactory,
        {},
        [{"baseline": 0}],
        [FIGURE | {"baseline": 0}],
    ),
    in_a_language("target_has_a_text", f.TargetFactory, "text"),
    whole("target_due_is_whole", f.TargetFactory, "due"),
    known("target_comparator_is_known", f.TargetFactory, "comparator", "", **FIGURE),
    known("target_direction_is_known", f.TargetFactory, "direction", "down"),
    known("target_cumulation_is_known", f.TargetFactory, "cumulation", "sum"),
    once(
        "measurement_is_one_per_update_and_target",
        f.MeasurementFactory,
        {},
        but={"target": lambda row: f.TargetFactory(commitment=row.update.commitment)},
    ),
]

MILESTONE = [
    once(
        "milestone_number_is_one_per_commitment",
        f.MilestoneFactory,
        {"number": 1},
        but={"number": 2},
    ),
    in_a_language("milestone_has_a_title", f.MilestoneFactory, "title"),
    whole("milestone_original_due_is_whole", f.MilestoneFactory, "original_due", required=True),
    whole("milestone_due_is_whole", f.MilestoneFactory, "due", required=True),
]

LINK = [
    once(
        "link_is_drawn_once",
        f.CommitmentLinkFactory,
        {},
        but={"to_commitment": lambda row: f.CommitmentFactory()},
    ),
    Rule(
        "link_joins_two_commitments",
        f.CommitmentLinkFactory,
        {},
        [{"to_commitment": lambda row: row.from_commitment}],
        [{"to_commitment": lambda row: f.CommitmentFactory()}],
    ),
    Rule(
        "link_comes_of_a_change_unless_it_contributes",
        f.CommitmentLinkFactory,
        {},
        [{"kind": "supersedes"}, {"kind": "split_from"}, {"kind": "merges"}],
        [
            {"kind": "supersedes", "change": lambda row: f.ChangeRequestFactory()},
            {"change": lambda row: f.ChangeRequestFactory()},
        ],
    ),
    Rule(
        "link_kind_is_known",
        f.CommitmentLinkFactory,
        {"change": factory.SubFactory(f.ChangeRequestFactory)},
        [{"kind": NONSENSE}],
        [{"kind": "merges"}],
    ),
]

CHANGE = [
    Rule(
        "change_decider_is_not_the_requester",
        f.ChangeRequestFactory,
        {},
        [DECIDED | {"decider": lambda row: row.requester}],
        [DECIDED],
    ),
    Rule(
        "change_decided_by_somebody_at_a_time",
        f.ChangeRequestFactory,
        {},
        [
            {"decider": _user},
            {"decision": "approved"},
            DECIDED | {"decider": None},
            DECIDED | {"decided_at": None},
            DECIDED | {"decision": ""},
            DECIDED | {"decision": NONSENSE},
            DECIDED | {"decision": "taken_back"},
            {"decision": "taken_back"},
        ],
        [DECIDED, REFUSED, {"decision": "taken_back", "decided_at": NOW}],
    ),
    Rule(
        "change_refusal_says_why",
        f.ChangeRequestFactory,
        {},
        [REFUSED | {"decision_note": ""}],
        [REFUSED, DECIDED],
    ),
    once(
        "change_is_asked_for_once_at_a_time",
        f.ChangeRequestFactory,
        {"kind": "date_moved", "subject": "milestone/1"},
        but={"subject": "milestone/2"},
    ),
    in_a_language("change_has_a_reason", f.ChangeRequestFactory, "reason"),
    known("change_kind_is_known", f.ChangeRequestFactory, "kind", "withdrawn"),
]

RULES = [*COMMITMENT, *PARTS, *WORDING, *TARGET, *MILESTONE, *LINK, *CHANGE]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
