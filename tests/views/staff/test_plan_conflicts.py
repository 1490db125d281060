"""Two people saving one plan: the second sees both versions, field by field, and chooses."""

import re
from html import unescape

import pytest

from commitments.models import Commitment, written_by
from commitments.services import plans
from tests import factories
from tests.factories.clock import NOW, TODAY
from tests.plans import begun, sheet
from tests.views.staff.planning import SAVED, TARGET, address, plan_typed, sent_back
from tests.views.staff.reading import told, words

pytestmark = pytest.mark.usefixtures("monday")

EDIT = address("test-pledge", "edit/")


@pytest.fixture
def draft(erin, world):
    return begun(erin, world.programme)


@pytest.fixture
def colleague(world):
    user = factories.UserFactory(email="frank@example.org", full_name="Frank")
    return factories.MembershipFactory(user=user, organisation=world.unit, role="officer").user


def saved_meanwhile(draft, officer, **changes):
    with written_by("web", lambda: officer):
        return plans.save_commitment(
            commitment=draft, officer=officer, said=sheet(slug="test-pledge", **changes),
            version=draft.version, today=TODAY, now=NOW,
        )  # fmt: skip


def fieldsets(page):
    """The fields that differ, with both versions."""
    parts = page.text.split('<fieldset class="fields govuk-fieldset versions">')[1:]
    return [words(part.split("</fieldset>")[0]) for part in parts]


def hidden(page):
    """The form of the conflict as a browser sends it, with the versions that are chosen."""
    form = page.text.split('<main id="content"')[1].split("</main>")[0]
    return dict(_inputs(form))


def _inputs(form):
    for tag in re.findall(r"<input[^>]*>", form):
        found = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        if found.get("type") != "radio" or " checked" in tag:
            yield found["name"], unescape(found.get("value", ""))


def test_the_second_sees_both_versions(draft, erin, colleague, as_):
    saved_meanwhile(draft, erin, title_en="Test first", targets=())

    page = as_(colleague).post(
        EDIT, plan_typed(version=1, slug="test-pledge", title_en="Test second", due="2027")
    )

    assert page.status_code == 409
    assert "Erin saved this draft on 1 June 2026 at 09:00, after you opened it" in words(page.text)
    assert fieldsets(page) == [
        "Title, in English What you typed here Test second What was saved meanwhile Test first",
        "Due What you typed here 2027 What was saved meanwhile 31/12/2026",
        "Targets What you typed here Test: 20,000 stations · stations · stations · At least · 20000 "
        "· 2026 · 5 · 1/1/2026 · More is better · The latest value counts "
        "What was saved meanwhile (empty)",
    ]
    assert Commitment.objects.get(pk=draft.pk).title_en == "Test first"


def test_the_second_chooses_and_saves(draft, erin, colleague, as_):
    saved_meanwhile(draft, erin, title_en="Test first", note="Test note of the first", targets=())
    page = as_(colleague).post(
        EDIT, plan_typed(version=1, title_en="Test second", note="Test note of the second")
    )

    sent = hidden(page) | {"deed": "merge", "take-title_en": "stored", "take-targets": "stored"}
    shown = as_(colleague).post(EDIT, sent)

    assert (shown.status_code, told(shown)) == (
        200, [("info", "Nothing is saved yet. Check the text and save it.")],
    )  # fmt: skip
    answer = as_(colleague).post(EDIT, sent_back(shown) | {"deed": "save"})
    draft.refresh_from_db()
    assert (answer.status_code, draft.title_en, draft.note, draft.targets.count()) == (
        302, "Test first", "Test note of the second", 0,
    )  # fmt: skip


def test_who_typed_the_same_has_nothing_to_choose(draft, erin, colleague, as_):
    saved_meanwhile(draft, erin, title_en="Test same")

    answer = as_(colleague).post(
        EDIT, plan_typed(version=1, slug="test-pledge", title_en="Test same")
    )

    assert (answer.status_code, told(answer)) == (302, SAVED)


def test_an_invalid_form_never_forgets_what_it_was_judged_by(draft, erin, colleague, as_):
    """Its version stays the one that was read, so that mending it overwrites nobody."""
    saved_meanwhile(draft, erin, title_en="Test first")

    page = as_(colleague).post(EDIT, plan_typed(version=1, due="x"))
    rows = as_(colleague).post(EDIT, plan_typed(version=1, deed="targets-add"))

    for one in (page, rows):
        assert '<input type="hidden" name="version" value="1">' in one.text


def test_a_third_hand_while_choosing_is_shown_again(draft, erin, colleague, as_):
    second = saved_meanwhile(draft, erin, title_en="Test first")
    page = as_(colleague).post(EDIT, plan_typed(version=1, title_en="Test second"))
    saved_meanwhile(second, erin, title_en="Test third")

    again = as_(colleague).post(EDIT, hidden(page) | {"deed": "merge"})

    assert again.status_code == 409
    assert "What was saved meanwhile Test third" in fieldsets(again)[0]


def test_rows_of_the_one_never_mix_with_those_of_the_other(draft, erin, colleague, as_):
    saved_meanwhile(draft, erin, milestones=())
    typed = plan_typed(version=1, rows={"targets": [TARGET | {"text_en": "Test mine"}]})
    page = as_(colleague).post(EDIT, typed)

    shown = as_(colleague).post(
        EDIT, hidden(page) | {"deed": "merge", "take-milestones": "stored", "take-targets": "mine"}
    )

    assert "Test mine" in shown.text
    assert "Test step" not in shown.text
