"""The way of an update: whose step it is, what it needs, and what it leaves in the record."""

from datetime import date, timedelta

import pytest

from commitments.errors import (
    Forbidden,
    IllegalTransition,
    Invalid,
    OwnWork,
    Refusal,
    Stale,
    WrongState,
)
from commitments.models import (
    Commitment,
    Evidence,
    Measurement,
    PublicEvent,
    ReviewAction,
    Source,
    StatusUpdate,
)
from commitments.services import drafts, stages, updates
from commitments.services.citations import EvidenceSaid
from commitments.services.record import EDITORS
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY

YESTERDAY = TODAY - timedelta(days=1)


def way(update):
    return list(
        ReviewAction.objects.filter(update=update).values_list("deed", "person__email", "comment")
    )


def state(update):
    return StatusUpdate.objects.get(pk=update.pk).state


def events():
    return list(PublicEvent.objects.values_list("action", "object_kind", "object_key"))


def standing(commitment):
    fresh = Commitment.objects.get(pk=commitment.pk)
    return fresh.stage, fresh.stage_as_of_on, fresh.stage_update_id, fresh.forecast


def submit(update, author, today=TODAY):
    return updates.submit_update(update=update, author=author, today=today, now=NOW)


def test_update_goes_its_whole_way(alice, dan, erin, world):
    target = factories.TargetFactory(
        commitment=world.commitment, metric="stations", unit="stations", value=20000
    )
    first = deeds.submitted(
        alice, world.commitment, evidence=[deeds.PAGE], measured={target.pk: "12.5"},
        forecast="on_track",
    )  # fmt: skip
    updates.return_update(update=first, reviewer=dan, comment=" Test: why? ", now=NOW)
    came_back = StatusUpdate.objects.get(pk=first.pk)
    drafts.save_draft(
        update=came_back,
        author=alice,
        said=deeds.SAID | {"summary_en": "Test: better", "forecast": "on_track"},
        evidence=[deeds.PAGE],
        measured={target.pk: 13},
        version=came_back.version,
        now=NOW,
    )
    submit(came_back, alice)
    updates.approve_update(update=came_back, approver=dan, now=NOW)
    updates.publish_update(update=came_back, publisher=erin, today=TODAY, now=NOW)

    done = StatusUpdate.objects.get()
    source = Source.objects.get()
    assert way(done) == [
        ("submitted", "alice@example.org", ""),
        ("returned", "dan@example.org", "Test: why?"),
        ("submitted", "alice@example.org", ""),
        ("approved", "dan@example.org", ""),
        ("published", "erin@example.org", ""),
    ]
    assert (done.state, done.number, done.author, done.approver, done.publisher) == (
        "published", 1, alice, dan, erin,
    )  # fmt: skip
    assert standing(world.commitment) == ("in_progress", TODAY, done.pk, "on_track")
    assert events() == [
        ("published", "source", source.slug),
        ("published", "status_update", "test-commitment/1"),
        ("published", "measurement", "test-commitment/1/1"),
        ("published", "evidence", f"test-commitment/1/{source.slug}"),
        ("stage_set", "commitment", "test-commitment"),
    ]
    assert {
        (event.actor_role, event.actor_organisation) for event in PublicEvent.objects.all()
    } == {("officer", "test-unit")}
    assert source.published_at == NOW


def test_published_event_says_what_is_public_and_no_name(alice, dan, erin, world):
    deeds.published(alice, dan, erin, world.commitment, summary_vi="Thử")

    event = PublicEvent.objects.get(object_kind="status_update")
    at = "2026-06-01T02:00:00.000000Z"
    assert event.before is None
    assert event.after == {
        "commitment": "test-commitment",
        "number": 1,
        "kind": "progress",
        "origin": "web",
        "speaker": "body",
        "as_of_on": "2026-06-01",
        "stage": "in_progress",
        "step": "",
        "forecast": "not_given",
        "summary_vi": "Thử",
        "summary_en": "Test: work is under way.",
        "problem_vi": "",
        "problem_en": "",
        "asked_vi": "",
        "asked_en": "",
        "correction_reason_vi": "",
        "correction_reason_en": "",
        "submitted_at": at,
        "approved_at": at,
        "published_at": at,
        "body": "test-lead",
        "corrects": None,
    }


# Submission


