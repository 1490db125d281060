"""What a service refuses is answered at the field, or passed on where no better form mends it."""

import pytest
from django import forms
from django.utils.translation import override

from commitments.errors import Invalid, OwnWork, Refusals, WrongState
from commitments.forms.evidence import EvidenceFormSet
from commitments.forms.refusals import refusals_on


class ReportForm(forms.Form):
    stage = forms.CharField(required=False)
    summary_vi = forms.CharField(required=False)
    summary_en = forms.CharField(required=False)


def said(form):
    return {
        field: [error.code for error in errors] for field, errors in form.errors.as_data().items()
    }


def test_refusals_on_puts_each_at_its_field():
    form = ReportForm({})

    with refusals_on(form):
        raise Refusals([Invalid("stage_missing", "a", "stage"), Invalid("other", "b", "nowhere"),
                        Invalid("whole", "c")])  # fmt: skip

    assert said(form) == {"stage": ["stage_missing"], "__all__": ["other", "whole"]}


@pytest.mark.parametrize(
    "refusal", [OwnWork(), WrongState(), Refusals([Invalid("a", "a", "stage"), WrongState()])]
)
def test_refusals_on_passes_on_what_no_form_mends(refusal):
    form = ReportForm({})

    with pytest.raises(type(refusal)), refusals_on(form):
        raise refusal
    assert said(form) == {}


def test_refusals_on_asks_for_a_missing_text_in_the_readers_language():
    found = {}
    for language in ("vi", "en"):
        form = ReportForm({})
        with override(language), refusals_on(form):
            raise Refusals([Invalid("summary_missing", "a", "summary_vi"),
                            Invalid("too_long", "b", "summary_vi")])  # fmt: skip
        found[language] = said(form)

    assert found == {
        "vi": {"summary_vi": ["summary_missing", "too_long"]},
        "en": {"summary_en": ["summary_missing"], "summary_vi": ["too_long"]},
    }


def evidence(**row):
    data = {"evidence-TOTAL_FORMS": "1", "evidence-INITIAL_FORMS": "0"}
    rows = EvidenceFormSet(
        data | {f"evidence-0-{name}": value for name, value in row.items()}, prefix="evidence"
    )
    rows.is_valid()
    return rows


def test_refusals_on_says_above_the_rows_what_no_row_says():
    rows = evidence(title="Test")

    with refusals_on(ReportForm({}), rows):
        raise Refusals([Invalid("evidence_missing", "a", "evidence")] * 2)

    assert [error.code for error in rows.non_form_errors().as_data()] == ["evidence_missing"]


def test_refusals_on_says_nothing_twice_that_a_row_says():
    rows = evidence(publisher="Test")
    rows.forms[0].ask_for_all()

    with refusals_on(ReportForm({}), rows):
        raise Invalid("title_missing", "a", "evidence")

    assert [error.code for error in rows.non_form_errors().as_data()] == []
