"""What of a commitment is to change: asked first, because every change asks for something else."""

from typing import Any, NamedTuple

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.models import ChangeKind, Commitment
from commitments.text.display import limited_date, said_text


class Option(NamedTuple):
    """A change that may be asked for; `value` is its kind, behind a colon what it is about."""

    value: str
    label: str | Promise
    hint: str | Promise


_WHOLE: dict[str, tuple[str | Promise, str | Promise]] = {
    ChangeKind.CLARIFIED: (
        _("Make the wording clearer"),
        _("The same is promised, in clearer words."),
    ),
    ChangeKind.WIDENED: (_("Widen the wording"), _("More is promised than before.")),
    ChangeKind.NARROWED: (_("Narrow the wording"), _("Less is promised than before.")),
    ChangeKind.TEXT_FOUND: (
        _("Add the promised text that was found"),
        _("Word for word, from a source. It stands beside the editors' summary."),
    ),
    ChangeKind.TARGET_ADDED: (_("Add a target"), ""),
    ChangeKind.MILESTONE_ADDED: (_("Add a milestone"), ""),
    ChangeKind.LEAD_CHANGED: (
        _("Change the lead"),
        _("Another body answers for it. What is owed goes over to that body."),
    ),
    ChangeKind.WITHDRAWN: (
        _("Withdraw the commitment"),
        _("It is closed. It stays readable and is counted as withdrawn."),
    ),
    ChangeKind.SUPERSEDED: (
        _("Let other commitments take its place"),
        _("Replaced by one, split into several, or merged with others into one."),
    ),
}


def options_for(commitment: Commitment) -> list[Option]:
    """Everything that may be asked of this commitment: dates, targets, wording, lead, the end."""
    due = limited_date(commitment.due) if commitment.due else _("not published")
    moved = Option(ChangeKind.DATE_MOVED.value, _("Move the due date"),
                   format_lazy(_("At present: {date}"), date=due))  # fmt: skip
    return [
        moved,
        *(
            Option(
                f"{ChangeKind.DATE_MOVED}:milestone/{row.number}",
                format_lazy(_("Move the date of milestone {number}"), number=row.number),
                f"{said_text(row, 'title')} ({limited_date(row.due)})",
            )
            for row in commitment.milestones.order_by("number")
        ),
        *(
            Option(
                f"{ChangeKind.TARGET_CHANGED}:target/{row.number}",
                format_lazy(_("Change target {number}"), number=row.number),
                said_text(row, "text"),
            )
            for row in commitment.targets.filter(replaced_by=None).order_by("number")
        ),
        *(Option(kind, label, hint) for kind, (label, hint) in _WHOLE.items()),
    ]


class AboutForm(forms.Form):
    """One choice, by GET."""

    about = forms.ChoiceField(
        label=_("What is to change?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Please choose what is to change."),
            "invalid_choice": _("Please choose what is to change."),
        },
    )

    def __init__(self, *args: Any, options: list[Option], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hints = {one.value: one.hint for one in options}
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.value, one.label) for one in options]
