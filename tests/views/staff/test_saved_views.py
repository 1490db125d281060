"""Saved views: a person's own, kept once, opened first, never another's."""

import pytest

from commitments.models import SavedView
from tests import factories
from tests.views.staff.reading import errors, rows, told, words

LIST = "/en/staff/commitments/"
VIEWS = "/en/staff/views/"
pytestmark = pytest.mark.usefixtures("monday", "world")


def kept(**columns):
    found = SavedView.objects.filter(**columns).order_by("name")
    return [(view.owner.full_name, view.name, view.query, view.is_default) for view in found]


def save(client, name="Test late", query="stage=none&page=3&csrf=x&columns=due"):
    return client.post(f"{VIEWS}add/", {"name": name, "query": query})


def test_view_keeps_the_questions_in_one_order_and_no_more(erin, as_):
    answer = save(as_(erin))

    assert (answer.url, told(answer)) == (
        f"{LIST}?stage=none&columns=due", [("success", "Saved as “Test late”.")],
    )  # fmt: skip
    assert kept() == [("Erin", "Test late", "stage=none&columns=due", False)]


def test_view_posted_twice_is_one(erin, as_):
    save(as_(erin))

    assert save(as_(erin)).status_code == 302
    assert len(kept()) == 1


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("", "stage=none", "Please give the view a name."),
        ("   ", "stage=none", "Please give the view a name."),
        ("a" * 81, "stage=none", "A name has at most 80 characters."),
        ("Test late", "stage=paused", "Another view has this name already."),
        ("\0", "stage=none", "Null characters are not allowed."),
    ],
)
def test_view_says_what_is_wrong_with_its_name(name, query, said, erin, as_):
    save(as_(erin))

    page = save(as_(erin), name, query)

    assert (page.status_code, errors(page)) == (422, [("id_name", said)])
    assert f'name="query" value="{query}"' in page.text
    assert len(kept()) == 1


@pytest.mark.parametrize("query", ["", "page=2", "nonsense=1"])
def test_view_of_nothing_is_not_kept(query, erin, as_):
    page = save(as_(erin), "Test", query)

    assert page.status_code == 422
    assert "there is nothing to save yet" in page.text
    assert kept() == []


def test_view_longer_than_the_column_is_refused(erin, as_):
    page = save(as_(erin), "Test", "q=" + "a" * 2000)

    assert (page.status_code, errors(page)) == (
        422, [("", "These are more filters than a view can keep.")],
    )  # fmt: skip


def test_views_are_50_at_most(erin, as_):
    for number in range(50):
        factories.SavedViewFactory(owner=erin, query=f"q={number}")

    page = save(as_(erin))

    assert errors(page) == [("id_name", "50 views are kept already. Delete one first.")]


def test_view_stands_above_the_list_and_marks_itself(erin, as_):
    save(as_(erin))

    page = as_(erin).get(f"{LIST}?columns=due&stage=none")

    assert f'<a href="{LIST}?stage=none&amp;columns=due" aria-current="true">Test late</a>' in page.text  # fmt: skip


def test_view_shown_first_opens_the_list(erin, as_):
    save(as_(erin))
    save(as_(erin), "Test other", "stage=paused")
    first, other = SavedView.objects.order_by("name")
    for view in (first, other):
        as_(erin).post(f"{VIEWS}{view.pk}/first/", {"first": "yes"})

    assert [one[3] for one in kept()] == [False, True]
    assert as_(erin).get(LIST).url == f"{LIST}?stage=paused"
    assert as_(erin).get(LIST, {"sort": "reference"}).status_code == 200

    as_(erin).post(f"{VIEWS}{other.pk}/first/", {"first": "no"})
    assert as_(erin).get(LIST).status_code == 200


def test_view_is_renamed(erin, as_):
    view = factories.SavedViewFactory(owner=erin, name="Test old", query="q=1")
    factories.SavedViewFactory(owner=erin, name="Test taken", query="q=2")

    taken = as_(erin).post(f"{VIEWS}{view.pk}/rename/", {"name": "Test taken"})
    renamed = as_(erin).post(f"{VIEWS}{view.pk}/rename/", {"name": "Test new"})

    assert errors(taken) == [("id_name", "Another view has this name already.")]
    assert (renamed.url, told(renamed)) == (VIEWS, [("success", "Renamed.")])
    assert [one[1] for one in kept()] == ["Test new", "Test taken"]


def test_view_is_deleted(erin, as_):
    view = factories.SavedViewFactory(owner=erin, name="Test old")

    answer = as_(erin).post(f"{VIEWS}{view.pk}/delete/")

    assert (answer.url, told(answer)) == (VIEWS, [("success", "“Test old” is deleted.")])
    assert kept() == []


def test_views_of_others_are_not_there(alice, erin, as_):
    view = factories.SavedViewFactory(owner=alice, name="Test of Alice", query="q=1")

    assert rows(as_(erin).get(VIEWS), "x") is None
    assert "Test of Alice" not in as_(erin).get(VIEWS).text + as_(erin).get(LIST).text
    for path in ("rename/", "first/", "delete/"):
        assert as_(erin).post(f"{VIEWS}{view.pk}/{path}", {"name": "Test mine"}).status_code == 404
    assert kept() == [("Alice", "Test of Alice", "q=1", False)]


def test_views_two_people_may_use_one_name(alice, erin, as_):
    assert save(as_(alice)).status_code == save(as_(erin)).status_code == 302
    assert [one[0] for one in kept()] == ["Alice", "Erin"]


@pytest.mark.parametrize("path", ["first/", "delete/"])
def test_view_is_never_changed_by_get(path, erin, as_):
    view = factories.SavedViewFactory(owner=erin)

    assert as_(erin).get(f"{VIEWS}{view.pk}/{path}").status_code == 405
    assert len(kept()) == 1


def test_views_page_says_what_to_do_where_there_is_none(erin, as_):
    assert "No view is saved yet" in words(as_(erin).get(VIEWS).text)