def test_submit_update_is_for_its_author(alice, dan, erin, bob, carol, world):
    draft = deeds.draft(alice, world.commitment)

    for person in (dan, erin, bob, carol):
        person.is_superuser = True
        with pytest.raises(Forbidden):
            submit(draft, person)
    assert (state(draft), way(draft)) == ("draft", [])


def test_submit_update_twice_is_refused(alice, world):
    handed_in = deeds.submitted(alice, world.commitment)

    with pytest.raises(IllegalTransition):
        submit(handed_in, alice)
    assert len(way(handed_in)) == 1


def test_submit_update_is_for_the_present_lead(alice, world):
    draft = deeds.draft(alice, world.commitment)
    factories.OrganisationFactory()
    world.lead.organisation = factories.OrganisationFactory()
    world.lead.save()

    with pytest.raises(Forbidden):
        submit(draft, alice)


DUE = {"due": "2026", "due_earliest": date(2026, 1, 1), "due_latest": date(2026, 12, 31)}


@pytest.mark.parametrize(
    ("said", "columns", "found"),
    [
        ({"as_of_on": None}, {}, [("as_of_missing", "as_of_on")]),
        ({"as_of_on": date(2026, 6, 2)}, {}, [("as_of_in_future", "as_of_on")]),
        ({"stage": ""}, {}, [("stage_missing", "stage")]),
        ({"summary_en": " "}, {}, [("summary_missing", "summary_vi")]),
        ({}, DUE, [("forecast_missing", "forecast")]),
        ({"forecast": "on_track"}, {}, [("forecast_not_asked", "forecast")]),
        ({"forecast": "at_risk"}, DUE, [("problem_missing", "problem_vi")]),
        (
            {"forecast": "off_track", "problem_en": "Test"},
            DUE,
            [("asked_missing", "asked_vi")],
        ),
        ({"stage": "reported_complete"}, {}, [("evidence_missing", "evidence")]),
        ({"kind": "no_change", "stage": ""}, {}, [("nothing_published_before", "kind")]),
        (
            {"as_of_on": None, "stage": "", "summary_en": ""},
            {},
            [
                ("as_of_missing", "as_of_on"),
                ("stage_missing", "stage"),
                ("summary_missing", "summary_vi"),
            ],
        ),
    ],
)
def test_submit_update_needs(said, columns, found, alice, world):
    Commitment.objects.update(**columns)
    draft = deeds.draft(alice, Commitment.objects.get(), **said)

    with pytest.raises(Refusal) as refused:
        submit(draft, alice)
    assert [(one.code, one.field) for one in refused.value.refusals] == found
    assert (state(draft), way(draft)) == ("draft", [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (EvidenceSaid(title="Test page"), "relation_missing"),
        (EvidenceSaid(title=" ", relation="press"), "title_missing"),
    ],
)
def test_submit_update_needs_title_and_issuer_of_evidence(row, code, alice, world):
    draft = deeds.draft(alice, world.commitment, evidence=[row])

    with pytest.raises(Refusal) as refused:
        submit(draft, alice)
    assert [(one.code, one.field) for one in refused.value.refusals] == [(code, "evidence")]


def test_submit_update_dates_its_measurements(alice, world):
    target = factories.TargetFactory(
        commitment=world.commitment, metric="stations", unit="stations", value=20000
    )
    draft = deeds.draft(
        alice, world.commitment, as_of_on=None, forecast="on_track", measured={target.pk: "1"}
    )
    drafts.save_draft(
        update=draft,
        author=alice,
        said={"as_of_on": YESTERDAY},
        evidence=[],
        measured={target.pk: 1},
        version=draft.version,
        now=NOW,
    )

    submit(draft, alice)

    assert list(Measurement.objects.values_list("as_of_on", flat=True)) == [YESTERDAY]


