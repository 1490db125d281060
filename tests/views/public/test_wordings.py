"""Any two wordings of a commitment beside each other, for everybody."""

import pytest

from tests import factories
from tests.services.changes.asking import WORDING, ask, decide
from tests.views.public.reading import sections

PATH = "/en/commitments/test-commitment/wordings/"


@pytest.fixture
def three(plan, alice, erin):
    """The original, a narrowed and a quoted one."""
    decide(
        ask(alice, plan.commitment, "narrowed", proposed=WORDING | {"text_en": "Test less"}), erin
    )
    found = WORDING | {"text_en": "Test wording, word for word", "basis": "quoted"}
    decide(ask(alice, plan.commitment, "text_found", proposed=found), erin)
    return plan


def asked(page):
    return page.context["before"].number, page.context["after"].number


def test_wordings_are_compared_from_the_original_to_the_newest(three, client):
    page = client.get(PATH)

    assert (page.status_code, asked(page)) == (200, (1, 3))
    assert sections(page)["Version 1 and version 3"] == (
        "Version 1 The original wording Summary by the editors; the promised text was not found"
        " Version 3 Promised text found. Reason: Test reason Stated on 1 June 2026"
        " Quoted word for word In English"
        " Version 1 Test wording Version 3 Test wording"
        " [added:] , word for word [end of what was added] Back to the commitment"
    )


def test_wordings_are_compared_as_asked(three, client):
    page = client.get(f"{PATH}?from=2&to=3")

    assert asked(page) == (2, 3)
    assert "<del>" in page.text
    assert "<ins>" in page.text


def test_wordings_that_are_the_same_are_not_compared(three, client):
    page = client.get(f"{PATH}?from=2&to=2")

    assert page.status_code == 200
    assert "There is nothing to compare" in page.text


@pytest.mark.parametrize("query", ["from=9", "from=x&to=1", "from=1&to=%00", "from=-1"])
def test_wordings_that_do_not_exist_are_named(query, three, client):
    page = client.get(f"{PATH}?{query}")

    assert page.status_code == 400
    assert "error-summary" in page.text


def test_a_single_wording_has_no_other(plan, client):
    page = client.get(PATH)

    assert page.status_code == 200
    assert "There is one wording only: it was never changed." in page.text
    assert "Test wording" in page.text


def test_no_wording_is_said(plan, client):
    page = client.get("/en/commitments/test-other/wordings/")

    assert page.status_code == 200
    assert "No wording was found" in page.text


def test_wordings_of_a_draft_are_not_found(plan, erin, client):
    factories.CommitmentFactory(programme=plan.programme, slug="test-draft", is_draft=True)
    client.force_login(erin)

    assert client.get("/en/commitments/test-draft/wordings/").status_code == 404


def test_the_public_page_shows_both_dates_and_every_decision(plan, alice, erin, client):
    decide(ask(alice, plan.commitment), erin, "refused", "Test: not stated there.")
    decide(ask(alice, plan.commitment), erin)
    ask(alice, plan.commitment, "withdrawn", proposed={}, reason_en="Test: nobody sees this")

    page = client.get("/en/commitments/test-commitment/")

    found = sections(page)
    assert found["Plan"].startswith(
        "Original due date 2026 Present due date June 2027"
        " Slip against the original date: 181 days later Date moved, 1 June 2026: Test reason"
        " Original and present plan Of the plan Original Present Slip"
        " Due date 2026 June 2027 Date moved, 1 June 2026: Test reason 181 days later"
    )
    told = sections(client.get("/en/commitments/test-commitment/?show=plan"))["History"]
    assert [told.count(word) for word in ("Due date moved", "Approved", "Refused")] == [2, 1, 1]
    assert "Reason of the decision: Test: not stated there." in told
    changes = " ".join(sections(client.get("/en/changes/")).values())
    assert (
        "Due date moved: refused Test commitment Test reason Due 2026. Proposed: June 2027"
        in changes
    )
    assert [name in page.text for name in ("Alice", "Erin", "nobody sees this")] == [False] * 3
