"""Officers release and answer what readers reported; nobody else does."""

import pytest

from commitments.models import ErrorReport
from commitments.services import record
from commitments.services.record import EDITORS
from tests import factories
from tests.factories.clock import NOW, TODAY

LIST = "/en/staff/error-reports/"
ANSWER = {"decision": "rejected", "answer_en": "Test answer", "answer_vi": "", "corrected_by": ""}


@pytest.fixture
def report(world):
    record.publish(world.commitment, action="loaded", by=EDITORS, effective_on=TODAY, now=NOW)
    return factories.ErrorReportFactory(
        programme=world.programme, object_kind="commitment", object_key="test-commitment"
    )


def officer_of_another(is_demo=False):
    unit = factories.OrganisationFactory(slug="test-other", is_demo=is_demo)
    factories.ProgrammeFactory(slug="test-other", code="O", delivery_unit=unit, is_demo=is_demo)
    user = factories.UserFactory(email="other@example.org")
    factories.MembershipFactory(user=user, organisation=unit, role="officer")
    return user


def page_of(report, deed=""):
    return f"{LIST}{report.pk}/{deed}"


def test_officer_releases_and_answers(client, report, erin):
    client.force_login(erin)
    assert "reported error waits for an answer" in client.get("/en/staff/").text
    assert report.reference in client.get(LIST).text
    assert client.get(page_of(report, "show/")).status_code == 405  # reading acts on nothing
    client.post(page_of(report, "show/"))
    client.post(page_of(report, "show/"))
    answer = client.post(page_of(report), ANSWER)

    assert answer["Location"] == page_of(report)
    report.refresh_from_db()
    assert (report.state, report.answer_en, report.shown_at is not None) == (
        "rejected",
        "Test answer",
        True,
    )
    assert list(report.deeds.values_list("deed", "by__email")) == [
        ("shown", "erin@example.org"),
        ("rejected", "erin@example.org"),
    ]
    again = client.post(page_of(report), ANSWER)
    assert (again.status_code, "This report was answered already." in again.text) == (409, True)
    client.post(page_of(report, "hide/"))
    assert ErrorReport.objects.get().shown_at is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"decision": ""}, "Please choose how the report ends."),
        ({"answer_en": " "}, "Please write the answer. It is public."),
        ({"decision": "corrected"}, "Please give the number of the event that corrected it."),
        ({"decision": "corrected", "corrected_by": "999"}, "has no event with this number."),
        ({"corrected_by": "nonsense"}, "Enter a whole number."),
        ({"answer_en": "x" * 3001}, "3000 is the limit."),
    ],
)
def test_answer_that_is_not_whole_is_refused(client, report, erin, said, words):
    client.force_login(erin)
    answer = client.post(page_of(report), ANSWER | said)

    assert (answer.status_code, words in answer.text) == (422, True)
    assert ErrorReport.objects.get().state == "open"


def test_accepted_is_linked_to_its_correction_later(client, report, erin):
    client.force_login(erin)
    client.post(page_of(report), ANSWER | {"decision": "accepted"})
    assert "It will be corrected." in client.get(page_of(report)).text
    assert client.post(page_of(report, "link/"), {"corrected_by": "77"}).status_code == 422
    client.post(page_of(report, "link/"), {"corrected_by": "1"})

    assert ErrorReport.objects.get().corrected_by == 1
    assert "Corrected by event 1 of the public record" in client.get(page_of(report)).text
    assert list(report.deeds.values_list("deed", flat=True)) == ["accepted", "linked"]


def test_officer_of_another_programme_sees_and_answers_only_general_ones(client, report):
    general = factories.ErrorReportFactory()
    client.force_login(officer_of_another())
    shown = client.get(LIST).text

    assert (report.reference in shown, general.reference in shown) == (False, True)
    assert client.get(page_of(report)).status_code == 404
    for deed in ("", "show/", "hide/", "link/"):
        assert client.post(page_of(report, deed), ANSWER).status_code == 404
    assert client.post(page_of(general), ANSWER).status_code == 302
    assert list(ErrorReport.objects.order_by("pk").values_list("state", flat=True)) == [
        "open",
        "rejected",
    ]


def test_people_of_the_demonstration_touch_nothing_of_the_record(client, report):
    general = factories.ErrorReportFactory()
    client.force_login(officer_of_another(is_demo=True))

    assert [client.get(page_of(one)).status_code for one in (report, general)] == [404, 404]


@pytest.mark.parametrize("name", ["alice", "dan", "carol"])
def test_others_are_turned_away(client, report, name, request):
    client.force_login(request.getfixturevalue(name))

    assert client.get(LIST).status_code == 403
    assert client.post(page_of(report), ANSWER).status_code == 403