def test_submit_update_of_no_change_repeats_what_was_published(alice, dan, erin, world):
    Commitment.objects.update(**DUE)
    deeds.published(
        alice, dan, erin, world.commitment, forecast="at_risk", problem_en="Test problem"
    )

    handed_in = deeds.submitted(
        alice, world.commitment, kind="no_change", stage="", summary_en="", forecast="not_given"
    )

    fresh = StatusUpdate.objects.get(pk=handed_in.pk)
    assert (fresh.stage, fresh.forecast, fresh.problem_en) == (
        "in_progress", "at_risk", "Test problem",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"stage": "paused"}, "stage_changed"),
        ({"forecast": "off_track"}, "forecast_changed"),
        ({"problem_en": "Test: another problem"}, "problem_en_changed"),
    ],
)
def test_submit_update_of_no_change_loses_no_other_answer(said, code, alice, dan, erin, world):
    Commitment.objects.update(**DUE)
    deeds.published(
        alice, dan, erin, world.commitment, forecast="at_risk", problem_en="Test problem"
    )
    nothing = {"kind": "no_change", "stage": "", "forecast": "not_given", "summary_en": ""}

    with pytest.raises(Invalid) as refused:
        deeds.submitted(alice, world.commitment, **nothing | said)
    assert refused.value.code == code


def test_submit_update_of_no_change_needs_one_that_stands(alice, dan, erin, world):
    only = deeds.published(alice, dan, erin, world.commitment)
    updates.retract_update(update=only, officer=erin, reason_en="Test", today=TODAY, now=NOW)

    with pytest.raises(Refusal) as refused:
        deeds.submitted(alice, world.commitment, kind="no_change", stage="")
    assert refused.value.code == "nothing_published_before"


# Approval, return


def test_approve_update_is_for_approvers_of_the_body(alice, erin, bob, carol, world):
    handed_in = deeds.submitted(alice, world.commitment)
    factories.MembershipFactory(
        user=bob, organisation=bob.memberships.get().organisation, role="approver"
    )

    for person in (erin, bob, carol):
        person.is_superuser = True
        with pytest.raises(Forbidden):
            updates.approve_update(update=handed_in, approver=person, now=NOW)
    assert state(handed_in) == "submitted"


def test_approve_update_is_never_for_its_author(alice, world):
    handed_in = deeds.submitted(alice, world.commitment)
    factories.MembershipFactory(user=alice, organisation=world.body, role="approver")
    alice.is_superuser = True

    with pytest.raises(OwnWork):
        updates.approve_update(update=handed_in, approver=alice, now=NOW)
    assert state(handed_in) == "submitted"


def test_approve_update_signs_only_what_was_read(alice, dan, world):
    handed_in = deeds.submitted(alice, world.commitment)
    read = handed_in.version
    updates.return_update(update=handed_in, reviewer=dan, comment="Test", now=NOW)
    submit(handed_in, alice)

    with pytest.raises(Stale):
        updates.approve_update(update=handed_in, approver=dan, now=NOW, version=read)
    assert state(handed_in) == "submitted"


@pytest.mark.parametrize("make", [deeds.draft, deeds.returned])
def test_approve_update_needs_a_submission(make, alice, dan, world):
    people = (alice, dan) if make is deeds.returned else (alice,)
    update = make(*people, world.commitment)

    with pytest.raises(IllegalTransition):
        updates.approve_update(update=update, approver=dan, now=NOW)


@pytest.mark.parametrize("comment", ["", "   \n"])
def test_return_update_needs_a_comment(comment, alice, dan, world):
    handed_in = deeds.submitted(alice, world.commitment)

    with pytest.raises(Invalid) as refused:
        updates.return_update(update=handed_in, reviewer=dan, comment=comment, now=NOW)
    assert (refused.value.field, state(handed_in)) == ("comment", "submitted")


def test_return_update_by_the_officer_takes_the_approval_back(alice, dan, erin, world):
    signed = deeds.approved(alice, dan, world.commitment)

    updates.return_update(update=signed, reviewer=erin, comment="Test", now=NOW)

    fresh = StatusUpdate.objects.get()
    assert (fresh.state, fresh.approver, fresh.approved_at) == ("returned", None, None)


@pytest.mark.parametrize("who", ["erin", "bob", "carol"])
def test_return_update_is_for_whoever_could_approve(who, alice, world, request):
    handed_in, person = deeds.submitted(alice, world.commitment), request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        updates.return_update(update=handed_in, reviewer=person, comment="Test", now=NOW)


def test_return_update_is_never_for_its_author(alice, world):
    factories.MembershipFactory(user=alice, organisation=world.body, role="approver")
    handed_in = deeds.submitted(alice, world.commitment)

    with pytest.raises(OwnWork):
        updates.return_update(update=handed_in, reviewer=alice, comment="Test", now=NOW)


# Publication


