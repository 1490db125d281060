"""The demonstration shows every screen of the staff's work beside reporting, each row by a person."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from commitments.imports.demo import read_demo
from commitments.management.commands.load_demo import SEED
from commitments.models import (
    Absence,
    Assignment,
    ChangeRequest,
    Commitment,
    Contact,
    FieldComment,
    HandOver,
    InternalNote,
    Invitation,
    Organisation,
    OrganisationName,
    Participation,
    StatusUpdate,
    User,
)
from commitments.models.trace import Route
from commitments.rules.moments import VIETNAM
from commitments.services.demo import load_demo
from commitments.services.invitation_mails import deliver_invitation, invitations_to_send
from commitments.services.plans import missing_of
from commitments.services.updates import updates_to_release

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """Loaded once for all tests of this module; what they write on top is rolled back each time."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(plan=read_demo(SEED), password="test password", now=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(db): ...


def _person(email):
    return User.objects.get(email=email)


def test_changes_of_plan_are_open_approved_and_refused():
    told = ChangeRequest.objects.values_list("commitment__slug", "kind", "decision")

    assert set(told) == {
        ("demo-tree-register", "date_moved", "approved"),
        ("demo-queue-app", "date_moved", "refused"),
        ("demo-school-robots", "narrowed", ""),
        ("demo-fax-line", "withdrawn", "approved"),
    }
    waiting = ChangeRequest.objects.waiting_for(_person("officer.two@example.org"))
    assert [change.commitment.slug for change in waiting] == ["demo-school-robots"]


def test_a_moved_date_stands_beside_the_original_and_a_refused_one_moves_nothing():
    dates = Commitment.objects.values_list("original_due", "due")

    assert dates.get(slug="demo-tree-register") == ("2027-02", "2027-04")
    assert dates.get(slug="demo-queue-app") == ("2026-10", "2026-10")


def test_a_draft_says_what_is_missing():
    draft = Commitment.objects.get(published_at=None)

    assert [missing.field for missing in missing_of(draft, today=TODAY)] == [
        "text_vi", "sources", "parts"
    ]  # fmt: skip
    assert draft.created_by.email == "officer@example.org"


def test_an_update_is_set_for_the_morning_after():
    update = StatusUpdate.objects.get(release_at__isnull=False)
    morning = datetime(2026, 11, 22, 9, 0, tzinfo=VIETNAM)

    assert (update.commitment.slug, update.state, update.release_at) == (
        "demo-stories",
        "approved",
        morning,
    )
    assert updates_to_release(now=NOW) == []
    assert updates_to_release(now=morning) == [update.pk]


def test_a_return_comments_on_a_field():
    (comment,) = FieldComment.objects.select_related("action__update__commitment")

    assert (comment.action.update.commitment.slug, comment.field) == (
        "demo-school-robots",
        "summary_vi",
    )


def test_charges_have_a_deputy_and_an_absence_a_cover():
    absence = Absence.objects.get()

    assert list(
        Assignment.objects.standing()
        .filter(is_deputy=True)
        .values_list("person__email", "commitment__slug")
    ) == [("deputy.a@example.org", "demo-tree-register")]
    assert (absence.person.email, absence.cover.email, absence.starts_on, absence.ends_on) == (
        "reporter.a@example.org",
        "deputy.a@example.org",
        date(2026, 11, 28),
        date(2026, 12, 5),
    )


def test_a_hand_over_waits_to_be_seen():
    made, leaver = HandOver.objects.get(), _person("leaver.tv@example.org")

    assert (made.giver, made.taker.email, made.seen_at) == (leaver, "reporter.tv@example.org", None)
    assert made.moved["charges"] == 1
    assert leaver.roles == frozenset()
    assert not Assignment.objects.standing().filter(person=leaver).exists()


def test_notes_are_shared_or_for_one_house():
    notes = InternalNote.objects.values_list("organisation__slug", "is_shared")

    assert set(notes) == {("demo-delivery-unit", True), ("demo-company-a", False)}


def test_an_invitation_stands_and_its_mail_goes_out(mailoutbox):
    offered = Invitation.objects.get()

    assert (offered.email, offered.accepted_at, offered.sent_at) == (
        "invited@example.org",
        None,
        None,
    )
    assert invitations_to_send(now=NOW) == [offered.pk]
    assert deliver_invitation(offered.pk, now=NOW) is True
    assert [mail.to for mail in mailoutbox] == [["invited@example.org"]]


def test_bodies_are_renamed_merged_and_reached():
    former, merged = OrganisationName.objects.get(), Organisation.objects.get(slug="demo-radio")

    assert (former.organisation.slug, former.name_en, former.organisation.name_en) == (
        "demo-ministry",
        "Demonstration Ministry of Samples",
        "Demonstration Ministry of Examples",
    )
    assert merged.merged_into.slug == "demo-broadcaster"
    parts = Participation.objects.filter(commitment__slug="demo-weather-balloons", role="partner")
    assert {part.organisation.slug: part.ended_on is None for part in parts} == {
        "demo-radio": False,
        "demo-broadcaster": True,
    }
    assert Contact.objects.get().email.endswith("@example.org")


def test_the_history_names_who_did_it():
    (asked,) = ChangeRequest.history.filter(commitment__slug="demo-school-robots", history_type="+")

    assert (asked.history_user.email, asked.route) == ("approver.a@example.org", Route.WEB)
