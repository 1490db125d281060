"""Constraints of status updates, their evidence and review, and of what is owed."""

from datetime import timedelta

import pytest

from tests import factories as f
from tests.factories.clock import NOW, TODAY
from tests.models.breaking import Rule, cases, in_a_language, known, once


def _user(row):
    return f.UserFactory()


def _update(row):
    return f.StatusUpdateFactory(commitment=row.commitment, is_published=True)


def _author(row):
    return row.author


DRAFT: dict = {}
SUBMITTED = {"is_submitted": True}
APPROVED = {"is_approved": True}
PUBLISHED = {"is_published": True}
IMPORTED = {"is_imported": True}
MET = {"met_by": _update, "met_at": NOW}
WAIVED = {"waived_by": _user, "waived_at": NOW, "waiver_reason_en": "Test reason"}

PEOPLE = [
    Rule(
        "update_fact_import_iff_nobody",
        f.StatusUpdateFactory,
        IMPORTED,
        [
            {"author": _user},
            {"approver": _user, "approved_at": NOW},
            {"publisher": _user},
            {"origin": "web"},
            {"origin": "api", "author": _user, "publisher": _user},
        ],
        [
            {
                "origin": "file_import",
                "author": _user,
                "publisher": _user,
                "body": lambda row: f.OrganisationFactory(),
            }
        ],
    ),
    Rule(
        "update_published_by_somebody",
        f.StatusUpdateFactory,
        PUBLISHED,
        [{"publisher": None}],
        [{"publisher": _user}, {"approver": None, "approved_at": None}],
    ),
    Rule(
        "update_approver_is_not_the_author",
        f.StatusUpdateFactory,
        APPROVED,
        [{"approver": _author}],
        [{"approver": _user}],
    ),
    Rule(
        "update_publisher_is_not_the_author",
        f.StatusUpdateFactory,
        PUBLISHED,
        [{"publisher": _author}, {"publisher": _author, "approver": None, "approved_at": None}],
        [{"publisher": _user}],
    ),
    Rule(
        "update_publisher_is_not_the_approver",
        f.StatusUpdateFactory,
        PUBLISHED,
        [{"publisher": lambda row: row.approver}],
        [{"publisher": _user}],
    ),
    Rule(
        "update_approved_by_somebody_at_a_time",
        f.StatusUpdateFactory,
        SUBMITTED,
        [{"approver": _user}, {"approved_at": NOW}],
        [{"approver": _user, "approved_at": NOW}],
    ),
    Rule(
        "update_approved_has_an_approver",
        f.StatusUpdateFactory,
        SUBMITTED,
        [{"state": "approved"}],
        [{"state": "approved", "approver": _user, "approved_at": NOW}],
    ),
]

WAY = [
    once(
        "update_number_is_one_per_commitment",
        f.StatusUpdateFactory,
        PUBLISHED,
        but={"number": 2},
    ),
    once(
        "update_draft_is_one_per_author",
        f.StatusUpdateFactory,
        DRAFT,
        but={"state": "returned"},
    ),
    Rule(
        "update_number_and_instant_iff_published",
        f.StatusUpdateFactory,
        APPROVED,
        [
            {"state": "published", "publisher": _user},
            {"state": "published", "publisher": _user, "number": 1},
            {"state": "published", "publisher": _user, "published_at": NOW},
            {"number": 1},
            {"published_at": NOW},
            {"publisher": _user},
        ],
        [{"state": "published", "publisher": _user, "number": 1, "published_at": NOW}],
    ),
    Rule(
        "update_handed_in_has_a_date_and_instant",
        f.StatusUpdateFactory,
        DRAFT,
        [
            {"state": "submitted"},
            {"state": "submitted", "as_of_on": TODAY},
            {"state": "submitted", "submitted_at": NOW},
        ],
        [
            {"state": "submitted", "as_of_on": TODAY, "submitted_at": NOW},
            {"state": "returned"},
        ],
    ),
    Rule(
        "update_risk_names_a_problem",
        f.StatusUpdateFactory,
        SUBMITTED,
        [{"forecast": "at_risk"}, {"forecast": "off_track", "asked_en": "Test request"}],
        [
            {"forecast": "at_risk", "problem_vi": "Khó khăn thử"},
            {"forecast": "at_risk", "problem_en": "Test problem"},
            {"forecast": "at_risk", "state": "draft"},
            {"forecast": "on_track"},
        ],
    ),
    Rule(
        "update_off_track_asks_somebody",
        f.StatusUpdateFactory,
        SUBMITTED | {"problem_en": "Test problem"},
        [{"forecast": "off_track"}],
        [
            {"forecast": "off_track", "asked_vi": "Đề nghị thử"},
            {"forecast": "off_track", "asked_en": "Test request"},
            {"forecast": "off_track", "state": "returned"},
            {"forecast": "at_risk"},
        ],
    ),
    Rule(
        "update_context_carries_no_stage",
        f.StatusUpdateFactory,
        DRAFT,
        [
            {"kind": "context", "stage": "in_progress"},
            {"kind": "context", "forecast": "on_track"},
        ],
        [{"kind": "context"}, {"stage": "in_progress", "forecast": "on_track"}],
    ),
    Rule(
        "update_correction_gives_a_reason",
        f.StatusUpdateFactory,
        SUBMITTED,
        [{"corrects": _update}],
        [
            {"corrects": _update, "correction_reason_vi": "Lý do thử"},
            {"corrects": _update, "correction_reason_en": "Test reason"},
            {"corrects": _update, "state": "draft"},
        ],
    ),
]