@pytest.mark.parametrize("who", ["alice", "dan"])
def test_publish_update_is_never_for_author_or_approver(who, alice, dan, world, request):
    signed, person = deeds.approved(alice, dan, world.commitment), request.getfixturevalue(who)
    factories.MembershipFactory(user=person, organisation=world.unit, role="officer")
    person.is_superuser = True

    with pytest.raises(OwnWork):
        updates.publish_update(update=signed, publisher=person, today=TODAY, now=NOW)
    assert (state(signed), PublicEvent.objects.count()) == ("approved", 0)


def test_publish_update_is_for_officers_of_the_programme(alice, dan, bob, carol, world):
    signed = deeds.approved(alice, dan, world.commitment)
    elsewhere = factories.MembershipFactory(role="officer").user

    for person in (bob, carol, elsewhere):
        person.is_superuser = True
        with pytest.raises(Forbidden):
            updates.publish_update(update=signed, publisher=person, today=TODAY, now=NOW)
    assert (state(signed), PublicEvent.objects.count()) == ("approved", 0)


def test_publish_update_needs_an_approval(alice, erin, world):
    handed_in = deeds.submitted(alice, world.commitment)

    with pytest.raises(IllegalTransition):
        updates.publish_update(update=handed_in, publisher=erin, today=TODAY, now=NOW)


def test_publish_update_without_approval_where_the_body_has_no_approver(alice, dan, erin, world):
    type(world.body).objects.update(skips_approver=True)
    handed_in = deeds.submitted(alice, world.commitment)

    with pytest.raises(Forbidden):
        updates.approve_update(update=handed_in, approver=dan, now=NOW)
    done = updates.publish_update(update=handed_in, publisher=erin, today=TODAY, now=NOW)

    assert (done.state, done.approver, done.publisher) == ("published", None, erin)


def test_publish_update_signs_only_what_was_read(alice, dan, erin, world):
    signed = deeds.approved(alice, dan, world.commitment)

    with pytest.raises(Stale):
        updates.publish_update(
            update=signed, publisher=erin, today=TODAY, now=NOW, version=signed.version + 1
        )
    assert PublicEvent.objects.count() == 0


def test_publish_update_into_a_closed_commitment_is_refused(alice, dan, erin, world):
    signed = deeds.approved(alice, dan, world.commitment)
    Commitment.objects.update(stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY)

    with pytest.raises(IllegalTransition):
        updates.publish_update(update=signed, publisher=erin, today=TODAY, now=NOW)
    assert standing(world.commitment)[0] == "withdrawn"


def test_publish_update_of_an_older_day_does_not_move_the_stage(alice, dan, erin, world):
    newer = deeds.published(alice, dan, erin, world.commitment, stage="paused")

    deeds.published(alice, dan, erin, world.commitment, as_of_on=YESTERDAY)

    assert standing(world.commitment) == ("paused", TODAY, newer.pk, "not_given")
    assert [action for action, *_rest in events()] == ["published", "stage_set", "published"]


def test_publish_update_of_context_moves_nothing(alice, dan, erin, world):
    deeds.published(alice, dan, erin, world.commitment, kind="context", stage="")

    assert standing(world.commitment) == ("", None, None, "not_given")
    assert [action for action, *_rest in events()] == ["published"]


def test_publish_update_numbers_in_order(alice, dan, erin, world):
    made = [deeds.published(alice, dan, erin, world.commitment) for _time in range(3)]

    assert [update.number for update in made] == [1, 2, 3]


def test_publish_update_gives_way_to_a_source_of_the_record(alice, dan, erin, world):
    signed = deeds.approved(alice, dan, world.commitment, evidence=[deeds.PAGE])
    known = factories.SourceFactory(url=deeds.PAGE.url)

    updates.publish_update(update=signed, publisher=erin, today=TODAY, now=NOW)

    assert Evidence.objects.get().source == known
    assert list(Source.objects.all()) == [known]


# Correction, retraction


def correction(author, commitment, wrong, **said):
    reason = {"correction_reason_en": "Test: counted twice", "stage": "paused"}
    return deeds.draft(author, commitment, corrects=wrong, **reason | said)


