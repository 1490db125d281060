"""Form fields with label, hint, error and control in one place, and the summary of errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Anchor = dict[str, str]


def _kind(widget: forms.Widget) -> str:
    if widget.is_hidden:
        return "hidden"
    kinds: list[tuple[type[forms.Widget], str]] = [
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.Textarea, "textarea"),
        (forms.Select, "select"),
        (forms.FileInput, "file"),
    ]
    return next((kind for known, kind in kinds if isinstance(widget, known)), "input")


def _classes(kind: str, has_errors: bool, width: str) -> str:
    block = {"file": "file-upload"}.get(kind, kind)
    names = [f"govuk-{block}"]
    if has_errors:
        names.append(f"govuk-{block}--error")
    if width and kind in ("input", "select"):
        names.append(f"govuk-input--width-{width}")
    if kind == "textarea":
        names.append("govuk-js-character-count")  # the counter looks for it
    return " ".join(names)


def _control(bound: BoundField, kind: str, described: str, width: str) -> SafeString:
    shown: dict[str, Any] = {
        "class": _classes(kind, bool(bound.errors), width),
        "aria-describedby": described or False,
        "aria-invalid": "true" if bound.errors else False,
    }
    if kind == "textarea":
        shown["maxlength"] = False  # too long a text is answered by the form, never cut
    return bound.as_widget(attrs=shown)


def _options(bound: BoundField, hints: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for option in bound.subwidgets:
        data = option.data
        value = str(data["value"])
        found.append(
            {
                "id": data["attrs"].get("id", ""),
                "name": data["name"],
                "value": value,
                "label": data["label"],
                "is_selected": data["selected"],
                "is_disabled": bool(data["attrs"].get("disabled")),
                "hint": hints.get(value, ""),
            }
        )
    return found


def _counter(limit: int | None) -> dict[str, str]:
    """What the counter says; `%{count}` is filled in by the browser."""
    if not limit:
        return {}

    def left(number: int) -> str:
        return ngettext(
            "You have %(count)s character remaining",
            "You have %(count)s characters remaining",
            number,
        ) % {"count": "%{count}"}

    def over(number: int) -> str:
        return ngettext(
            "You have %(count)s character too many",
            "You have %(count)s characters too many",
            number,
        ) % {"count": "%{count}"}

    return {
        "under_one": left(1),
        "under_other": left(2),
        "at": _("You have no characters remaining"),
        "over_one": over(1),
        "over_other": over(2),
        "before": _("You can enter up to %(count)s characters") % {"count": limit},
    }


def field(
    bound: BoundField,
    *,
    hint: str = "",
    width: str | int = "",
    legend: str = "s",
    optional: bool = False,
    inline: bool = False,
    hints: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """One field: `{% field form.as_of hint=… width=10 %}`.

    `width` 2, 3, 4, 5, 10, 20 characters; `legend` s, m or l for radios and checkboxes;
    `optional` says so behind the label; `hints` explains single options by their value.
    """
    kind = _kind(bound.field.widget)
    said = hint or bound.help_text
    remark = getattr(bound.field, "remark", "")
    ids = {part: f"{bound.auto_id}-{part}" for part in ("hint", "remark", "error")}
    shown = {"hint": said, "remark": remark, "error": bound.errors}
    described = " ".join(ids[part] for part, text in shown.items() if text)
    limit = getattr(bound.field, "max_length", None) if kind == "textarea" else None
    in_a_set = kind in ("radios", "checkboxes", "checkbox")
    return {
        "bound": bound,
        "kind": kind,
        "hint": said,
        "remark": remark,
        "ids": ids,
        "described": described,
        "legend": legend,
        "optional": optional,
        "inline": inline,
        "limit": limit,
        "counter": _counter(limit),
        "options": _options(bound, hints or {}) if kind in ("radios", "checkboxes") else [],
        "is_checked": kind == "checkbox" and bool(bound.value()),
        "control": "" if in_a_set else _control(bound, kind, described, str(width)),
    }


def anchor(bound: BoundField) -> str:
    """The id that the summary of errors links to: of a set of options, its first one."""
    if _kind(bound.field.widget) in ("radios", "checkboxes"):
        first = next(iter(bound.subwidgets), None)
        return first.data["attrs"].get("id", "") if first else bound.auto_id
    return bound.id_for_label or bound.auto_id


def _anchors(form: forms.BaseForm) -> list[Anchor]:
    found = [{"to": "", "text": str(text)} for text in form.non_field_errors()]
    for bound in form:
        found += [{"to": anchor(bound), "text": str(text)} for text in bound.errors]
    return found


def error_summary(*parts: forms.BaseForm | forms.BaseFormSet[Any] | None) -> dict[str, Any]:
    """Every error of these forms and formsets, each linked to its field; nothing when none.

    What is wrong with a formset as a whole links to the element whose id is its prefix.
    """
    anchors: list[Anchor] = []
    for part in parts:
        if isinstance(part, forms.BaseFormSet):
            of_all = part.non_form_errors()
            anchors += [{"to": part.prefix or "", "text": str(text)} for text in of_all]
            for one in part:
                anchors += _anchors(one)
        elif isinstance(part, forms.BaseForm) and part.is_bound:
            anchors += _anchors(part)
    return {"anchors": anchors}
