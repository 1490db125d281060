"""A notice with what it is about and why it comes, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from commitments.errors import Text
from commitments.models import Notice
from commitments.reports.reminders.things import Key, Thing
from commitments.reports.step_words import step_words


@dataclass(frozen=True, slots=True)
class Worded:
    """`thing` is None where what it was about is gone."""

    notice: Notice
    thing: Thing | None
    words: Text


def worded(notice: Notice, things: Mapping[Key, Thing]) -> Worded:
    thing = things.get((notice.subject_kind, notice.subject_id))
    return Worded(notice, thing, step_words(notice.rule, notice.step))
