"""Comments on single fields: typed beside the return, read at the fields by the author."""

import re

import pytest

from commitments.models import FieldComment, ReviewAction, StatusUpdate
from tests import deeds
from tests.views.staff.judging import page
from tests.views.staff.reading import errors, sections, told, typed, words

pytestmark = pytest.mark.usefixtures("monday")
ASKED = {"on_stage": "Test: is it so?", "on_evidence": "Test: is there a law?"}


def remarks(response):
    """What stands at the fields of the form, by the id of each."""
    found = re.findall(r'<p(?: id="([^"]*)")? class="remark">(.*?)</p>', response.text, re.DOTALL)
    return [(name, words(text)) for name, text in found]


@pytest.fixture
def returned(handed_in, dan, as_):
    as_(dan).post(page(handed_in, "return/"), {"comment": "", **ASKED})
    return StatusUpdate.objects.get()


def test_update_detail_offers_a_comment_for_each_field_that_says_something(handed_in, dan, as_):
    form = as_(dan).get(page(handed_in)).context["return_form"]

    assert [(one["bound"].label, one["shown"]) for one in form.on_fields()] == [
        ("Kind", "Progress"),
        ("As of", "1 June 2026"),
        ("Stage", "In progress"),
        ("Summary in Vietnamese", ""),
        ("Summary in English", "Test: work is under way."),
        ("Evidence", ""),
    ]


def test_update_return_with_comments_on_fields_alone(handed_in, dan, as_):
    answer = as_(dan).post(page(handed_in, "return/"), {"comment": " ", **ASKED})

    assert told(answer) == [("success", "Returned. Its author is told of it with your comment.")]
    assert list(FieldComment.objects.values_list("field", "text")) == [
        ("stage", "Test: is it so?"), ("evidence", "Test: is there a law?"),
    ]  # fmt: skip
    assert ReviewAction.objects.get(deed="returned").comment == "\n".join(ASKED.values())


def test_update_return_answers_at_the_comment_on_a_field_and_keeps_all(handed_in, dan, as_):
    answer = as_(dan).post(
        page(handed_in, "return/"), {"comment": "Test", "on_stage": "x" * 2001, "on_kind": "Test"}
    )

    assert (answer.status_code, errors(answer)) == (
        422, [("id_on_stage", "This text has 2001 characters; 2000 is the limit.")],
    )  # fmt: skip
    form = answer.context["return_form"]
    assert [form[name].value() for name in ("comment", "on_kind")] == ["Test", "Test"]
    assert re.search(
        r'<details class="govuk-details" open><summary[^>]*>[^C]*Comment on single', answer.text
    )


def test_update_edit_shows_the_comments_at_their_fields(returned, alice, as_):
    found = as_(alice).get(page(returned, "edit/"))

    assert remarks(found) == [
        ("id_stage-remark", "The reviewer asks: Test: is it so?"),
        ("", "The reviewer asks: Test: is there a law?"),
    ]
    assert 'aria-describedby="id_stage-hint id_stage-remark"' in found.text


def test_update_edit_keeps_the_comments_when_something_is_wrong(returned, alice, as_):
    answer = as_(alice).post(
        page(returned, "edit/"),
        typed(version=returned.version, as_of_on="someday", deed="submit"),
    )

    assert answer.status_code == 422
    assert [name for name, _said in remarks(answer)] == ["id_stage-remark", ""]


def test_update_edit_shows_no_old_comments_after_it_came_back_again(returned, alice, dan, as_):
    as_(alice).post(page(returned, "submit/"))
    as_(dan).post(page(returned, "return/"), {"comment": "Test: now the whole"})

    assert remarks(as_(alice).get(page(returned, "edit/"))) == []


def test_history_shows_each_comment_once_with_its_field(returned, dan, as_):
    assert sections(as_(dan).get(page(returned)))["What happened to it so far"] == (
        "Submitted Alice, 1 June 2026 09:00 Returned Dan, 1 June 2026 09:00 "
        "Stage: Test: is it so? Evidence: Test: is there a law?"
    )


def test_comments_are_in_no_public_page(alice, dan, erin, world, as_, client):
    handed_in = deeds.submitted(alice, world.commitment)
    as_(dan).post(page(handed_in, "return/"), {"comment": "", **ASKED})
    as_(alice).post(page(handed_in, "submit/"))
    as_(dan).post(page(handed_in, "approve/"))
    as_(erin).post(page(handed_in, "publish/"))
    client.logout()

    for path in ("/en/commitments/test-commitment/", "/en/record/", "/api/v1/events/",
                 "/en/commitments/test-commitment/updates/1/", "/api/v1/updates/"):  # fmt: skip
        answer = client.get(path)
        assert (answer.status_code, "Test: is it so?" in answer.text) == (200, False)
