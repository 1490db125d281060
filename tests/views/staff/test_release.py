"""Setting the time of a publication, and that nothing of it is public before."""

from datetime import timedelta

import pytest

from commitments.models import PublicEvent, StatusUpdate
from commitments.services import updates
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY
from tests.views.staff.judging import FORBIDDEN, OWN, buttons, page, superuser
from tests.views.staff.reading import errors, refusal, sections, told

pytestmark = pytest.mark.usefixtures("monday")
AT = {"release_on": "3/6/2026", "release_time": "8h30"}
MARKER = "Test marker of what is held back"
PUBLIC = [
    "/en/", "/en/commitments/", "/en/commitments/test-commitment/", "/en/record/",
    "/en/organisations/test-lead/", "/en/programmes/test/", "/en/sources/",
    "/api/v1/updates/", "/api/v1/commitments/", "/api/v1/commitments/test-commitment/",
    "/api/v1/events/", "/api/v1/sources/",
]  # fmt: skip


def only():
    return StatusUpdate.objects.get()


@pytest.fixture
def held(signed, erin):
    return updates.schedule_release(
        update=signed, officer=erin, at=NOW + timedelta(days=2), today=TODAY, now=NOW
    )


def test_update_schedule_sets_the_time_in_viet_nam(signed, erin, as_):
    answer = as_(erin).post(page(signed, "schedule/"), AT | {"version": signed.version})

    assert told(answer) == [("success", "It will be published on 3 June 2026 at 08:30.")]
    assert (only().release_at.isoformat(), only().released_by) == (
        "2026-06-03T01:30:00+00:00", erin,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (
            {"release_on": "", "release_time": ""},
            [("id_release_on", "Please say on which day."),
             ("id_release_time", "Please say at what time.")],
        ),
        (
            {"release_on": "1/6/2026", "release_time": "8:59"},
            [("id_release_on", "This time has passed. Choose a later one, or publish at once.")],
        ),
        (
            {"release_on": "31/8/2026", "release_time": "8:00"},
            [("id_release_on", "This is more than 90 days away. Choose an earlier day.")],
        ),
        (
            {"release_on": "3/6/2026", "release_time": "noon"},
            [("id_release_time",
              "Please write the time as hour and minute, for example 8:30 or 16:00.")],
        ),
    ],
)  # fmt: skip
def test_update_schedule_answers_at_its_fields(typed, found, signed, erin, as_):
    answer = as_(erin).post(page(signed, "schedule/"), typed)

    assert (answer.status_code, errors(answer)) == (422, found)
    form = answer.context["schedule_form"]
    assert {name: form[name].value() for name in typed} == typed
    assert only().release_at is None


@pytest.mark.parametrize("deed", ["schedule/", "unschedule/"])
@pytest.mark.parametrize(
    ("who", "said"), [("alice", OWN), ("dan", OWN), ("bob", None), ("carol", None)]
)
def test_the_time_is_for_another_officer(deed, who, said, held, world, as_, request):
    person = superuser(request.getfixturevalue(who))
    if said == OWN:
        factories.MembershipFactory(user=person, organisation=world.unit, role="officer")

    answer = as_(person).post(page(held, deed), AT)

    assert (answer.status_code, refusal(answer)) == ((403, said) if said else (404, None))
    assert only().release_at == NOW + timedelta(days=2)


@pytest.mark.parametrize("who", ["alice", "dan"])
def test_the_time_is_not_for_the_body(who, held, as_, request):
    answer = as_(request.getfixturevalue(who)).post(page(held, "schedule/"), AT)

    assert (answer.status_code, refusal(answer)) == (403, OWN)
    assert FORBIDDEN != OWN


@pytest.mark.parametrize("who", ["alice", "dan", "erin"])
def test_update_detail_says_when_it_will_be_published(who, held, as_, request):
    found = as_(request.getfixturevalue(who)).get(page(held))

    said = "To be published on 3 June 2026 at 09:00 Set by Erin. Nothing of it is public before."
    assert said in sections(found)["Test commitment"]
    assert (
        "Set to be published for 3 June 2026 at 09:00"
        in (sections(found)["What happened to it so far"])
    )


def test_update_detail_of_what_is_held_offers_every_way_out(held, erin, as_):
    assert [text.strip() for text in buttons(as_(erin).get(page(held)))] == [
        "Publish", "Set the time", "Take it off the schedule", "Return to its author",
    ]  # fmt: skip


def test_update_unschedule_lets_it_wait_again(held, erin, as_):
    answer = as_(erin).post(page(held, "unschedule/"))

    assert told(answer) == [("success", "Taken off the schedule. It waits for an officer again.")]
    assert (only().release_at, only().state) == (None, "approved")


def test_history_says_why_a_time_was_not_kept(held, erin, dan, as_):
    erin.memberships.update(ended_on=TODAY)
    updates.release_update(held.pk, now=NOW + timedelta(days=3))

    said = sections(as_(dan).get(page(held)))["What happened to it so far"]

    assert "The officer who set the time no longer has that role." in said


def test_nothing_of_it_is_public_before_its_time(alice, dan, erin, world, as_, client):
    update = deeds.approved(
        alice, dan, world.commitment, summary_en=MARKER,
        evidence=[deeds.EvidenceSaid(title=MARKER, relation="press", publisher=MARKER)],
    )  # fmt: skip
    as_(erin).post(page(update, "schedule/"), AT)
    client.logout()

    before = {path: client.get(path) for path in PUBLIC}
    assert {path: answer.status_code for path, answer in before.items()} == dict.fromkeys(
        PUBLIC, 200
    )
    assert [path for path, answer in before.items() if MARKER in answer.text] == []
    assert [path for path, answer in before.items() if "2026-06-03" in answer.text] == []
    assert PublicEvent.objects.count() == 0

    assert updates.release_update(update.pk, now=NOW + timedelta(days=3)) is True
    after = [path for path in PUBLIC if MARKER in client.get(path).text]
    assert "/en/commitments/test-commitment/" in after
    assert "/api/v1/updates/" in after
