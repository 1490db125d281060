"""Form fields: label, hint, error and control belong together."""

import re

from django import forms
from django.template import Context, Template
from django.utils.translation import override

STAGES = [("not_started", "Not started"), ("in_progress", "In progress")]


class ReportForm(forms.Form):
    as_of = forms.CharField(label="As of", help_text="For example 31/5/2026")
    summary = forms.CharField(widget=forms.Textarea, max_length=20, required=False)
    stage = forms.ChoiceField(widget=forms.RadioSelect, choices=STAGES)
    sure = forms.BooleanField(label="The figures are right")
    paper = forms.FileField(required=False)
    lead = forms.ChoiceField(choices=[("", "All")], required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)


RowFormSet = forms.formset_factory(ReportForm, extra=0)


def shown(source: str, **context) -> str:
    with override("en"):
        return Template("{% load ui %}" + source).render(Context(context))


def attribute(name: str, page: str) -> list[str]:
    return re.findall(rf'\b{name}="([^"]*)"', page)


def test_field_ties_hint_and_error_to_the_input():
    page = shown("{% field form.as_of width=10 %}", form=ReportForm({"as_of": ""}))

    assert attribute("aria-describedby", page) == ["id_as_of-hint id_as_of-error"]
    assert attribute("aria-invalid", page) == ["true"]
    assert attribute("id", page) == ["id_as_of-hint", "id_as_of-error", "id_as_of"]
    assert 'class="govuk-input govuk-input--error govuk-input--width-10"' in page
    assert "This field is required." in page


def test_field_without_hint_and_error_describes_nothing():
    page = shown("{% field form.lead optional=True %}", form=ReportForm())

    assert attribute("aria-describedby", page) == []
    assert attribute("class", page)[0] == "govuk-form-group"
    assert "(optional)" in page
    assert 'class="govuk-select"' in page


def test_field_counts_characters_and_never_cuts_the_text():
    page = shown("{% field form.summary %}", form=ReportForm({"summary": "x" * 25}))

    assert "x" * 25 in page
    assert attribute("data-maxlength", page) == ["20"]
    assert not re.search(r"<textarea[^>]*maxlength", page)
    assert "You can enter up to 20 characters" in page


def test_field_puts_a_set_of_options_under_one_legend():
    page = shown(
        "{% field form.stage hints=hints %}",
        form=ReportForm({"stage": "in_progress"}),
        hints={"in_progress": "Work has begun"},
    )

    assert page.count("<legend") == 1
    assert re.findall(r'value="(\w+)" id="(\w+)"( checked)?', page) == [
        ("not_started", "id_stage_0", ""),
        ("in_progress", "id_stage_1", " checked"),
    ]
    assert 'id="id_stage_1-hint">Work has begun<' in page


def test_field_keeps_a_checkbox_checked():
    assert " checked" in shown("{% field form.sure %}", form=ReportForm({"sure": "on"}))
    assert " checked" not in shown("{% field form.sure %}", form=ReportForm({}))


def test_field_shows_a_hidden_one_without_label():
    page = shown("{% field form.version %}", form=ReportForm({"version": "3"}))
    assert "<label" not in page
    assert '<input type="hidden" name="version" value="3"' in page


def test_error_summary_links_each_error_to_its_control():
    form = ReportForm({"as_of": "", "sure": ""})
    form.add_error(None, "Test refusal")
    page = shown("{% error_summary form %}", form=form)

    assert attribute("href", page) == ["#id_as_of", "#id_stage_0", "#id_sure"]
    assert "<li>Test refusal</li>" in page


def test_error_summary_reads_formsets_and_unbound_forms():
    rows = RowFormSet(
        {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-as_of": "2026"}, prefix="form"
    )
    page = shown("{% error_summary form rows nothing %}", form=ReportForm(), rows=rows)

    assert attribute("href", page) == ["#id_form-0-stage_0", "#id_form-0-sure"]
    assert shown("{% error_summary form %}", form=ReportForm()).strip() == ""
