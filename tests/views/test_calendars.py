"""Calendars as other programs fetch them: public ones, and one's own by a secret address."""

from datetime import date, timedelta

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.services.calendar_addresses import make_calendar_address, revoke_calendar_address
from commitments.text.calendars import sign_nonce
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.feeds.lines import faults
from tests.views.public.everything import SLUG, Everything


@pytest.fixture(autouse=True)
def monday(settings):
    settings.SITE_URL = "https://cam-ket.example.org"
    with time_machine.travel(NOW, tick=False):
        yield


PUBLIC = (
    "/calendar/programmes/test.ics",
    "/calendar/organisations/test-lead.ics",
    "/calendar/commitments/test-commitment.ics",
)


@pytest.fixture
def dated(world):
    row = world.commitment
    row.due, row.due_earliest, row.due_latest = "2026-08-31", *[date(2026, 8, 31)] * 2
    row.save()
    return row


@pytest.fixture
def address(alice, dated):
    """Alice's calendar, with one date in it."""
    factories.AssignmentFactory(commitment=dated, person=alice)
    row = make_calendar_address(person=alice, now=NOW)
    return f"/calendar/people/{sign_nonce(row.nonce)}.ics"


def titles(answer):
    assert faults(answer.content) == []
    calendar = icalendar.Calendar.from_ical(answer.content)
    return [str(event["SUMMARY"]) for event in calendar.events]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_calendar_is_for_everybody(path, dated, client):
    answer = client.get(f"{path}?lang=en")

    assert (answer.status_code, titles(answer)) == (200, ["Due: Test commitment (CPT26-001)"])
    name = path.rpartition("/")[2]
    names = ("Content-Type", "Content-Disposition", "Cache-Control", "Content-Language")
    assert [answer[one] for one in names] == [
        "text/calendar; charset=utf-8",
        f'inline; filename="{name}"',
        "public, max-age=900",
        "en",
    ]
    assert (len(answer.cookies), client.head(path).status_code) == (0, 200)


@pytest.mark.parametrize("path", PUBLIC)
def test_a_program_that_has_it_already_gets_nothing(path, dated, client):
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    dated.due_earliest = dated.due_latest = date(2026, 9, 1)
    dated.due = "2026-09-01"
    dated.save()
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_public_calendar_speaks_one_language_vietnamese_where_none_is_asked(dated, client):
    answers = [
        client.get(PUBLIC[2] + asked, headers={"accept-language": "en"})
        for asked in ("", "?lang=vi", "?lang=en", "?lang=fr")
    ]

    assert [answer["Content-Language"] for answer in answers] == ["vi", "vi", "en", "vi"]
    assert "SUMMARY;LANGUAGE=vi:" in answers[0].text
    assert "/vi/commitments/" in answers[0].text


@pytest.mark.parametrize("path", [*PUBLIC, "/calendar/people/test.ics"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_calendar_is_only_read(method, path, dated, client):
    assert getattr(client, method)(path).status_code == 405


def test_what_is_not_public_has_no_calendar(world, client):
    for row in (world.programme, world.body):
        row.published_at = None
        row.save()
    draft = factories.CommitmentFactory(is_draft=True)
    paths = [*PUBLIC[:2], f"/calendar/commitments/{draft.slug}.ics", "/calendar/programmes/no.ics"]

    assert [client.get(path).status_code for path in paths] == [404] * 4


def test_calendars_take_as_many_queries_with_1_row_as_with_many(db, client):
    everything = Everything()
    everything.commitment.reporting_opened_on = TODAY
    everything.commitment.reporting_opened_by = everything.user
    everything.commitment.save()
    person = everything.user
    for role in ("reporter", "approver", "officer"):
        factories.MembershipFactory(user=person, organisation=everything.body, role=role)
    factories.ParticipationFactory(commitment=everything.commitment, organisation=everything.body)
    own = sign_nonce(make_calendar_address(person=person, now=NOW).nonce)
    paths = [
        f"/calendar/{noun}/{SLUG}.ics" for noun in ("programmes", "organisations", "commitments")
    ]
    paths.append(f"/calendar/people/{own}.ics")

    def charge():
        mine = everything.programme.commitments.exclude(assignments__person=person)
        for row in mine:
            row.reporting_opened_on, row.reporting_opened_by = TODAY, person
            row.save()
            factories.AssignmentFactory(commitment=row, person=person)
            update = factories.StatusUpdateFactory(
                commitment=row,
                body=everything.body,
                state="submitted",
                submitted_at=NOW,
                as_of_on=TODAY,
            )
            assert update.author != person
            factories.ChangeRequestFactory(commitment=row)

    found = []
    for number in (1, 2):
        everything.grow(number)
        charge()
        for path in paths:
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(path)
            assert titles(answer)
            found.append(len(captured))

    assert found[:4] == found[4:]
    assert found[:4] == [7, 6, 7, 16]


# One's own


def test_own_calendar_needs_no_log_in_and_speaks_its_readers_language(address, alice, client):
    answer = client.get(address)

    assert (answer.status_code, len(titles(answer))) == (200, 1)
    names = ("Cache-Control", "X-Robots-Tag", "Content-Language", "Content-Disposition")
    assert [answer[name] for name in names] == [
        "private, no-cache", "noindex", alice.language, 'inline; filename="cam-ket.ics"',
    ]  # fmt: skip
    assert client.get(f"{address}?lang=en")["Content-Language"] == "en"
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, len(answer.cookies)) == (304, 0)


def test_own_calendar_is_there_for_nobody_without_its_address(address, alice, dan, client):
    def asked(path):
        answer = client.get(path)
        return answer.status_code, answer.content

    unknown = asked("/calendar/people/unknown.ics")
    forged = asked(f"/calendar/people/{address.rpartition('/')[2].partition('.')[0]}.forged.ics")
    never = asked(f"/calendar/people/{sign_nonce('never')}.ics")
    revoke_calendar_address(person=alice, now=NOW)
    revoked = asked(address)
    left = make_calendar_address(person=dan, now=NOW)
    dan.is_active = False
    dan.save()
    gone = asked(f"/calendar/people/{sign_nonce(left.nonce)}.ics")

    assert unknown[0] == 404
    assert [forged, never, revoked, gone] == [unknown] * 4


def test_a_new_address_makes_the_old_one_useless(address, alice, client):
    new = make_calendar_address(person=alice, now=NOW + timedelta(hours=1))

    paths = [address, f"/calendar/people/{sign_nonce(new.nonce)}.ics"]
    assert [client.get(path).status_code for path in paths] == [404, 200]


def test_calendar_of_somebody_who_left_the_body_is_empty(address, alice, client):
    alice.memberships.all().delete()

    assert (client.get(address).status_code, titles(client.get(address))) == (200, [])


# Where the pages offer them


@pytest.mark.parametrize(
    ("page", "calendar"),
    [
        ("programmes/test/", "programmes/test"),
        ("organisations/test-lead/", "organisations/test-lead"),
        ("commitments/test-commitment/", "commitments/test-commitment"),
    ],
)
def test_public_pages_offer_their_calendar_in_their_language(page, calendar, dated, client):
    for language in ("vi", "en"):
        text = client.get(f"/{language}/{page}").text
        for scheme in ("webcal", "https"):
            link = f"{scheme}://cam-ket.example.org/calendar/{calendar}.ics?lang={language}"
            assert f'href="{link}"' in text
