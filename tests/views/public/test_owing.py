"""The page of those who owe an update."""

from datetime import date

import pytest

from tests import factories
from tests.factories.clock import TODAY
from tests.views.public.reading import sections


@pytest.fixture
def asked(db):
    """A body that is to report on a commitment, and has until 15 June."""
    commitment = factories.CommitmentFactory(
        title_en="Test commitment",
        programme__slug="test",
        reporting_opened_on=TODAY,
        reporting_opened_by=factories.UserFactory(),
    )
    body = factories.OrganisationFactory(slug="test-body", name_en="Test body")
    factories.ParticipationFactory(commitment=commitment, organisation=body)
    period = factories.ReportingPeriodFactory(programme=commitment.programme)
    return factories.ObligationFactory(commitment=commitment, period=period)


def test_owing_says_so_where_nobody_was_asked(client, db):
    page = sections(client.get("/en/owing/"))

    assert page["Who owes an update"].endswith(
        "Nobody owes an update, because nobody has been asked A duty to report begins only when"
        " the delivery unit opens it, commitment by commitment, and only for a body that is"
        " confirmed as lead. It has opened none so far. So no body is shown as late, and silence"
        " here says nothing about their work. How reporting is judged"
    )


def test_owing_names_body_commitment_period_and_days(client, asked):
    page = sections(client.get("/en/owing/?programme=test&organisation=test-body"))

    assert page["Open, not yet due"].startswith(
        "Nobody here is late Test body Test commitment Period 1 May 2026 to 31 May 2026"
        " · due 15 June 2026 Update due due in 14 days"
    )


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("?organisation=other", 400, "A filter could not be read"),
        ("?programme=other", 400, "A filter could not be read"),
        ("?programme=empty", 200, "Nobody here owes an update"),
    ],
)
def test_owing_of_filters_that_find_nothing(client, asked, query, status, words):
    factories.ProgrammeFactory(slug="empty")

    page = client.get(f"/en/owing/{query}")

    assert page.status_code == status
    assert words in " ".join(sections(page).values())


def test_home_lists_those_whose_update_is_late(client, asked):
    period = asked.period
    period.ends_on, period.opens_on = date(2026, 5, 10), date(2026, 5, 20)
    period.due_on = date(2026, 5, 30)
    period.save()

    home = sections(client.get("/en/"))

    assert home["Who owes an update"] == (
        "Test commitment Test body · owes an update since 30 May 2026 (for 2 days)"
        " All who owe an update"
    )
