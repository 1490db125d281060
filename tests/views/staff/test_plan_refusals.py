"""What the pages of a plan refuse, at which field, and whom they turn away."""

import pytest

from commitments.models import Commitment
from tests import factories
from tests.plans import begun, public
from tests.views.staff.planning import (
    CREATE,
    LEAD,
    MILESTONE,
    SAVED,
    SOURCE,
    TARGET,
    address,
    plan_typed,
    sent_back,
    stored,
)
from tests.views.staff.reading import errors, refusal, told

pytestmark = pytest.mark.usefixtures("monday")


# Refusals


def test_refusals_stand_at_their_fields(erin, world, as_):
    rows = {
        "parts": [{}, LEAD, LEAD | {"organisation": "test-unit"}],
        "targets": [TARGET | {"unit": ""}],
        "milestones": [MILESTONE | {"due": ""}],
        "sources": [{"url": "https://example.org/x"}],
    }
    fields = {"title_vi": "", "title_en": " ", "slug": "Test"}

    page = as_(erin).post(CREATE, plan_typed(rows=rows, **fields))

    assert (page.status_code, errors(page)) == (
        422,
        [
            ("id_title_en", "Please give a title in at least one language."),
            (
                "id_slug",
                "Please use small letters a to z, digits, and single hyphens between them.",
            ),
            (
                "id_parts-2-role",
                "A commitment has one lead at most. Please make the other one a partner.",
            ),
            ("id_targets-0-unit", "Please give the unit of the figure."),
            ("id_milestones-0-due", "Please say by when, as precisely as it is known."),
            ("id_sources-0-title", "Please give the title of the publication."),
        ],
    )
    assert Commitment.objects.count() == 1


def test_dates_and_figures_that_cannot_be_read_stand_at_their_fields(erin, world, as_):
    rows = {"targets": [TARGET | {"value": "1,234.", "due": "2026-13"}]}

    page = as_(erin).post(CREATE, plan_typed(rows=rows, due="31/2/2026"))

    assert (page.status_code, [field for field, _text in errors(page)]) == (
        422, ["id_due", "id_targets-0-value", "id_targets-0-due"],
    )  # fmt: skip


def test_refusals_in_vietnamese_ask_in_the_readers_language(erin, world, as_):
    page = as_(erin).post(CREATE.replace("/en/", "/vi/"), plan_typed(title_vi="", title_en=""))

    assert [field for field, _text in errors(page)] == ["id_title_vi"]


def test_refusals_of_hidden_characters(erin, world, as_):
    fields = {"title_en": "Test\u202e", "text_vi": "Thử\x00"}

    page = as_(erin).post(CREATE, plan_typed(rows={"targets": [{"metric": "a\u2066"}]}, **fields))

    assert (page.status_code, [field for field, _text in errors(page)]) == (
        422, ["id_title_en", "id_text_vi", "id_targets-0-metric"],
    )  # fmt: skip


def test_too_many_rows_are_refused_and_shown(erin, world, as_):
    page = as_(erin).post(CREATE, plan_typed(rows={"sources": [SOURCE] * 21}))

    assert page.status_code == 422
    assert ("sources", "20 rows are the most that can be kept.") in errors(page)


def test_a_plan_with_every_row_that_it_may_hold_is_kept(erin, world, as_):
    bodies = [factories.OrganisationFactory().slug for _time in range(19)]
    empty = dict.fromkeys(("text_vi", "value_max", "number"), "")
    rows = {
        "parts": [LEAD, *(LEAD | {"organisation": one, "role": "partner"} for one in bodies)],
        "targets": [TARGET | empty] * 20,
        "milestones": [MILESTONE | {"title_vi": "", "number": ""}] * 40,
        "sources": [
            SOURCE | {"url": f"https://example.org/{number}", "title": f"Test {number}",
                      "slug": "", "published": "", "language": "", "kind": ""}
            for number in range(20)
        ],
    }  # fmt: skip
    chosen = {f"take-{name}": "mine" for name in (*plan_typed(), *rows)}

    answer = as_(erin).post(CREATE, plan_typed(rows=rows) | chosen)

    draft = stored()
    assert (answer.status_code, told(answer)) == (302, SAVED)
    assert [len(one) for one in (draft.parts, draft.targets, draft.milestones, draft.sources)] == [
        20, 20, 40, 20,
    ]  # fmt: skip


