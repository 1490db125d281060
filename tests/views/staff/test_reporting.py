"""An officer's pages of reporting: choosing whom to ask, what follows, and waiving an update."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Commitment, Obligation, Programme, PublicEvent
from commitments.services import obligations
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.reading import errors, refusal, rows, sections, told, words

pytestmark = pytest.mark.usefixtures("monday")

OPEN = "/en/staff/programmes/test/reporting/open/"
LIST = "/en/staff/reporting/"
OTHERS = ["alice", "dan", "bob", "carol"]


def led(world, **columns):
    made = factories.CommitmentFactory(programme=world.programme, **columns)
    factories.ParticipationFactory(commitment=made, organisation=world.body)
    return made


def choice(*commitments, starts_on="1/5/2026", deed="check"):
    keys = [commitment.pk for commitment in commitments]
    return {"starts_on": starts_on, "commitments": keys, "deed": deed}


@pytest.fixture
def asked(erin, world):
    obligations.open_reporting(
        programme=world.programme, commitments=[world.commitment], officer=erin,
        starts_on=date(2026, 5, 1), today=TODAY, now=NOW,
    )  # fmt: skip
    return world


# Opening


def test_reporting_open_offers_fit_ones_and_says_why_not_the_others(alice, erin, world, as_):
    closed = led(world, reference="CPT26-002", stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY)  # fmt: skip
    nobodys = factories.CommitmentFactory(
        programme=world.programme, reference="CPT26-003", title_en="Test of nobody"
    )
    probable = led(world, reference="CPT26-004")
    probable.participations.update(confidence="probable")

    page = as_(erin).get(OPEN)

    field = page.context["form"]["commitments"]
    assert [(widget.data["label"], widget.data["selected"]) for widget in field.subwidgets] == [
        ("CPT26-001 · Test commitment · Test lead", False)
    ]
    assert "1 reporter has an account." in words(page.text)
    assert rows(page, "unfit") == [
        f"CPT26-002 · Test lead {closed.title_en} It is closed",
        f"CPT26-003 {nobodys.title_en} No responsible body is named",
        f"CPT26-004 · Test lead {probable.title_en} The responsible body is not confirmed",
    ]


def test_reporting_open_warns_where_nobody_could_be_reminded(erin, world, as_):
    page = as_(erin).get(OPEN)

    assert "Nobody at this body has an account yet, so nobody could be reminded." in page.text


def test_reporting_open_shows_what_follows_before_it_does_anything(erin, world, as_):
    answer = as_(erin).post(OPEN, choice(world.commitment))

    assert sections(answer) == {
        "Ask for reports on 1 commitment?": "The first update is owed for May 2026. It can be "
        "handed in from 1 June 2026 and is due on 15 June 2026. "
        "After that, one update is owed for every month. "
        "Whoever is in charge is reminded by mail; if nothing comes, approver, officer and senior "
        "official are told in turn. "
        "That reports are asked, and whether they came, is public from today. "
        "CPT26-001 · Test lead Test commitment Open reporting Change the choice"
    }
    assert (Obligation.objects.count(), PublicEvent.objects.count()) == (0, 0)
    assert Programme.objects.get().reporting_starts_on is None


def test_reporting_open_does_it_on_confirmation(erin, world, as_):
    answer = as_(erin).post(OPEN, choice(world.commitment, deed="open"))

    assert (answer.url, told(answer)) == (
        LIST, [("success", "Reporting is open for 1 commitment.")],
    )  # fmt: skip
    commitment = Commitment.objects.get()
    assert (commitment.reporting_opened_on, commitment.reporting_opened_by) == (TODAY, erin)
    assert Programme.objects.get().reporting_starts_on == date(2026, 5, 1)
    assert Obligation.objects.filter(commitment=commitment).count() == 2


def test_reporting_open_goes_back_with_the_choice(erin, world, as_):
    page = as_(erin).post(OPEN, choice(world.commitment, starts_on="10/5/2026", deed="back"))

    form = page.context["form"]
    assert (page.status_code, errors(page)) == (200, [])
    assert form["starts_on"].value() == "10/5/2026"
    assert [widget.data["selected"] for widget in form["commitments"].subwidgets] == [True]


@pytest.mark.parametrize("deed", ["check", "open"])
@pytest.mark.parametrize(
    ("starts_on", "chosen", "found"),
    [
        ("", True, [("id_starts_on", "Please say from which day is reported.")]),
        (
            "5/2026",
            True,
            [(
                "id_starts_on",
                "A whole date with day, month and year is needed, for example 31/5/2026.",
            )],
        ),
        (
            "1/1/2020",
            True,
            [("id_starts_on", "Reporting cannot start before the forum of the programme.")],
        ),
        (
            "1/1/2099",
            True,
            [("id_starts_on", "Reporting cannot start later than a year from now.")],
        ),
        ("1/5/2026", False, [("id_commitments_0", "Please choose at least one commitment.")]),
    ],
)  # fmt: skip
def test_reporting_open_answers_at_the_field(starts_on, chosen, found, deed, erin, world, as_):
    sent = choice(*([world.commitment] if chosen else []), starts_on=starts_on, deed=deed)

    answer = as_(erin).post(OPEN, sent)

    assert (answer.status_code, errors(answer)) == (422, found)
    assert answer.context["form"]["starts_on"].value() == starts_on
    assert Obligation.objects.count() == 0


def test_reporting_open_refuses_an_unfit_one_by_name(erin, world, as_):
    nobodys = factories.CommitmentFactory(programme=world.programme)

    answer = as_(erin).post(OPEN, choice(world.commitment, nobodys, deed="open"))

    assert (answer.status_code, errors(answer)) == (
        422, [("id_commitments_0", f"{nobodys}: no responsible body is named")],
    )  # fmt: skip
    assert Obligation.objects.count() == 0


def test_reporting_open_knows_no_commitment_of_another_programme(erin, world, as_):
    answer = as_(erin).post(OPEN, choice(factories.CommitmentFactory(), deed="open"))

    assert (answer.status_code, [field for field, _text in errors(answer)]) == (
        422, ["id_commitments_0"],
    )  # fmt: skip


def test_reporting_open_twice_keeps_the_start(asked, erin, as_):
    second = led(asked)

    page = as_(erin).get(OPEN)
    answer = as_(erin).post(OPEN, {"commitments": [second.pk], "deed": "open"})

    assert "starts_on" not in page.context["form"].fields
    assert told(answer) == [("success", "Reporting is open for 1 commitment.")]
    assert Programme.objects.get().reporting_starts_on == date(2026, 5, 1)


def test_reporting_open_with_nothing_left_to_ask(asked, erin, as_):
    page = as_(erin).get(OPEN)

    assert "No commitment of this programme can be asked at the moment." in page.text
    assert "See what follows" not in page.text


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_reporting_open_is_for_officers_of_the_programme(method, who, world, as_, request):
    person = request.getfixturevalue(who)
    type(person).objects.filter(pk=person.pk).update(is_superuser=True)

    answer = getattr(as_(person), method)(
        OPEN, choice(world.commitment, deed="open") if method == "post" else None
    )

    assert answer.status_code == 403
    assert "You may not open this page" in sections(answer)
    assert Obligation.objects.count() == 0


def test_reporting_open_of_a_programme_that_is_not_public(erin, world, as_):
    Programme.objects.update(published_at=None)

    assert as_(erin).get(OPEN).status_code == 404


def test_reporting_open_takes_as_many_queries_for_50_rows(erin, world, as_):
    as_(erin)
    with CaptureQueriesContext(connection) as one:
        as_(erin).get(OPEN)
    for _time in range(49):
        commitment = factories.CommitmentFactory(programme=world.programme)
        factories.ParticipationFactory(commitment=commitment)
    with CaptureQueriesContext(connection) as fifty:
        page = as_(erin).get(OPEN)

    assert len(page.context["form"].fit) == 50
    assert len(fifty) == len(one)


# Who owes what


def test_reporting_list_says_who_owes_what_since_when(asked, alice, erin, as_):
    factories.AssignmentFactory(commitment=asked.commitment, person=alice)

    page = as_(erin).get(LIST)

    assert sections(page)["Test programme"].startswith(
        "1 commitment is asked to report Reporting started on 1 May 2026. Monthly. Open reporting"
    )
    assert rows(page, "programme-test") == [
        "CPT26-001 · Test programme Test commitment Test lead In charge: Alice · "
        "nobody was told yet Due in 14 days due on 15 June 2026 Remind now : Test commitment"
    ]


def test_reporting_list_before_anything_is_asked(erin, world, as_):
    assert sections(as_(erin).get(LIST))["Test programme"] == (
        "0 commitments are asked to report Reporting has not been opened. "
        "Open reporting: Test programme"
    )


def test_reporting_list_shows_nothing_that_was_met(asked, alice, erin, as_):
    deeds.submitted(alice, asked.commitment)

    assert sections(as_(erin).get(LIST))["Test programme"].endswith("Nothing is owed at the moment")


@pytest.mark.parametrize("who", OTHERS)
def test_reporting_list_is_for_officers(who, as_, request):
    assert as_(request.getfixturevalue(who)).get(LIST).status_code == 403


# Waiving


def waive(world):
    obligation = world.commitment.obligations.get(period__starts_on=date(2026, 5, 1))
    return f"/en/staff/obligations/{obligation.pk}/waive/"


def test_obligation_waive_excuses_with_a_public_reason(asked, erin, client, as_):
    asking = as_(erin).get(waive(asked))
    answer = as_(erin).post(waive(asked), {"reason_vi": "", "reason_en": "Test: flooded"})

    assert "For May 2026, due on 15 June 2026" in sections(asking)["Waive an update"]
    assert "A waiver cannot be taken back." in sections(asking)["Waive an update"]
    assert told(answer) == [("success", "Waived. The reason is public.")]
    waived = Obligation.objects.get(waived_at__isnull=False)
    assert (waived.waived_by, waived.waiver_reason_en) == (erin, "Test: flooded")
    client.logout()
    assert "Test: flooded" in client.get("/en/commitments/test-commitment/").text


def test_obligation_waive_needs_a_reason(asked, erin, as_):
    answer = as_(erin).post(waive(asked), {"reason_vi": " ", "reason_en": ""})

    assert (answer.status_code, errors(answer)) == (
        422, [("id_reason_en", "Please give the public reason.")],
    )  # fmt: skip


def test_obligation_waive_of_what_was_met_meanwhile(asked, alice, erin, as_):
    deeds.submitted(alice, asked.commitment)

    answer = as_(erin).post(waive(asked), {"reason_en": "Test: flooded"})

    assert (answer.status_code, refusal(answer)) == (
        409, "This was not done This update is no longer owed: it was met or waived.",
    )  # fmt: skip
    assert answer.context["form"]["reason_en"].value() == "Test: flooded"


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_obligation_waive_is_for_officers_of_the_programme(method, who, asked, as_, request):
    person = request.getfixturevalue(who)

    answer = getattr(as_(person), method)(waive(asked), {"reason_en": "Test"})

    assert answer.status_code == 403
    assert Obligation.objects.filter(waived_at__isnull=False).count() == 0


def test_obligation_waive_of_nothing(erin, world, as_):
    assert as_(erin).get("/en/staff/obligations/999/waive/").status_code == 404
