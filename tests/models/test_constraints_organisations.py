"""Constraints of what became of bodies: former names, mergers, parents, contacts."""

import pytest

from tests import factories as f
from tests.models.breaking import LATE, Rule, cases, in_a_language, once, whole

MERGED = {"merged": "2026", "merged_earliest": LATE, "merged_latest": LATE}
NOT_MERGED = {"merged": "", "merged_earliest": None, "merged_latest": None}


def _other(row):
    return f.OrganisationFactory()


def _itself(row):
    return row.pk


RULES = [
    Rule(
        "organisation_merged_into_another_on_a_day",
        f.OrganisationFactory,
        {},
        [MERGED, {"merged_into": _other}],
        [MERGED | {"merged_into": _other}, NOT_MERGED],
    ),
    Rule(
        "organisation_merged_is_whole",
        f.OrganisationFactory,
        {},
        [MERGED | {"merged_into": _other, "merged_latest": None}],
        [MERGED | {"merged_into": _other}],
    ),
    Rule(
        "organisation_is_not_merged_into_itself",
        f.OrganisationFactory,
        {},
        [MERGED | {"merged_into_id": _itself}],
        [MERGED | {"merged_into": _other}],
    ),
    Rule(
        "organisation_is_not_its_own_parent",
        f.OrganisationFactory,
        {},
        [{"parent_id": _itself}],
        [{"parent": _other}],
    ),
    once("former_name_number_is_one_per_body", f.OrganisationNameFactory, {}, but={"number": 2}),
    in_a_language("former_name_says_a_name", f.OrganisationNameFactory, "name"),
    in_a_language("former_name_gives_a_reason", f.OrganisationNameFactory, "reason"),
    whole("former_name_until_is_whole", f.OrganisationNameFactory, "until", required=True),
    Rule("contact_has_a_name", f.ContactFactory, {}, [{"name": ""}], [{"name": "Test"}]),
    Rule(
        "contact_can_be_reached",
        f.ContactFactory,
        {},
        [{"email": "", "phone": ""}],
        [{"email": "", "phone": "1"}, {"email": "a@example.org", "phone": ""}],
    ),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("rule", "change", "expected"), cases(RULES))
def test_constraint(rule, change, expected):
    assert rule.refused_by(change) == expected
