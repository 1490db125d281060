"""What reviewers say with a deed: comments, a public reason, a time; and what they look at."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.forms.fields import DayField, LongTextField, read
from commitments.models import Organisation, Programme
from commitments.reports.queue import Asked
from commitments.rules.moments import VIETNAM
from commitments.rules.release import parse_time
from commitments.rules.review import LONGEST_COMMENT, comment_field
from commitments.text.display import said_text

LONGEST = 2000


class ReturnForm(forms.Form):
    """Why an update goes back to its author: as a whole, field by field, or both."""

    comment = LongTextField(
        label=_("What has to change?"),
        help_text=_("The author reads this. It is not public."),
        limit=LONGEST,
        required=False,
    )

    def __init__(
        self, *args: Any, asked: Iterable[tuple[str, str, str]] = (), **options: Any
    ) -> None:
        """`asked` are the fields that can be commented on: name, label, what stands there."""
        super().__init__(*args, **options)
        self.names = [name for name, _label, _shown in asked]
        self.shown = {comment_field(name): shown for name, _label, shown in asked}
        for name, label, _shown in asked:
            self.fields[comment_field(name)] = LongTextField(
                label=label, limit=LONGEST_COMMENT, rows=2, required=False
            )

    def on_fields(self) -> list[dict[str, Any]]:
        """Each field that can be commented on, with what stands there."""
        return [{"bound": self[name], "shown": shown} for name, shown in self.shown.items()]

    @property
    def has_more(self) -> bool:
        """Whether something was said of a field, or is wrong there: then the fields stand open."""
        return any(self[name].value() or self[name].errors for name in self.shown)

    def field_comments(self) -> dict[str, str]:
        return {name: self.cleaned_data[comment_field(name)] for name in self.names}


class ReasonForm(forms.Form):
    """A public reason in at least one language."""

    reason_vi = LongTextField(
        label=_("Public reason, in Vietnamese"), limit=LONGEST, lang="vi", rows=3, required=False
    )
    reason_en = LongTextField(
        label=_("Public reason, in English"), limit=LONGEST, lang="en", rows=3, required=False
    )


class TimeField(forms.CharField):
    """A time of the day: `8:30`."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return read(parse_time, typed) if typed else None


class ScheduleForm(forms.Form):
    """The day and time in Viet Nam at which an update is published by itself."""

    release_on = DayField(
        label=_("On which day?"),
        help_text=_("For example 31/5/2026. At most 90 days from now."),
        error_messages={"required": _("Please say on which day.")},
    )
    release_time = TimeField(
        label=_("At what time?"),
        help_text=_("In Viet Nam, for example 8:30."),
        error_messages={"required": _("Please say at what time.")},
    )

    @property
    def at(self) -> datetime:
        said = self.cleaned_data
        return datetime.combine(said["release_on"], said["release_time"], VIETNAM)


class QueueForm(forms.Form):
    """Which part of the queue is shown; what is not offered is not asked."""

    programme = forms.ChoiceField(label=_("Programme"), required=False)
    body = forms.ChoiceField(label=_("Organisation"), required=False)

    def __init__(
        self, *args: Any, programmes: Iterable[Programme], bodies: Iterable[Organisation]
    ) -> None:
        super().__init__(*args)
        for name, rows in (("programme", programmes), ("body", bodies)):
            offered = [(row.slug, said_text(row, "name")) for row in rows]
            self.fields[name].choices = [("", _("All")), *offered]  # type: ignore[attr-defined]

    def asked(self) -> Asked:
        """What was asked; nothing where somebody tampered with the address."""
        return Asked(**self.cleaned_data) if self.is_valid() else Asked()
