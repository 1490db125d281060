"""Rows of evidence as they are typed: empty ones left out, one address once."""

from commitments.forms.evidence import EvidenceFormSet, typed_rows
from commitments.rules.dates import LimitedDate
from commitments.services.citations import EvidenceSaid


def data(*rows):
    count = {"evidence-TOTAL_FORMS": str(len(rows)), "evidence-INITIAL_FORMS": "0"}
    return count | {
        f"evidence-{index}-{name}": value
        for index, row in enumerate(rows)
        for name, value in row.items()
    }


def codes(formset):
    return [
        {name: [error.code for error in errors] for name, errors in form.errors.as_data().items()}
        for form in formset
    ]


def test_rows_are_cleaned_and_empty_ones_left_out():
    whole = {
        "title": " Test page ", "publisher": "Test", "url": "HTTPS://example.org/a",
        "published": "Q2/2026", "relation": "press", "shows": "a\r\nb",
    }  # fmt: skip
    rows = EvidenceFormSet(data(whole, {"title": "  "}, {"title": "Test 2"}), prefix="evidence")

    assert rows.is_valid()
    assert rows.rows() == [
        EvidenceSaid(
            title="Test page", publisher="Test", url="https://example.org/a",
            published=LimitedDate.parse("2026-Q2"), relation="press", shows="a\nb",
        ),
        EvidenceSaid(title="Test 2"),
    ]  # fmt: skip


def test_draft_rows_may_be_half_empty():
    rows = EvidenceFormSet(data({"url": "https://example.org/a"}), prefix="evidence")

    assert rows.is_valid()


def test_ask_for_all_points_at_what_a_row_lacks():
    rows = EvidenceFormSet(data({"publisher": "Test"}, {}), prefix="evidence")
    rows.is_valid()
    for form in rows.forms:
        form.ask_for_all()

    assert codes(rows) == [{"title": ["title_missing"], "relation": ["relation_missing"]}, {}]


def test_one_address_stands_once_however_it_is_spelled():
    rows = EvidenceFormSet(
        data({"url": "https://example.org/a"}, {"url": "HTTPS://EXAMPLE.org/a"}), prefix="evidence"
    )

    assert not rows.is_valid()
    assert codes(rows) == [{}, {"url": ["address_twice"]}]


def test_relation_is_one_of_ours():
    rows = EvidenceFormSet(data({"title": "Test", "relation": "cousin"}), prefix="evidence")

    assert not rows.is_valid()
    assert codes(rows) == [{"relation": ["invalid_choice"]}]


def test_typed_rows_reads_them_letter_by_letter_and_not_without_end():
    row = {"title": " a ", "publisher": "", "url": "x", "published": "?", "relation": "", "shows": "b\r\n",
           "file": ""}  # fmt: skip
    many = {f"evidence-{index}-title": "a" for index in range(1000)}

    assert typed_rows(data(row)) == [row]
    assert len(typed_rows(many)) == 21
    assert typed_rows({}) == []
