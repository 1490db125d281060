"""What a person wants to be told by mail."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.models import Topic
from commitments.rules.reminders.muting import MAY_BE_MUTED


def _topics() -> list[tuple[str, str]]:
    return [(one.topic.value, capfirst(str(one.topic.label))) for one in MAY_BE_MUTED]


class TopicsForm(forms.Form):
    """Of which topics mail comes: a tick is a mail, as people expect of a list of mails."""

    told = forms.MultipleChoiceField(
        label=_("Remind me when"),
        choices=_topics,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, muted: set[str], **kwargs: Any) -> None:
        kwargs["initial"] = {"told": [one for one in Topic.values if one not in muted]}
        super().__init__(*args, **kwargs)

    @property
    def hints(self) -> dict[str, Any]:
        """Who is told of each."""
        return {one.topic.value: one.told for one in MAY_BE_MUTED}

    @property
    def muted(self) -> set[str]:
        """What was left without a tick."""
        return set(Topic.values) - set(self.cleaned_data["told"])
