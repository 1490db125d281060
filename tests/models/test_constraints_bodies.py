"""Constraints of people, organisations, memberships, sources, programmes and the calendar."""

from datetime import timedelta

import pytest

from tests import factories as f
from tests.factories.clock import TODAY
from tests.models.breaking import Rule, cases, in_a_language, known, once, whole

DAY = timedelta(days=1)

RULES = [
    once(
        "user_email_is_one_person",
        f.UserFactory,
        {"email": "test@example.org"},
        also={"email": "Test@Example.org"},
        but={"email": "other@example.org"},
    ),
    Rule(
        "user_digest_minute_leaves_time_to_send",
        f.UserFactory,
        {},
        [{"digest_minute": 1381}],
        [{"digest_minute": 0}, {"digest_minute": 1380}],
    ),
    in_a_language("organisation_has_a_name", f.OrganisationFactory, "name"),
    known("organisation_kind_is_known", f.OrganisationFactory, "kind", "ministry"),
    once(
        "membership_role_is_held_once_at_a_time",
        f.MembershipFactory,
        {},
        but={"ended_on": TODAY},
    ),
    Rule(
        "membership_ends_after_it_starts",
        f.MembershipFactory,
        {"started_on": TODAY},
        [{"ended_on": TODAY - DAY}],
        [{"ended_on": TODAY}, {"ended_on": None}],
    ),
    known("membership_role_is_known", f.MembershipFactory, "role", "auditor"),
    whole("source_published_is_whole", f.SourceFactory, "published"),
    known("source_language_is_known", f.SourceFactory, "language", ""),
    known("source_kind_is_known", f.SourceFactory, "kind", ""),
    Rule(
        "source_address_is_http",
        f.SourceFactory,
        {},
        [
            {"url": "javascript:alert(1)"},
            {"url": "ftp://example.org/"},
            {"url": "example.org/http://"},
        ],
        [{"url": ""}, {"url": "http://example.org/"}, {"url": "https://example.org/"}],
    ),
    in_a_language("programme_has_a_name", f.ProgrammeFactory, "name"),
    known("programme_cadence_is_known", f.ProgrammeFactory, "cadence", "quarterly"),
    once(
        "priority_number_is_one_per_programme",
        f.PriorityFactory,
        {"number": 1},
        also={"slug": "test-other"},
        but={"number": 2},
    ),
    once(
        "priority_slug_is_one_per_programme",
        f.PriorityFactory,
        {"number": 1},
        also={"number": 2},
        but={"slug": "test-other"},
    ),
    in_a_language("priority_has_a_title", f.PriorityFactory, "title"),
    known("priority_speaker_is_known", f.PriorityFactory, "speaker", "press"),
    once(
        "reference_counter_is_one_per_prefix",
        f.ReferenceCounterFactory,
        {"prefix": "NM"},
        but={"prefix": "GT"},
    ),
    once(
        "period_start_is_one_per_programme",
        f.ReportingPeriodFactory,
        {},
        but={"starts_on": TODAY - DAY},
    ),
    Rule(
        "period_days_are_in_order",
        f.ReportingPeriodFactory,
        {},
        [
            {"ends_on": lambda period: period.starts_on - DAY},
            {"opens_on": lambda period: period.ends_on},
            {"due_on": lambda period: period.opens_on},
            {"locks_on": lambda period: period.due_on},
        ],
        [
            {"ends_on": lambda period: period.starts_on},
            {"due_on": lambda period: period.opens_on + DAY},
            {"locks_on": lambda period: period.due_on + DAY},
        ],
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "refused_by"), cases(RULES))
def test_constraint(rule, change, refused_by):
    assert rule.refused_by(change) == refused_by