def test_a_form_without_its_counts_is_answered(erin, world, as_):
    sent = {name: value for name, value in plan_typed().items() if "TOTAL" not in name}

    page = as_(erin).post(CREATE, sent)

    assert page.status_code == 422
    assert ("parts", "Some rows arrived incomplete. Please try again.") in errors(page)


def test_a_merged_body_names_its_successor(erin, world, as_):
    begun(erin, world.programme)
    type(world.body).objects.filter(pk=world.body.pk).update(
        merged_into=world.unit, merged="2026", merged_earliest="2026-01-01",
        merged_latest="2026-12-31",
    )  # fmt: skip
    edit = address("test-pledge", "edit/")

    shown = as_(erin).get(edit)
    page = as_(erin).post(edit, sent_back(shown) | {"title_en": "Test anew"})

    assert sent_back(shown)["parts-0-organisation"] == "test-lead"
    assert errors(page) == [
        (
            "id_parts-0-organisation",
            "This organisation was merged into Test delivery unit. Please choose that one.",
        )
    ]


def test_a_tampered_source_is_refused(erin, world, as_):
    hidden = factories.SourceFactory(published_at=None)

    page = as_(erin).post(CREATE, plan_typed(rows={"sources": [{"slug": hidden.slug}]}))

    assert (page.status_code, [text for _field, text in errors(page)]) == (
        422, ["This source is not known. Please choose it again, or enter it as new."],
    )  # fmt: skip


# Who may


@pytest.mark.parametrize("who", ["alice", "dan", "bob", "carol"])
def test_commitment_create_is_an_officers(who, world, as_, request):
    browser = as_(request.getfixturevalue(who))

    answers = [browser.get(CREATE).status_code, browser.post(CREATE, plan_typed()).status_code]

    assert (answers, Commitment.objects.count()) == ([403, 403], 1)


@pytest.mark.parametrize("deed", ["edit/", "publish/", "discard/"])
@pytest.mark.parametrize(
    ("who", "status"), [("alice", 403), ("dan", 403), ("bob", 404), ("carol", 404)]
)
def test_drafts_are_an_officers(deed, who, status, erin, world, as_, request):
    """The lead body sees its draft; a body elsewhere does not, nor does who only administers."""
    draft = begun(erin, world.programme)
    browser = as_(request.getfixturevalue(who))
    to = address(draft.slug, deed)

    answers = [browser.get(to).status_code, browser.post(to, plan_typed(version=1)).status_code]

    draft.refresh_from_db()
    assert (answers, draft.version, draft.published_at) == ([status, status], 1, None)


@pytest.mark.parametrize("deed", ["edit/", "publish/", "discard/"])
def test_drafts_are_nothing_for_the_officer_of_another_unit(deed, erin, world, as_):
    begun(erin, world.programme)
    other = factories.ProgrammeFactory()
    officer = factories.MembershipFactory(organisation=other.delivery_unit, role="officer").user

    assert as_(officer).get(address("test-pledge", deed)).status_code == 404


def test_officers_of_the_demonstration_never_touch_the_record(world, as_):
    unit = factories.OrganisationFactory(is_demo=True)
    invented = factories.ProgrammeFactory(slug="demo", is_demo=True, delivery_unit=unit)
    officer = factories.MembershipFactory(organisation=unit, role="officer").user
    add = "/en/staff/programmes/demo/commitments/add/"

    real = as_(officer).post(CREATE, plan_typed())
    mixed = as_(officer).post(add, plan_typed())

    assert (real.status_code, mixed.status_code) == (403, 422)
    assert [field for field, _text in errors(mixed)] == ["id_parts-0-organisation"]
    assert invented.commitments.count() == 0


def test_nobody_gets_in_without_logging_in(client, world):
    answers = [client.get(to).status_code for to in (CREATE, address("test-commitment", "edit/"))]

    assert answers == [302, 302]


@pytest.mark.parametrize("deed", ["edit/", "publish/", "discard/"])
def test_what_is_public_is_not_edited(deed, erin, world, as_):
    commitment = public(erin, world.programme)

    answer = as_(erin).get(address(commitment.slug, deed))

    assert (answer.status_code, answer.url) == (302, address(commitment.slug))


def test_what_is_public_is_not_saved_either(erin, world, as_):
    public(erin, world.programme)

    page = as_(erin).post(address("test-pledge", "edit/"), plan_typed(version=1))

    assert (page.status_code, refusal(page)) == (
        409,
        "This was not done This commitment is public. Its wording, dates, targets and lead now "
        "change only by a change request that somebody else decides.",
    )
