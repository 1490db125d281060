"""The limit of a text, and what may not hide in it."""

from commitments.rules.evidence import check_row
from commitments.rules.texts import check_text
from commitments.rules.validators import SubmissionFacts, check_draft

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
