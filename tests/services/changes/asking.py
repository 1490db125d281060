"""What the tests of changes ask for, and how a plan is put into the record for them to change."""

from datetime import date

from commitments.models import ChangeRequest, Commitment, PublicEvent
from commitments.services import changes, record
from commitments.services.record import EDITORS
from tests import factories
from tests.factories.clock import NOW, TODAY

TYPED = changes.SourceSaid(
    title="Test letter", publisher="Test publisher", url="https://example.org/test-letter"
)
WORDING = {"text_vi": "", "text_en": "Test wording, made clearer", "basis": "summarised"}
TARGET = {
    "text_vi": "",
    "text_en": "Test: 20 bridges",
    "metric": "test bridges",
    "unit": "bridges",
    "comparator": "at_least",
    "value": "20",
    "value_max": None,
    "baseline": None,
    "baseline_on": None,
    "direction": "up",
    "cumulation": "",
    "due": "2027",
}
MILESTONE = {"title_vi": "Bước thử", "title_en": "Test step", "due": "2026-Q4"}
LEAD = {"lead": "test-next", "stage": "assigned", "since": "2026-06", "confidence": "confirmed"}


def ask(requester, commitment, kind="date_moved", *, now=NOW, **asked):
    """A request with a reason and a new source; `asked` changes what a whole one says."""
    said = {
        "proposed": {"due": "2027-06"},
        "reason_en": "Test reason",
        "stated_on": TODAY,
        "source": TYPED,
        "today": TODAY,
    }
    return changes.request_change(
        commitment=commitment, requester=requester, kind=kind, now=now, **(said | asked)
    )


def decide(change, decider, decision="approved", note="", now=NOW):
    return changes.decide_change(
        change=change, decider=decider, decision=decision, note=note, today=TODAY, now=now
    )


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def plan_in(world):
    """A commitment due at the end of 2026 with a wording, two targets and a milestone, another
    body and another commitment; `events` is how many lines the record has."""
    commitment = world.commitment
    for name in ("original_due", "due"):
        setattr(commitment, name, "2026")
        setattr(commitment, f"{name}_earliest", date(2026, 1, 1))
        setattr(commitment, f"{name}_latest", date(2026, 12, 31))
    commitment.save()
    world.wording = factories.WordingFactory(commitment=commitment)
    world.target = factories.TargetFactory(
        commitment=commitment, metric="test bridges", unit="bridges", value=30, due="2026",
        due_earliest=date(2026, 1, 1), due_latest=date(2026, 12, 31),
    )  # fmt: skip
    factories.TargetFactory(commitment=commitment)
    world.milestone = factories.MilestoneFactory(commitment=commitment)
    world.next = factories.OrganisationFactory(slug="test-next", name_en="Test next lead")
    world.other = factories.CommitmentFactory(
        programme=world.programme, slug="test-other", reference="CPT26-002"
    )
    world.events = in_record(world)
    return world


def in_record(world):
    """Put everything of the world into the record, as loading or publishing did."""
    rows = [
        *{commitment.programme for commitment in Commitment.objects.all()},
        world.unit,
        *_all("Organisation").exclude(pk=world.unit.pk).order_by("pk"),
        *_all("Source").filter(published_at__isnull=False),
        *Commitment.objects.filter(published_at__isnull=False).order_by("pk"),
        *_all("Wording"),
        *_all("Participation"),
        *_all("Target"),
        *_all("Milestone"),
    ]
    record.publish_many(rows, action="loaded", by=EDITORS, effective_on=TODAY, now=NOW)
    return PublicEvent.objects.count()


def _all(name):
    return getattr(factories, f"{name}Factory")._meta.model.objects.order_by("pk")


def events(after=0):
    """What the record told since then: action, kind, key, role and organisation that acted."""
    return list(
        PublicEvent.objects.filter(sequence__gt=after)
        .order_by("sequence")
        .values_list("action", "object_kind", "object_key", "actor_role", "actor_organisation")
    )


def faults():
    return [tuple(fault) for fault in record.verify()]


def decisions():
    return list(ChangeRequest.objects.order_by("pk").values_list("kind", "decision"))
