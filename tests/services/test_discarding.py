"""A draft is thrown away whatever happened beside it, and takes nothing of others with it."""

from commitments.models import InternalNote, ReviewAction, StatusUpdate
from commitments.services import drafts
from commitments.services.hand_overs import give_update
from commitments.services.notes import write_note
from tests import deeds, factories
from tests.factories.clock import NOW


def test_draft_that_was_handed_over_can_be_discarded(alice, world):
    draft, taker = deeds.draft(alice, world.commitment), factories.UserFactory()
    factories.MembershipFactory(user=taker, organisation=world.body, role="reporter")
    give_update(draft, taker, NOW)

    drafts.discard_draft(update=draft, author=taker)

    assert not StatusUpdate.objects.exists()
    assert not ReviewAction.objects.exists()


def test_notes_beside_a_discarded_draft_stay_with_the_commitment(alice, dan, world):
    draft = deeds.draft(alice, world.commitment)
    note = write_note(about=draft, text="Test note", is_shared=False, author=dan, now=NOW)

    drafts.discard_draft(update=draft, author=alice)

    assert not StatusUpdate.objects.exists()
    assert InternalNote.objects.values_list("pk", "update", "commitment", "text").get() == (
        note.pk, None, world.commitment.pk, "Test note",
    )  # fmt: skip
