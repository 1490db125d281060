"""Internal notes: for whom they are kept, who writes and reads them, and that none comes twice."""

import pytest

from commitments.errors import Forbidden, Invalid
from commitments.models import InternalNote, PublicEvent
from commitments.services.notes import write_note
from tests import deeds, factories
from tests.factories.clock import NOW


def write(author, about, text="Test note", is_shared=False, now=NOW):
    return write_note(about=about, text=text, is_shared=is_shared, author=author, now=now)


def member(world, role, body=None):
    person = factories.UserFactory(email=f"{role}@example.org")
    factories.MembershipFactory(user=person, organisation=body or world.unit, role=role)
    return person


@pytest.mark.parametrize(("who", "body"), [("alice", "body"), ("dan", "body"), ("erin", "unit"),
                                           ("carol", "unit")])  # fmt: skip
def test_write_note_belongs_to_the_writers_body(who, body, world, request):
    note = write(request.getfixturevalue(who), world.commitment, " Test note ")

    assert (note.text, note.is_shared, note.organisation) == (
        "Test note", False, getattr(world, body),
    )  # fmt: skip
    assert (note.commitment, note.update, note.change) == (world.commitment, None, None)
    assert PublicEvent.objects.count() == 0


def test_write_note_is_about_an_update_or_a_change(alice, erin, world):
    update = deeds.submitted(alice, world.commitment)
    change = factories.ChangeRequestFactory(commitment=world.commitment)

    notes = [write(erin, about) for about in (update, change)]

    assert [(one.commitment, one.update, one.change) for one in notes] == [
        (None, update, None), (None, None, change),
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["bob", "auditor"])
def test_write_note_is_for_who_works_on_it_and_never_for_the_auditor(who, bob, world):
    person = bob if who == "bob" else member(world, "auditor")
    person.is_superuser = True

    with pytest.raises(Forbidden):
        write(person, world.commitment)
    assert InternalNote.objects.count() == 0


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "text_missing"), (" \n", "text_missing"), ("x" * 4001, "too_long"),
     ("Test \u202e note", "hidden_character")],
)  # fmt: skip
def test_write_note_refuses_what_it_cannot_keep(text, code, alice, world):
    with pytest.raises(Invalid) as refused:
        write(alice, world.commitment, text)

    assert (refused.value.code, refused.value.field) == (code, "text")


def test_write_note_sent_twice_is_one(alice, dan, world):
    first, second = write(alice, world.commitment), write(alice, world.commitment)

    assert first == second
    write(alice, world.commitment, is_shared=True)
    write(dan, world.commitment)
    write(alice, world.commitment, "Test note")
    assert InternalNote.objects.count() == 4


@pytest.mark.parametrize(
    ("is_shared", "readers"),
    [(False, {"alice", "dan"}), (True, {"alice", "dan", "erin", "carol", "bob"})],
)
def test_notes_are_seen_by_the_own_body_or_both(
    is_shared, readers, alice, dan, erin, carol, bob, world
):
    """Of who may look inside at all the page asks the rules besides: Bob may not."""
    write(alice, world.commitment, is_shared=is_shared)
    people = {"alice": alice, "dan": dan, "erin": erin, "carol": carol, "bob": bob}

    found = {
        name for name, person in people.items() if InternalNote.objects.visible_to(person).exists()
    }

    assert found == readers


def test_notes_have_a_history_of_their_own(alice, world):
    note = write(alice, world.commitment)

    assert [row.history_type for row in note.history.all()] == ["+"]
