"""Sources marked as broken or altered: on the pages of what rests on them, and on their own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import SourceFault
from tests import deeds, factories
from tests.factories.clock import NOW
from tests.views.staff.reading import errors, refusal, sections, told, words

pytestmark = pytest.mark.usefixtures("monday")

COMMITMENT = "/en/staff/commitments/test-commitment/"
SAID = {"kind": "altered", "note": "Test: another figure"}
DONE = {"how": "archived", "note": "Test: copy of 2026"}


@pytest.fixture
def published(alice, dan, erin, world):
    return deeds.published(alice, dan, erin, world.commitment, evidence=[deeds.PAGE])


@pytest.fixture
def source(published):
    return published.evidence.get().source


@pytest.fixture
def fault(source, erin):
    return factories.SourceFaultFactory(source=source, confirmed_by=erin, note="Test: not found")


def mark(source):
    return f"/en/staff/sources/{source.pk}/faults/add/"


def resolve(fault):
    return f"/en/staff/source-faults/{fault.pk}/resolve/"


def shown(page):
    """What the section on the sources says; None without one."""
    found = page.text.partition('<section aria-labelledby="sources">')[2]
    return words(found.partition("</section>")[0]) if found else None


def test_officers_mark_a_source_from_the_pages_that_rest_on_it(source, published, erin, as_):
    for path in (COMMITMENT, f"/en/staff/updates/{published.pk}/"):
        page = as_(erin).get(path)
        assert shown(page) == (
            "Sources of the updates Test page Mark as broken or altered : Test page"
        )
        assert mark(source) in page.text

    form = as_(erin).get(mark(source))
    answer = as_(erin).post(mark(source), SAID)

    assert "Mark a source as broken or altered" in sections(form)
    assert (answer.url, told(answer)) == (
        f"{COMMITMENT}#sources",
        [("success", "Marked. Those who report are told until it is resolved.")],
    )
    found = SourceFault.objects.values_list(
        "source", "kind", "note", "confirmed_by", "confirmed_at"
    )
    assert list(found) == [(source.pk, "altered", "Test: another figure", erin.pk, NOW)]


def test_whoever_works_on_it_sees_an_open_fault(fault, published, alice, dan, erin, bob, as_):
    said = (
        "Sources of the updates Test page Cannot be opened any more Test: not found "
        "Marked by Erin on 1 June 2026"
    )
    offer = " Say how it was resolved : Test page"

    found = {
        path: {who.full_name: shown(as_(who).get(path)) for who in (alice, dan, erin, bob)}
        for path in (COMMITMENT, f"/en/staff/updates/{published.pk}/")
    }

    expected = {"Alice": said, "Dan": said, "Erin": said + offer, "Bob": None}
    assert list(found.values()) == [expected, expected]


def test_without_a_fault_those_who_report_see_nothing_of_it(published, alice, as_):
    assert shown(as_(alice).get(COMMITMENT)) is None


def test_nothing_of_a_fault_is_public(fault, client):
    for path in ("/en/commitments/test-commitment/", f"/en/sources/{fault.source.slug}/"):
        page = client.get(path)
        assert (page.status_code, "Test: not found" in page.text) == (200, False)


def test_officers_say_how_it_was_resolved(fault, erin, as_):
    page = as_(erin).get(resolve(fault))
    assert "Cannot be opened any more Test: not found Marked by Erin" in words(page.text)

    answer = as_(erin).post(f"{resolve(fault)}?commitment=test-commitment", DONE)

    assert (answer.url, told(answer)) == (
        f"{COMMITMENT}#sources", [("success", "Resolved. Nobody is reminded of it any more.")],
    )  # fmt: skip
    fault.refresh_from_db()
    assert (fault.resolved_how, fault.resolution, fault.resolved_by) == (
        "archived", "Test: copy of 2026", erin,
    )  # fmt: skip
    after = words(as_(erin).get(resolve(fault)).text)
    assert "Resolved by Erin on 1 June 2026: an archived copy says what was cited." in after
    assert "Resolve it" not in after


def test_forms_answer_at_the_field_and_lose_nothing(source, fault, erin, as_):
    SourceFault.objects.all().delete()
    empty = as_(erin).post(mark(source), {})
    half = as_(erin).post(mark(source), {"note": "Test: typed"})
    fault.pk = None
    fault.save()
    unsaid = as_(erin).post(resolve(fault), {"how": "works"})

    assert (empty.status_code, [text for _at, text in errors(empty)]) == (
        422,
        ["Please say what is wrong with the source.",
         "Please say what you found, so that others can look for it."],
    )  # fmt: skip
    assert (half.status_code, "Test: typed</textarea>" in half.text) == (422, True)
    assert (unsaid.status_code, errors(unsaid)) == (
        422, [("id_note", "Please say what was done.")],
    )  # fmt: skip


def test_what_another_did_meanwhile_is_said_and_nothing_typed_is_lost(fault, source, erin, as_):
    marked = as_(erin).post(mark(source), SAID)
    factories.SourceFaultFactory._meta.model.objects.update(
        resolved_by=erin, resolved_at=NOW, resolved_how="works"
    )
    resolved = as_(erin).post(resolve(fault), DONE)

    assert [(one.status_code, refusal(one)) for one in (marked, resolved)] == [
        (409, "This was not done This source is marked as faulty already."),
        (409, "This was not done This was resolved already."),
    ]
    assert "Test: another figure</textarea>" in marked.text
    assert "Test: copy of 2026</textarea>" in resolved.text


def test_pages_are_for_officers_of_what_cites_it(fault, source, alice, dan, carol, bob, as_):
    unpublished = factories.SourceFactory(published_at=None)
    found = {
        who.full_name: [as_(who).get(path).status_code for path in (mark(source), resolve(fault))]
        for who in (alice, dan, carol, bob)
    }

    assert found == {
        "Alice": [403, 403], "Dan": [403, 403], "Carol": [403, 403], "Bob": [403, 404],
    }  # fmt: skip
    assert as_(dan).get(mark(unpublished)).status_code == 404


def test_pages_without_log_in_lead_to_it(fault, source, client):
    for path in (mark(source), resolve(fault)):
        assert "/log-in/" in client.get(path).url


def test_many_sources_take_as_many_queries_as_one(published, world, erin, as_):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert as_(erin).get(COMMITMENT).status_code == 200
        return len(asked)

    queries()
    one = queries()
    for _ in range(4):
        row = factories.EvidenceFactory(update=published, source=factories.SourceFactory())
        factories.SourceFaultFactory(source=row.source)

    assert queries() == one
