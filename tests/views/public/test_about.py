"""What the record says of itself: its keeper, its licences, its data, its limits."""

import pytest

from tests import factories
from tests.factories.clock import TODAY
from tests.views.public.reading import sections


def test_about_says_that_nobody_is_stated_as_keeper(client, db):
    page = sections(client.get("/en/about/"))

    assert page["Who keeps it"].startswith(
        "Who keeps this installation is not stated in its settings."
        " No address to write to is stated either."
    )
    assert page["How to cite it"].endswith("as of 1 June 2026. http://127.0.0.1:8000")


def test_about_names_the_keeper_that_the_settings_name(client, db, settings):
    settings.OPERATOR_NAME = "Test keeper"
    settings.OPERATOR_EMAIL = "keeper@example.org"

    about = sections(client.get("/en/about/"))["Who keeps it"]
    contact = sections(client.get("/en/accessibility/"))["If something does not work for you"]

    assert about.startswith(
        "This installation is kept by Test keeper. Write to: keeper@example.org"
    )
    assert contact.startswith("Write to: keeper@example.org (Test keeper)")


def test_data_names_the_head_of_the_day(client, db):
    head = factories.PublicEventFactory(effective_on=TODAY)

    page = client.get("/en/data/")

    assert f"Newest event {head.sequence} Its hash {head.hash}" in sections(page)["Is it whole?"]


def test_every_example_of_the_data_page_is_answered(client, db):
    examples = client.get("/en/data/").context["examples"]

    assert [client.get(address).status_code for _text, address in examples] == [200] * 4


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 200, "Nothing has been corrected or retracted by 1 June 2026"),
        ("?kind=retraction", 200, "Nothing has been corrected or retracted by 1 June 2026"),
        ("?kind=nonsense", 400, "There is no such kind of correction"),
    ],
)
def test_corrections_of_an_empty_record_say_so(client, db, query, status, words):
    page = client.get(f"/en/corrections/{query}")

    assert page.status_code == status
    assert words in sections(page)["Corrections"]


def test_corrections_cost_the_same_however_many(client, db, django_assert_num_queries):
    def _correct(number):
        factories.PublicEventFactory(
            object_kind="status_update",
            object_key=f"test/{number}",
            after={"commitment": "test", "number": number, "corrects": 1},
        )

    _correct(2)
    with django_assert_num_queries(4):
        client.get("/en/corrections/")
    for number in range(3, 9):
        _correct(number)
    with django_assert_num_queries(4):
        client.get("/en/corrections/")
