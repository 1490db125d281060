"""Drafts: who begins one, what is kept of it, and that a second window loses nothing."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.errors import Forbidden, Refusal, Stale, WrongState
from commitments.models import Evidence, Measurement, Source, StatusUpdate
from commitments.rules.dates import LimitedDate
from commitments.services import drafts, updates
from commitments.services.citations import EvidenceSaid
from tests import deeds, factories
from tests.factories.clock import NOW, TODAY

COLUMNS = (
    "kind", "state", "origin", "speaker", "as_of_on", "stage", "forecast", "summary_en",
    "body", "author", "approver", "publisher", "version", "number", "corrects",
)  # fmt: skip


def start(author, commitment, **more):
    return drafts.start_draft(commitment=commitment, author=author, today=TODAY, now=NOW, **more)


def save(update, author, said, **more):
    kept = {"evidence": [], "measured": {}, "version": update.version, "now": NOW} | more
    return drafts.save_draft(update=update, author=author, said=said, **kept)


def stored(update):
    return StatusUpdate.objects.values(*COLUMNS).get(pk=update.pk)


def test_start_draft_is_empty_and_of_today(alice, world):
    begun = start(alice, world.commitment)

    assert stored(begun) == {
        "kind": "progress",
        "state": "draft",
        "origin": "web",
        "speaker": "body",
        "as_of_on": TODAY,
        "stage": "",
        "forecast": "not_given",
        "summary_en": "",
        "body": world.body.pk,
        "author": alice.pk,
        "approver": None,
        "publisher": None,
        "version": 1,
        "number": None,
        "corrects": None,
    }


def test_start_draft_twice_is_one_draft(alice, world):
    first, second = start(alice, world.commitment), start(alice, world.commitment)

    assert (first.pk, StatusUpdate.objects.count()) == (second.pk, 1)


@pytest.mark.parametrize("who", ["dan", "erin", "bob", "carol"])
def test_start_draft_is_for_reporters_of_the_lead(who, world, request):
    person = request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        start(person, world.commitment)
    assert StatusUpdate.objects.count() == 0


@pytest.mark.parametrize(
    "columns",
    [
        {"stage": "complete", "stage_as_of_on": TODAY, "closed_on": TODAY},
        {"published_at": None, "reference": None},
    ],
    ids=["closed", "unpublished"],
)
def test_start_draft_needs_a_published_open_commitment(columns, alice, world):
    type(world.commitment).objects.update(**columns)

    with pytest.raises(Forbidden):
        start(alice, world.commitment)


def test_start_draft_needs_a_lead(alice, world):
    world.lead.delete()

    with pytest.raises(Forbidden):
        start(alice, world.commitment)


def test_start_draft_corrects_a_published_update_of_a_closed_commitment(alice, dan, erin, world):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    type(world.commitment).objects.update(stage="withdrawn", closed_on=TODAY)

    correction = start(alice, world.commitment, corrects=wrong)

    assert (correction.corrects, correction.state) == (wrong, "draft")


def test_start_draft_corrects_nothing_that_is_not_the_bodys(bob, alice, dan, erin, world):
    wrong = deeds.published(alice, dan, erin, world.commitment)

    with pytest.raises(Forbidden):
        start(bob, world.commitment, corrects=wrong)


def test_start_draft_corrects_nothing_unpublished(alice, world):
    waiting = deeds.submitted(alice, world.commitment)

    with pytest.raises(Forbidden):
        start(alice, world.commitment, corrects=waiting)


def test_start_draft_corrects_nothing_retracted(alice, dan, erin, world):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    updates.retract_update(update=wrong, officer=erin, reason_en="Test", today=TODAY, now=NOW)

    with pytest.raises(WrongState) as refused:
        start(alice, world.commitment, corrects=wrong)
    assert refused.value.code == "already_corrected"


def test_start_draft_keeps_one_matter_in_one_draft(alice, dan, erin, world):
    wrong = deeds.published(alice, dan, erin, world.commitment)
    start(alice, world.commitment)

    with pytest.raises(WrongState) as refused:
        start(alice, world.commitment, corrects=wrong)
    assert refused.value.code == "draft_is_about_something_else"


def test_save_draft_keeps_what_was_said(alice, world):
    begun = start(alice, world.commitment)

    said = {"stage": "paused", "summary_en": "Test", "as_of_on": date(2026, 5, 31)}
    kept = save(begun, alice, said)

    assert stored(kept) == stored(begun) | said | {"version": 2}


def test_save_draft_may_be_half_empty(alice, world):
    begun = start(alice, world.commitment)

    kept = save(begun, alice, {"as_of_on": None, "summary_en": ""})

    assert (kept.as_of_on, kept.version) == (None, 2)


def test_save_draft_of_a_stale_version_writes_nothing(alice, world):
    begun = start(alice, world.commitment)
    save(begun, alice, {"summary_en": "Test, first window"})

    with pytest.raises(Stale):
        save(begun, alice, {"summary_en": "Test, second window"}, evidence=[deeds.PAGE])
    assert stored(begun)["summary_en"] == "Test, first window"
    assert Evidence.objects.count() == 0


@pytest.mark.parametrize("who", ["dan", "erin", "bob", "carol"])
def test_save_draft_is_for_its_author(who, alice, world, request):
    begun, person = start(alice, world.commitment), request.getfixturevalue(who)
    person.is_superuser = True

    with pytest.raises(Forbidden):
        save(begun, person, {"summary_en": "Test"})
    assert stored(begun)["summary_en"] == ""


def test_save_draft_is_not_for_an_author_who_left(alice, world):
    begun = start(alice, world.commitment)
    alice.memberships.update(ended_on=TODAY)

    with pytest.raises(Forbidden):
        save(begun, type(alice).objects.get(pk=alice.pk), {"summary_en": "Test"})


def test_save_draft_refuses_what_was_handed_in(alice, world):
    handed_in = deeds.submitted(alice, world.commitment)

    with pytest.raises(Forbidden):
        save(handed_in, alice, {"summary_en": "Test"})


@pytest.mark.parametrize(
    ("said", "evidence", "found"),
    [
        ({"summary_en": "x" * 5001}, [], [("too_long", "summary_en")]),
        ({"stage": "complete"}, [], [("stage_not_the_bodys", "stage")]),
        ({"kind": "gossip"}, [], [("kind_unknown", "kind")]),
        (
            {"kind": "context", "stage": "paused", "forecast": "at_risk"},
            [],
            [("context_has_stage", "stage"), ("context_has_forecast", "forecast")],
        ),
        ({}, [EvidenceSaid(title="x" * 501)], [("too_long", "evidence")]),
        ({}, [EvidenceSaid(title="Test", relation="us")], [("relation_unknown", "evidence")]),
        ({}, [EvidenceSaid(title="Test")] * 21, [("too_much_evidence", "evidence")]),
    ],
)
def test_save_draft_refuses_what_cannot_be_kept(said, evidence, found, alice, world):
    begun = start(alice, world.commitment)

    with pytest.raises(Refusal) as refused:
        save(begun, alice, said, evidence=evidence)
    assert [(one.code, one.field) for one in refused.value.refusals] == found
    assert (stored(begun)["version"], Source.objects.count()) == (1, 0)


def test_save_draft_makes_sources_of_its_evidence(alice, world):
    begun = start(alice, world.commitment)
    row = EvidenceSaid(
        title="Test page",
        publisher="Test publisher",
        url="https://example.org/page",
        published=LimitedDate.parse("2026-05"),
        relation="press",
        shows="Test: what it shows",
    )

    kept = save(begun, alice, {}, evidence=[row])

    [evidence] = Evidence.objects.filter(update=kept)
    source = evidence.source
    assert (evidence.relation, evidence.shows) == ("press", "Test: what it shows")
    assert {
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "published": source.published,
        "latest": source.published_latest,
        "added_by": source.added_by,
        "published_at": source.published_at,
        "is_demo": source.is_demo,
    } == {
        "title": "Test page",
        "publisher": "Test publisher",
        "url": "https://example.org/page",
        "published": "2026-05",
        "latest": date(2026, 5, 31),
        "added_by": alice,
        "published_at": None,
        "is_demo": False,
    }


def test_save_draft_leaves_no_source_behind_that_it_dropped(alice, world):
    begun = deeds.draft(alice, world.commitment, evidence=[deeds.PAGE])

    save(begun, alice, {}, evidence=[])

    assert (Evidence.objects.count(), Source.objects.count()) == (0, 0)


def test_save_draft_names_the_records_own_source(alice, world):
    known = factories.SourceFactory(url=deeds.PAGE.url)

    kept = deeds.draft(alice, world.commitment, evidence=[deeds.PAGE])
    save(kept, alice, {}, evidence=[])

    assert list(Source.objects.all()) == [known]


@pytest.mark.parametrize("column", [{"is_demo": True}, {"published_at": None}])
def test_save_draft_names_no_source_of_another_kind(column, alice, world):
    other = factories.SourceFactory(url=deeds.PAGE.url, **column)

    kept = deeds.draft(alice, world.commitment, evidence=[deeds.PAGE])

    assert [row.source != other for row in kept.evidence.all()] == [True]


def test_save_draft_measures_present_targets_with_a_quantity(alice, world):
    change = factories.ChangeRequestFactory(commitment=world.commitment)
    old = quantified(world.commitment)
    new = quantified(world.commitment, replaces=old, change=change)
    wordy = factories.TargetFactory(commitment=world.commitment)
    elsewhere = quantified(factories.CommitmentFactory())
    begun = start(alice, world.commitment)

    measured = {target.pk: Decimal("12.5") for target in (old, new, wordy, elsewhere)}
    kept = save(begun, alice, {"as_of_on": date(2026, 5, 31)}, measured=measured)

    assert list(Measurement.objects.values_list("update", "target", "value", "as_of_on")) == [
        (kept.pk, new.pk, Decimal("12.5"), date(2026, 5, 31))
    ]


def quantified(commitment, **more):
    return factories.TargetFactory(
        commitment=commitment, metric="stations", unit="stations", value=20000, **more
    )


def begin(author, commitment, *, after=0, said=None):
    return drafts.begin_draft(
        commitment=commitment,
        author=author,
        said=said or {"summary_en": "Test"},
        evidence=[],
        measured={},
        after=after,
        today=TODAY,
        now=NOW,
    )


def test_begin_draft_keeps_what_was_typed_first(alice, world):
    begun = begin(alice, world.commitment)

    assert (begun.summary_en, begun.version) == ("Test", 2)


def test_begin_draft_leaves_nothing_behind_when_it_cannot_be_kept(alice, world):
    with pytest.raises(Refusal):
        begin(alice, world.commitment, said={"summary_en": "x" * 5001})
    assert StatusUpdate.objects.count() == 0


@pytest.mark.parametrize("make", [deeds.draft, deeds.submitted])
def test_begin_draft_twice_from_one_form_makes_one_row(make, alice, world):
    begun = make(alice, world.commitment)

    with pytest.raises(drafts.AlreadyBegun) as stale:
        begin(alice, world.commitment)
    assert (stale.value.update, StatusUpdate.objects.count()) == (begun, 1)


def test_begin_draft_goes_on_from_a_form_that_knows_the_last_update(alice, world):
    last = deeds.submitted(alice, world.commitment)

    begun = begin(alice, world.commitment, after=last.pk)

    assert (begun.state, StatusUpdate.objects.count()) == ("draft", 2)


def test_discard_draft_takes_its_evidence_along(alice, world):
    target = quantified(world.commitment)
    begun = deeds.draft(alice, world.commitment, evidence=[deeds.PAGE], measured={target.pk: "1"})

    drafts.discard_draft(update=begun, author=alice)

    assert [model.objects.count() for model in (StatusUpdate, Evidence, Source, Measurement)] == [
        0, 0, 0, 0,
    ]  # fmt: skip


def test_discard_draft_never_touches_what_was_handed_in_or_anothers(alice, dan, world):
    came_back = deeds.returned(alice, dan, world.commitment)
    begun = start(alice, world.commitment)

    for update, person in [(came_back, alice), (begun, dan)]:
        with pytest.raises(Forbidden):
            drafts.discard_draft(update=update, author=person)
    assert StatusUpdate.objects.count() == 2


@pytest.mark.parametrize(
    ("commitment", "target", "asked"),
    [
        ({}, None, False),
        ({}, {}, False),
        ({}, {"metric": "m", "unit": "u", "value": 1}, True),
        ({}, {"due": "2026", "due_earliest": "2026-01-01", "due_latest": "2026-12-31"}, True),
        ({"due": "2026", "due_earliest": "2026-01-01", "due_latest": "2026-12-31"}, None, True),
    ],
)
def test_asks_forecast_only_where_there_is_something_to_forecast(commitment, target, asked, db):
    made = factories.CommitmentFactory(**commitment)
    if target is not None:
        factories.TargetFactory(commitment=made, **target)

    assert drafts.asks_forecast(made) is asked
