"""Asking for a change of plan: first what is to change, then the change itself."""

import pytest

from commitments.models import ChangeKind, ChangeRequest, Commitment, Source
from commitments.reports.present import mark_of
from tests import factories
from tests.factories.clock import TODAY
from tests.services.changes.asking import ask, decide
from tests.views.staff.reading import errors, refusal, told

pytestmark = pytest.mark.usefixtures("monday")

ADD = "/en/staff/commitments/test-commitment/changes/add/"
SOURCE = {"source": "new", "title": "Test letter", "publisher": "Test publisher",
          "url": "https://example.org/test-letter", "published": "5/2026"}  # fmt: skip
GROUNDS = {"reason_vi": "", "reason_en": "Test reason", "stated_on": "1/6/2026", **SOURCE}
TARGET = {"text_vi": "", "text_en": "Test: 20 bridges", "metric": "test bridges",
          "unit": "bridges", "comparator": "range", "value": "1,500.5", "value_max": "2,000,000",
          "baseline": "0", "baseline_on": "1/5/2026", "direction": "up", "cumulation": "sum",
          "due": "Q2/2027"}  # fmt: skip
LEAD = {"lead": "test-next", "stage": "assigned", "since": "6/2026", "confidence": "probable"}
WORDING = {"text_vi": "Chữ thử", "text_en": "Test other", "basis": "summarised"}


def about(value):
    return f"{ADD}?about={value}"


def options(page):
    return [widget.data["value"] for widget in page.context["about"]["about"].subwidgets]


# What is to change


def test_change_create_asks_first_what_is_to_change(plan, alice, as_):
    page = as_(alice).get(ADD)

    assert page.status_code == 200
    assert options(page) == [
        "date_moved", "date_moved:milestone/1", "target_changed:target/1",
        "target_changed:target/2", "clarified", "widened", "narrowed", "text_found",
        "target_added", "milestone_added", "lead_changed", "withdrawn", "superseded",
    ]  # fmt: skip
    assert {one.partition(":")[0] for one in options(page)} == set(ChangeKind.values)


@pytest.mark.parametrize("value", ["", "renamed", "date_moved:milestone/9", "target_changed"])
def test_change_create_asks_again_for_what_is_not_offered(value, plan, alice, as_):
    page = as_(alice).get(about(value))

    assert (page.status_code, errors(page)) == (
        422, [("id_about_0", "Please choose what is to change.")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("date_moved", ["due"]),
        ("date_moved:milestone/1", ["due"]),
        ("clarified", ["text_vi", "text_en", "basis"]),
        ("text_found", ["text_vi", "text_en"]),
        ("target_changed:target/1", list(TARGET)),
        ("target_added", list(TARGET)),
        ("milestone_added", ["title_vi", "title_en", "due"]),
        ("lead_changed", ["lead", "stage", "since", "confidence"]),
        ("withdrawn", []),
        ("superseded", ["link", "by"]),
    ],
)
def test_change_create_asks_what_the_kind_needs(value, names, plan, alice, as_):
    page = as_(alice).get(about(value))

    assert [bound.name for bound in page.context["form"].of_kind()] == names


def test_change_create_fills_in_what_stands(plan, alice, as_):
    form = as_(alice).get(about("target_changed:target/1")).context["form"]

    shown = {name: form[name].value() for name in ("text_en", "unit", "value", "due")}
    assert shown == {"text_en": "Test target 1", "unit": "bridges", "value": "30", "due": "2026"}


def test_change_create_swaps_its_step_for_htmx(plan, alice, as_):
    part = as_(alice).get(about("date_moved"), headers={"HX-Request": "true"}).text

    assert part.lstrip().startswith('<div id="change"')
    assert ("<html" in part, 'name="due"' in part) == (False, True)


# The change itself


@pytest.mark.parametrize(
    ("value", "typed", "proposed"),
    [
        ("date_moved", {"due": "6/2027"}, {"due": "2027-06"}),
        ("clarified", WORDING, WORDING),
        ("text_found", {"text_vi": "Chữ thử", "text_en": ""},
         {"text_vi": "Chữ thử", "text_en": "", "basis": "quoted"}),
        ("target_changed:target/1", TARGET,
         TARGET | {"value": "1500.5", "value_max": "2000000", "baseline_on": "2026-05-01",
                   "due": "2027-Q2"}),
        ("milestone_added", {"title_vi": "", "title_en": "Test step", "due": "2027"},
         {"title_vi": "", "title_en": "Test step", "due": "2027"}),
        ("lead_changed", LEAD, LEAD | {"since": "2026-06"}),
        ("lead_changed", LEAD | {"lead": "", "since": ""},
         {"lead": None, "stage": "assigned", "since": "", "confidence": "probable"}),
        ("withdrawn", {}, {}),
        ("superseded", {"link": "supersedes", "by": "cpt26-002"},
         {"link": "supersedes", "by": ["test-other"]}),
    ],
)  # fmt: skip
def test_change_create_keeps_what_was_typed(value, typed, proposed, plan, alice, as_):
    answer = as_(alice).post(about(value), GROUNDS | typed)

    change = ChangeRequest.objects.get()
    assert answer.url == f"/en/staff/changes/{change.pk}/"
    assert told(answer) == [
        ("success", "Asked for. An officer who did not ask for it decides; nothing is public yet.")
    ]
    assert (change.proposed, change.requester, change.stated_on) == (proposed, alice, TODAY)
    assert (change.source.title, change.source.published) == ("Test letter", "2026-05")


