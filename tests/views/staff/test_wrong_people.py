"""Every deed of staff by everybody who may not do it: refused, without a hint, and nothing moves."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import transaction

from commitments.models import User
from commitments.services import updates
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY

pytestmark = pytest.mark.usefixtures("monday")

ROLES = [
    "reporter",
    "approver",
    "senior_official",
    "officer",
    "assessor",
    "auditor",
    "administrator",
]


def member(name, organisation, role, **columns):
    person = factories.UserFactory(email=f"{name}@example.org", **columns)
    factories.MembershipFactory(user=person, organisation=organisation, role=role)
    return person


@pytest.fixture
def stage(world, alice, dan, erin):
    """One update in every state, what is owed, a charge, and a body elsewhere."""

    def commitment(slug):
        made = factories.CommitmentFactory(programme=world.programme, slug=slug)
        factories.ParticipationFactory(commitment=made, organisation=world.body)
        return made

    published = deeds.published(
        alice, dan, erin, commitment("test-published"), evidence=[deeds.PAGE],
        stage="reported_complete",
    )  # fmt: skip
    factories.EvidenceAcceptanceFactory(evidence=published.evidence.get(), officer=erin)
    second = factories.EvidenceFactory(
        update=published, source=factories.SourceFactory(), relation="press"
    )
    commitment("test-new")
    return SimpleNamespace(
        world=world,
        colleague=member("colleague", world.body, "reporter"),
        draft=deeds.draft(alice, world.commitment),
        submitted=deeds.submitted(alice, commitment("test-submitted")),
        approved=deeds.approved(alice, dan, commitment("test-approved")),
        held=updates.schedule_release(
            update=deeds.approved(alice, dan, commitment("test-held")),
            officer=erin,
            at=deeds.later(60),
            today=TODAY,
            now=NOW,
        ),
        published=published,
        page=second,
        owed=factories.ObligationFactory(commitment=world.commitment),
        charge=factories.AssignmentFactory(commitment=world.commitment, person=alice),
    )


def deeds_of(stage):
    """Every address that changes something: its right person, and what is sent."""
    version = {"version": "2"}
    reason = {"reason_en": "Test", "reason_vi": "Test"}
    whole = {"kind": "progress", "as_of_on": "1/6/2026", "stage": "paused", "summary_en": "Test",
             "deed": "submit", "version": "2", "evidence-TOTAL_FORMS": "0",
             "evidence-INITIAL_FORMS": "0"}  # fmt: skip
    draft, handed_in, signed, public = (
        stage.draft.pk, stage.submitted.pk, stage.approved.pk, stage.published.pk,
    )  # fmt: skip
    return {
        f"updates/{draft}/edit/": ("alice", whole),
        f"updates/{draft}/submit/": ("alice", {}),
        f"updates/{draft}/discard/": ("alice", {}),
        f"updates/{handed_in}/approve/": ("dan", version),
        f"updates/{handed_in}/return/": ("dan", version | {"comment": "Test"}),
        f"updates/{signed}/publish/": ("erin", version),
        f"updates/{signed}/return/": ("erin", version | {"comment": "Test"}),
        f"updates/{signed}/schedule/": (
            "erin", version | {"release_on": "3/6/2026", "release_time": "8:00"},
        ),
        f"updates/{stage.held.pk}/unschedule/": ("erin", {}),
        f"notes/update/{signed}/add/": ("alice dan erin", {"text": "Test", "readers": "own"}),
        f"updates/{public}/retract/": ("erin", reason),
        f"updates/{public}/confirm/": ("erin", {}),
        f"evidence/{stage.page.pk}/accept/": ("erin", {}),
        "commitments/test-new/updates/add/": ("alice", whole | {"after": "0"}),
        "commitments/test-commitment/assignments/add/": ("dan erin", {"person": stage.colleague.pk}),
        f"assignments/{stage.charge.pk}/end/": ("dan erin", {}),
        "programmes/test/reporting/open/": (
            "erin", {"deed": "open", "starts_on": "1/6/2026", "commitments": [stage.world.commitment.pk]},
        ),
        f"obligations/{stage.owed.pk}/waive/": ("erin", reason),
        f"obligations/{stage.owed.pk}/nudge/": ("dan erin", {}),
    }  # fmt: skip


def everything():
    """Every row of the product, but for who logged in when."""
    return {
        model.__name__: sorted(map(repr, model.objects.values()))
        for model in apps.get_app_config("commitments").get_models()
        if model is not User
    }


def strangers(stage, role):
    """Everybody who has the role, but not here, not now, or not for this."""
    world = stage.world
    other = factories.OrganisationFactory(slug=f"test-other-{role}")
    shown = factories.OrganisationFactory(slug=f"test-demo-{role}", is_demo=True)
    factories.ProgrammeFactory(delivery_unit=other)
    factories.ProgrammeFactory(delivery_unit=shown, is_demo=True)
    superuser = member(f"super-{role}", other, role, is_superuser=True, is_staff=True)
    people = [superuser, member(f"demo-{role}", shown, role), member(f"other-{role}", other, role)]
    for body in (world.body, world.unit):
        gone = member(f"gone-{role}-{body.pk}", body, role)
        gone.memberships.update(started_on="2026-05-01", ended_on="2026-05-31")
        people += [gone, member(f"off-{role}-{body.pk}", body, role, is_active=False)]
    return people


def test_each_deed_is_done_by_who_may(stage, as_, alice, dan, erin):
    """What is refused to all others below is possible as it stands."""
    people = {"alice": alice, "dan": dan, "erin": erin}
    found = {}
    for path, (right, said) in deeds_of(stage).items():
        with transaction.atomic():
            before = everything()
            answer = as_(people[right.split()[0]]).post(f"/en/staff/{path}", said)
            found[path] = (answer.status_code, everything() != before)
            transaction.set_rollback(True)

    assert found == dict.fromkeys(found, (302, True))


@pytest.mark.parametrize("role", ROLES)
def test_strangers_change_nothing_and_learn_nothing(role, stage, as_, client):
    people, before = strangers(stage, role), everything()

    answers = {
        (person.email, path): browser.post(f"/en/staff/{path}", said).status_code
        for person in people
        for browser in [as_(person)]
        for path, (_right, said) in deeds_of(stage).items()
    }

    assert everything() == before
    assert set(answers.values()) <= {302, 403, 404}
    inactive = {person.email for person in people if not person.is_active}
    moved_on = {who for (who, _path), code in answers.items() if code == 302}
    assert moved_on <= inactive


@pytest.mark.parametrize("role", ["senior_official", "assessor", "auditor", "administrator"])
def test_other_roles_of_the_same_houses_change_nothing(role, stage, as_):
    people = [
        member(f"{role}-{body.pk}", body, role) for body in (stage.world.body, stage.world.unit)
    ]
    before = everything()

    answers = {
        browser.post(f"/en/staff/{path}", said).status_code
        for person in people
        for browser in [as_(person)]
        for path, (_right, said) in deeds_of(stage).items()
    }

    assert everything() == before
    assert answers <= {403, 404}


@pytest.mark.parametrize("name", ["alice", "dan", "erin", "bob"])
def test_colleagues_do_only_what_is_theirs(name, stage, as_, request):
    person, before = request.getfixturevalue(name), everything()
    not_theirs = {
        path: said for path, (right, said) in deeds_of(stage).items() if name not in right.split()
    }

    browser = as_(person)
    answers = {
        path: browser.post(f"/en/staff/{path}", said).status_code
        for path, said in not_theirs.items()
    }

    assert everything() == before
    assert set(answers.values()) <= {302, 403, 404, 409}


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "patch", "delete"])
def test_only_a_post_acts(method, stage, as_, alice, dan, erin):
    before = everything()

    for person in (alice, dan, erin):
        browser = as_(person)
        for path, (_right, said) in deeds_of(stage).items():
            getattr(browser, method)(f"/en/staff/{path}", said)

    assert everything() == before


def test_a_draft_of_others_looks_like_nothing(stage, as_, bob, erin):
    """The officer sees no draft, and nobody elsewhere sees that there is one."""
    for person in (bob, erin):
        browser = as_(person)
        for deed in ("", "edit/", "submit/", "discard/", "approve/", "publish/"):
            mine, unknown = (
                browser.get(f"/en/staff/updates/{pk}/{deed}") for pk in (stage.draft.pk, 987654)
            )
            said = mine.content.replace(str(stage.draft.pk).encode(), b"987654")
            assert mine.status_code == unknown.status_code == 404
            assert said == unknown.content.replace(str(stage.draft.pk).encode(), b"987654")


def test_nobody_who_is_not_logged_in_is_told_anything(stage, client):
    before = everything()

    answers = {
        (answer.status_code, answer["Location"].partition("?")[0])
        for path, (_right, said) in deeds_of(stage).items()
        for answer in (client.get(f"/en/staff/{path}"), client.post(f"/en/staff/{path}", said))
    }

    assert everything() == before
    assert answers == {(302, "/en/staff/log-in/")}


def test_an_unpublished_source_is_nowhere(stage, client, as_, alice, bob):
    """What a draft cites is not public before it is, not by its address either."""
    hidden = factories.SourceFactory(slug="test-hidden", published_at=None)
    for path in (f"/en/sources/{hidden.slug}/", f"/api/v1/sources/{hidden.slug}/"):
        unknown, found = client.get(path.replace("hidden", "absent")), client.get(path)
        assert found.status_code == 404
        assert found.content == unknown.content.replace(b"absent", b"hidden")
        assert as_(bob).get(path).status_code == 404
