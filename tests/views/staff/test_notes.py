"""Internal notes: on which pages they stand, who reads and writes them, never in public."""

import re

import pytest
from django.urls import NoReverseMatch, reverse

from commitments.models import Commitment, InternalNote
from commitments.services.notes import write_note
from commitments.urls.public import routes as public
from tests import deeds, factories
from tests.api.paths import LISTS
from tests.factories.clock import NOW
from tests.views.staff.judging import page
from tests.views.staff.reading import errors, sections, told

pytestmark = pytest.mark.usefixtures("monday")
MARKER = "Test marker of an internal note"
NONE = "never public No notes yet."


def add(noun, row):
    return f"/en/staff/notes/{noun}/{row.pk}/add/"


def write(author, about, text=MARKER, is_shared=False):
    return write_note(about=about, text=text, is_shared=is_shared, author=author, now=NOW)


def member(world, role):
    person = factories.UserFactory(email=f"{role}@example.org", full_name=f"Test {role}")
    factories.MembershipFactory(user=person, organisation=world.unit, role=role)
    return person


def read(response):
    """What stands in the section of notes, before the form."""
    found = sections(response).get("Internal notes")
    return found.split(" Write a note")[0] if found else None


def test_note_create_keeps_it_for_the_own_body_by_default(handed_in, alice, as_):
    answer = as_(alice).post(add("update", handed_in), {"text": MARKER, "readers": "own"})

    assert (answer.url, told(answer)) == (
        f"{page(handed_in)}#notes", [("success", "The note is kept. It is not public.")],
    )  # fmt: skip
    note = InternalNote.objects.get()
    assert (note.update, note.is_shared, note.text) == (handed_in, False, MARKER)
    form = as_(alice).get(page(handed_in)).context["notes"]["form"]
    assert form["readers"].value() == "own"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ({"text": "", "readers": "own"}, [("note_text", "Please write the note.")]),
        ({"text": MARKER}, [("note_readers_0", "Please choose who may read it.")]),
        (
            {"text": "x" * 4001, "readers": "own"},
            [("note_text", "This text has 4001 characters; 4000 is the limit.")],
        ),
        (
            {"text": MARKER, "readers": "everybody"},
            [("note_readers_0",
              "Select a valid choice. everybody is not one of the available choices.")],
        ),
    ],
)  # fmt: skip
def test_note_create_answers_at_its_fields_and_loses_nothing(typed, found, handed_in, dan, as_):
    answer = as_(dan).post(add("update", handed_in), typed)

    assert (answer.status_code, errors(answer)) == (422, found)
    assert answer.context["form"]["text"].value() == typed["text"]
    assert InternalNote.objects.count() == 0


def test_note_create_shared_is_read_by_both_sides(handed_in, alice, erin, as_):
    as_(alice).post(add("update", handed_in), {"text": MARKER, "readers": "shared"})

    assert read(as_(erin).get(page(handed_in))) == (
        f"never public {MARKER} Alice, Test lead · 1 June 2026 09:00 · "
        "read by the responsible body and the delivery unit"
    )


@pytest.mark.parametrize(
    ("writer", "reader", "sees"),
    [
        ("alice", "dan", True),
        ("alice", "erin", False),
        ("erin", "carol", True),
        ("erin", "auditor", True),
        ("erin", "alice", False),
    ],
)
def test_a_note_for_the_own_body_is_read_by_it_alone(
    writer, reader, sees, world, alice, as_, request
):
    update = deeds.submitted(alice, world.commitment)
    note = write(request.getfixturevalue(writer), update)
    auditor = reader == "auditor"
    person = member(world, "auditor") if auditor else request.getfixturevalue(reader)
    if reader == "carol":  # an administrator sees no unpublished update, an officer does
        factories.MembershipFactory(user=person, organisation=world.unit, role="officer")
    if auditor:
        assert list(InternalNote.objects.visible_to(person)) == [note]
        return
    assert (MARKER in as_(person).get(page(update)).text) is sees


@pytest.mark.parametrize(("who", "status"), [("bob", 403), ("auditor", 403)])
def test_note_create_by_who_may_not_write(who, status, world, bob, as_):
    person = bob if who == "bob" else member(world, "auditor")

    answer = as_(person).post(add("commitment", world.commitment), {"text": "x", "readers": "own"})

    assert (answer.status_code, InternalNote.objects.count()) == (status, 0)


def test_a_public_update_shows_no_notes_to_who_works_elsewhere(complete, alice, bob, as_):
    write(alice, complete, is_shared=True)

    found = as_(bob).get(page(complete))

    assert (found.status_code, read(found), MARKER in found.text) == (200, None, False)


@pytest.mark.parametrize("noun", ["update", "commitment", "change", "person", "../x"])
def test_note_create_about_what_is_unseen_or_nothing(noun, alice, bob, world, as_):
    draft = deeds.draft(alice, world.commitment)
    Commitment.objects.update(published_at=None, reference=None)

    assert as_(bob).post(add(noun, draft), {"text": "x", "readers": "own"}).status_code == 404


def test_note_create_only_posts_act(handed_in, alice, as_):
    found = as_(alice).get(add("update", handed_in), {"text": MARKER, "readers": "own"})

    assert (found.status_code, InternalNote.objects.count()) == (200, 0)


def test_notes_are_on_no_public_page_and_in_no_answer_of_the_api(
    alice, dan, erin, world, facts, client
):
    """Every public address that the product has, with a note beside everything."""
    done = deeds.published(alice, dan, erin, world.commitment, evidence=[deeds.PAGE])
    change = factories.ChangeRequestFactory(
        commitment=world.commitment, requester=alice, decision="approved", decider=erin,
        decided_at=NOW,
    )  # fmt: skip
    for about in (world.commitment, done, change):
        for is_shared in (True, False):
            write(erin, about, MARKER, is_shared)
    paths = [*public_paths(), *api_paths()]

    answers = {path: client.get(path) for path in paths}

    assert len(answers) > 30
    assert {
        path for path, answer in answers.items() if answer.status_code not in (200, 404)
    } == set()
    assert [path for path, answer in answers.items() if MARKER.encode() in answer.getvalue()] == []


def public_paths():
    """Each public page, of the test's own rows where it is about one."""
    values = {"slug": "test-commitment", "programme": "test", "number": 1, "sequence": 1,
              "one": 1, "other": 1, "version": 1}  # fmt: skip
    slugs = {"programme-detail": "test", "organisation-detail": "test-lead"}
    for pattern in public:
        names = re.findall(r"<\w+:(\w+)>", str(pattern.pattern))
        said = {name: values.get(name, "test") for name in names}
        if pattern.name in slugs:
            said["slug"] = slugs[pattern.name]
        try:
            yield reverse(pattern.name, kwargs=said)
        except NoReverseMatch:  # pragma: no cover
            raise AssertionError(pattern.name) from None


def api_paths():
    """Each list of the API, and the rows of the test's own commitment."""
    rows = [
        "commitments/test-commitment",
        "updates/test-commitment/1",
        "organisations/test-lead",
        "programmes/test",
        "events/head",
    ]
    return [f"/api/v1/{path}/" for path in (*LISTS, *rows)]