def test_change_create_reads_figures_of_a_vietnamese_page(plan, alice, as_):
    typed = TARGET | {"value": "1.500,5", "value_max": "2.000.000"}

    as_(alice).post(about("target_added").replace("/en/", "/vi/"), GROUNDS | typed)

    change = ChangeRequest.objects.get()
    assert (change.proposed["value"], change.proposed["value_max"]) == ("1500.5", "2000000")


def test_change_create_takes_a_source_that_is_there(plan, alice, as_):
    source = factories.SourceFactory()
    plan.commitment.sources.add(source)
    chosen = {"source": source.slug, "title": "", "url": "not an address", "published": ""}

    as_(alice).post(about("date_moved"), GROUNDS | chosen | {"due": "2027"})

    assert (ChangeRequest.objects.get().source, Source.objects.count()) == (source, 1)


def test_change_create_answers_every_field_and_loses_nothing(plan, alice, as_):
    sent = {"due": "soon", "reason_vi": "", "reason_en": "", "stated_on": "2/6/2026",
            "source": "", "title": "", "publisher": "", "url": "", "published": ""}  # fmt: skip

    answer = as_(alice).post(about("date_moved"), sent)

    assert answer.status_code == 422
    assert [field for field, _text in errors(answer)] == ["id_due"]
    assert {name: answer.context["form"][name].value() for name in sent} == sent

    answer = as_(alice).post(about("date_moved"), sent | {"due": "2027"})

    assert errors(answer) == [
        ("id_reason_en", "Please give the public reason."),
        ("id_stated_on",
         "This day lies in the future. Please give the day on which it was said."),
        ("id_source", "Please name the source; without it nobody can check the change."),
    ]  # fmt: skip
    assert ChangeRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("value", "typed", "found"),
    [
        ("date_moved", {"due": "2026"}, ("id_due", "The proposed date is the present date.")),
        ("date_moved", {"due": "5/2026"},
         ("id_due", "The new date lies before the day on which the change was stated.")),
        ("clarified", {"text_en": "Test wording", "text_vi": "", "basis": "summarised"},
         ("id_text_vi", "The proposed wording is the present wording.")),
        ("superseded", {"link": "supersedes", "by": "CPT26-001"},
         ("id_by", "“CPT26-001” is not the reference of another open, published commitment.")),
        ("date_moved", {"due": "2027", "title": "", "publisher": "Test"},
         ("id_title", "Please give the title of the publication.")),
    ],
)  # fmt: skip
def test_change_create_answers_at_the_field(value, typed, found, plan, alice, as_):
    answer = as_(alice).post(about(value), GROUNDS | typed)

    assert (answer.status_code, errors(answer)) == (422, [found])


def test_change_create_sent_twice_leads_to_the_one_that_was_kept(plan, alice, as_):
    browser = as_(alice)

    first = browser.post(about("date_moved"), GROUNDS | {"due": "2027"})
    second = browser.post(about("date_moved"), GROUNDS | {"due": "2027"})

    assert (second.url, ChangeRequest.objects.count()) == (first.url, 1)


def test_change_create_names_the_open_request_of_another(plan, alice, erin, as_):
    theirs = ask(erin, plan.commitment)

    answer = as_(alice).post(about("date_moved"), GROUNDS | {"due": "2028"})

    assert answer.status_code == 409
    assert refusal(answer) == (
        "This was not done This change has been asked for already and waits for its decision."
    )
    assert f'href="/en/staff/changes/{theirs.pk}/"' in answer.text
    assert answer.context["form"]["due"].value() == "2028"


def test_change_create_shows_what_stands_by_now(plan, alice, erin, as_):
    seen = as_(alice).get(about("date_moved")).context["form"]["seen"].value()
    assert seen == mark_of({"due": "2026"})
    decide(ask(alice, plan.commitment, proposed={"due": "2027"}), erin)
    sent = GROUNDS | {"due": "2028", "seen": seen}

    answer = as_(alice).post(about("date_moved"), sent)

    assert answer.status_code == 409
    assert [(one.label, one.after) for one in answer.context["stands_now"]] == [("Due", "2027")]
    form = answer.context["form"]
    assert (form["due"].value(), form["seen"].value()) == ("2028", mark_of({"due": "2027"}))
    as_(alice).post(about("date_moved"), sent | {"seen": form["seen"].value()})
    assert ChangeRequest.objects.get(decision="").replaced == {"due": "2027"}


@pytest.mark.parametrize(("name", "status"), [("bob", 403), ("carol", 403)])
def test_change_create_is_not_for_everybody(name, status, plan, as_, request):
    browser = as_(request.getfixturevalue(name))

    for answer in (browser.get(ADD), browser.post(about("withdrawn"), GROUNDS)):
        assert answer.status_code == status
    assert ChangeRequest.objects.count() == 0


def test_change_create_of_an_unseen_commitment_is_not_found(plan, bob, as_):
    Commitment.objects.filter(slug="test-other").update(published_at=None, reference=None)

    assert as_(bob).get(ADD.replace("test-commitment", "test-other")).status_code == 404


def test_change_create_of_a_closed_commitment_is_refused(plan, alice, as_):
    Commitment.objects.filter(slug="test-commitment").update(
        stage="withdrawn", stage_as_of_on=TODAY, closed_on=TODAY
    )

    assert as_(alice).get(ADD).status_code == 403