WORDS = [
    known("update_kind_is_known", f.StatusUpdateFactory, "kind", "no_change"),
    known("update_state_is_known", f.StatusUpdateFactory, "state", "returned", **SUBMITTED),
    known("update_origin_is_known", f.StatusUpdateFactory, "origin", "api"),
    known("update_speaker_is_known", f.StatusUpdateFactory, "speaker", "press"),
    known("update_stage_is_known", f.StatusUpdateFactory, "stage", "paused"),
    known("update_step_is_known", f.StatusUpdateFactory, "step", "drafting"),
    known("update_forecast_is_known", f.StatusUpdateFactory, "forecast", "on_track"),
]

EVIDENCE_AND_REVIEW = [
    once(
        "evidence_source_is_once_per_update",
        f.EvidenceFactory,
        {},
        but={"source": lambda row: f.SourceFactory()},
    ),
    known("evidence_relation_is_known", f.EvidenceFactory, "relation", "own_body"),
    Rule(
        "review_return_says_why",
        f.ReviewActionFactory,
        {},
        [{"deed": "returned"}],
        [{"deed": "returned", "comment": "Test comment"}, {"deed": "approved"}],
    ),
    known("review_deed_is_known", f.ReviewActionFactory, "deed", "approved"),
    in_a_language("retraction_gives_a_reason", f.RetractionFactory, "reason"),
]

OWED = [
    once(
        "obligation_is_one_per_period",
        f.ObligationFactory,
        {},
        but={"commitment": lambda row: f.CommitmentFactory(programme=row.commitment.programme)},
    ),
    Rule(
        "obligation_met_by_an_update_at_a_time",
        f.ObligationFactory,
        {},
        [MET | {"met_at": None}],
        [MET, MET | {"met_by": None}],
    ),
    Rule(
        "obligation_waived_by_somebody_at_a_time",
        f.ObligationFactory,
        {},
        [WAIVED | {"waived_at": None}, WAIVED | {"waived_by": None}],
        [WAIVED],
    ),
    Rule(
        "obligation_waiver_gives_a_reason",
        f.ObligationFactory,
        {},
        [WAIVED | {"waiver_reason_en": ""}],
        [WAIVED, WAIVED | {"waiver_reason_en": "", "waiver_reason_vi": "Lý do thử"}],
    ),
    once(
        "assignment_is_held_once_at_a_time",
        f.AssignmentFactory,
        {},
        but={"ended_at": NOW},
    ),
    once(
        "assignment_is_held_once_at_a_time",
        f.AssignmentFactory,
        {},
        but={"charge": "approve"},
    ),
    known("assignment_charge_is_known", f.AssignmentFactory, "charge", "approve"),
    Rule(
        "assignment_ends_after_it_starts",
        f.AssignmentFactory,
        {},
        [{"ended_at": NOW - timedelta(seconds=1)}],
        [{"ended_at": NOW}],
    ),
]

STANDING_IN = [
    Rule(
        "absence_days_are_in_order",
        f.AbsenceFactory,
        {},
        [{"ends_on": TODAY - timedelta(days=1)}],
        [{"ends_on": TODAY + timedelta(days=1)}],
    ),
    Rule(
        "absence_cover_is_somebody_else",
        f.AbsenceFactory,
        {},
        [{"cover": lambda row: row.person}],
        [{"cover": _user}, {"cover": None}],
    ),
    Rule(
        "hand_over_goes_to_somebody_else",
        f.HandOverFactory,
        {},
        [{"taker": lambda row: row.giver}],
        [{"taker": _user}],
    ),
]

RULES = [*PEOPLE, *WAY, *WORDS, *EVIDENCE_AND_REVIEW, *OWED, *STANDING_IN]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