def test_correction_stands_beside_what_it_corrects(alice, dan, erin, world):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    right = correction(alice, world.commitment, wrong)
    submit(right, alice)
    updates.approve_update(update=right, approver=dan, now=NOW)
    updates.publish_update(update=right, publisher=erin, today=TODAY, now=NOW)

    assert list(StatusUpdate.objects.standing()) == [right]
    assert list(StatusUpdate.objects.public().order_by("number")) == [wrong, right]
    assert standing(world.commitment)[:3] == ("paused", TODAY, right.pk)
    event = PublicEvent.objects.get(object_key="test-commitment/2")
    assert (event.after["corrects"], event.after["correction_reason_en"]) == (
        1, "Test: counted twice",
    )  # fmt: skip


def test_correction_needs_a_public_reason(alice, dan, erin, world):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    right = correction(alice, world.commitment, wrong, correction_reason_en="")

    with pytest.raises(Refusal) as refused:
        submit(right, alice)
    assert refused.value.field == "correction_reason_vi"


def test_correction_of_what_was_retracted_meanwhile_is_not_published(alice, dan, erin, world):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    right = correction(alice, world.commitment, wrong)
    submit(right, alice)
    updates.approve_update(update=right, approver=dan, now=NOW)
    updates.retract_update(update=wrong, officer=erin, reason_en="Test", today=TODAY, now=NOW)

    with pytest.raises(WrongState) as refused:
        updates.publish_update(update=right, publisher=erin, today=TODAY, now=NOW)
    assert refused.value.code == "already_corrected"


def test_retract_update_leaves_the_text_and_takes_the_stage_back(alice, dan, erin, world):
    first = deeds.published(alice, dan, erin, world.commitment, as_of_on=YESTERDAY)
    second = deeds.published(alice, dan, erin, world.commitment, stage="paused")

    notice = updates.retract_update(
        update=second, officer=erin, reason_en=" Test: wrong body ", today=TODAY, now=NOW
    )

    assert (notice.reason_en, state(second)) == ("Test: wrong body", "published")
    assert standing(world.commitment)[:3] == ("in_progress", YESTERDAY, first.pk)
    assert events()[-2:] == [
        ("retracted", "retraction", "test-commitment/2"),
        ("stage_set", "commitment", "test-commitment"),
    ]


def test_retract_update_needs_a_public_reason(alice, dan, erin, world):
    done = deeds.published(alice, dan, erin, world.commitment)

    with pytest.raises(Invalid):
        updates.retract_update(update=done, officer=erin, reason_en=" ", today=TODAY, now=NOW)


def test_retract_update_once(alice, dan, erin, world):
    done = deeds.published(alice, dan, erin, world.commitment)
    updates.retract_update(update=done, officer=erin, reason_en="Test", today=TODAY, now=NOW)

    with pytest.raises(WrongState) as refused:
        updates.retract_update(update=done, officer=erin, reason_en="Test", today=TODAY, now=NOW)
    assert refused.value.code == "already_retracted"


@pytest.mark.parametrize(
    ("who", "error"),
    [("alice", OwnWork), ("dan", OwnWork), ("bob", Forbidden), ("carol", Forbidden)],
)
def test_retract_update_is_for_another_officer(who, error, alice, dan, erin, world, request):
    done, person = deeds.published(alice, dan, erin, world.commitment), request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(error):
        updates.retract_update(update=done, officer=person, reason_en="Test", today=TODAY, now=NOW)


def test_submit_refuses_what_another_window_saved_meanwhile(alice, world):
    read = deeds.draft(alice, world.commitment)
    deeds.draft(alice, world.commitment, summary_en="Test: another window")

    with pytest.raises(Stale):
        updates.submit_update(update=read, author=alice, today=TODAY, now=NOW, version=read.version)

    assert state(read) == "draft"


def test_correction_does_not_reopen_what_an_import_closed(alice, dan, erin, world):
    wrong = deeds.published(
        alice, dan, erin, world.commitment, as_of_on=TODAY - timedelta(days=60)
    )  # fmt: skip
    fulfilled = factories.StatusUpdateFactory(
        commitment=world.commitment, is_imported=True, speaker="government", stage="complete",
        as_of_on=YESTERDAY,
    )  # fmt: skip
    stages.apply_update(fulfilled, by=EDITORS, effective_on=TODAY, now=NOW)

    right = correction(alice, world.commitment, wrong, as_of_on=TODAY)
    submit(right, alice)
    updates.approve_update(update=right, approver=dan, now=NOW)
    updates.publish_update(update=right, publisher=erin, today=TODAY, now=NOW)

    assert standing(world.commitment)[:3] == ("complete", YESTERDAY, fulfilled.pk)
