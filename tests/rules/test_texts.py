"""The limit of a text, and what may not hide in it."""

from commitments.rules.bodies import BodySaid, ContactSaid, check_body, check_contact
from commitments.rules.evidence import check_row
from commitments.rules.texts import check_text
from commitments.rules.validators import SubmissionFacts, check_draft, check_reason

HIDDEN = (
    "This text holds an invisible character (U+202E) that could make it read differently. "
    "Please delete it, or type the text anew instead of copying it."
)


def test_check_text_names_everything_at_the_field():
    found = [(one.code, one.field, str(one.text)) for one in check_text("a\u202eb", 2, "title_en")]

    assert found == [
        ("too_long", "title_en", "This text has 3 characters; 2 is the limit."),
        ("hidden_character", "title_en", HIDDEN),
    ]


def test_check_text_counts_a_line_break_once():
    assert list(check_text("a\r\nb", 3, "title_en")) == []


def test_hidden_characters_are_refused_in_an_update():
    said = SubmissionFacts(
        kind="progress", as_of_on=None, summary_en="Test\u202e", problem_vi="Thử\x00",
        has_due_or_target=False, previous_published=False, current_stage="",
    )  # fmt: skip

    found = check_draft(said)

    assert [(one.code, one.field) for one in found] == [
        ("hidden_character", "summary_en"),
        ("hidden_character", "problem_vi"),
    ]


def test_hidden_characters_are_refused_in_evidence():
    found = check_row(title="a\u2066", publisher="b\x07", shows="c\u202d", complete=False)

    assert [(one.code, one.field) for one in found] == [
        ("hidden_character", "title"),
        ("hidden_character", "publisher"),
        ("hidden_character", "shows"),
    ]


def test_hidden_characters_are_refused_in_reasons_and_names():
    body = BodySaid(name_vi="Thử\u202e", name_en="Test", kind="company")
    contact = ContactSaid(name="Test\x00", email="contact@example.org", note="\u2066")

    found = [*check_reason("a\u202e", "b\x07"), *check_body(body), *check_contact(contact)]

    assert [(one.code, one.field) for one in found] == [
        ("hidden_character", "reason_vi"),
        ("hidden_character", "reason_en"),
        ("hidden_character", "name_vi"),
        ("hidden_character", "name"),
        ("hidden_character", "note"),
    ]
