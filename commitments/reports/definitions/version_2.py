"""Version 2 of the method: it adds rules, and leaves those of version 1 as they stand."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from commitments.reports.definitions import version_1
from commitments.reports.definitions.shapes import Method, Section

_ORDER = Section(
    "order",
    _("In which order commitments stand"),
    (
        _(
            "A list begins with the gravest word: past due, off track, update late, never reported,"
            " at risk, out of date, paused, no stage stated, not started, in progress, reported"
            " complete, complete, superseded, withdrawn. Within one word the earliest due date"
            " comes first; what has no published due date comes last."
        ),
        _(
            "The order says where to look first. It does not say that one commitment is worth more"
            " than another, and bodies are put in no order of merit anywhere."
        ),
    ),
)

_OWING = Section(
    "owing",
    _("Who owes an update"),
    (
        _(
            "An update is owed from the day on which its period opens until it is handed in, is"
            " waived, or one for a later period is handed in. It is late from the day after its"
            " due day. What is closed owes nothing any more."
        ),
        _(
            "Bodies that were asked and never handed anything in stand apart from those that are"
            " late with a further update. A waiver stands apart too, with its published reason."
        ),
    ),
)

_DISCIPLINE = Section(
    "discipline",
    _("How the reporting of a body is counted"),
    (
        _(
            "The page of a body counts the updates that were asked of it, period by period: handed"
            " in by the due day, handed in later, not handed in, waived, and not yet due. The day"
            " on which an update was handed in counts, not the day on which it was published, so"
            " that a slow review makes nobody late."
        ),
        _(
            "An update counts for the body that led the commitment when it was due. What a"
            " commitment that closed before the due day no longer owed is not counted."
        ),
        _(
            "These are counts. No share, score or rank is made of them. Where a body was never"
            " asked, the page says so in words."
        ),
    ),
)

_CORRECTIONS = Section(
    "corrections",
    _("What counts as a correction"),
    (
        _(
            "The list of corrections holds every published change that mends what stood before: an"
            " update that corrects an earlier one, a retraction, and an entry that was loaded"
            " wrongly and was loaded again. Each shows what stood before, what stands now, the"
            " day, who decided and the reason that was given."
        ),
        _(
            "A change of plan is not a correction: it is decided on a request, and stands with the"
            " commitment beside the original plan."
        ),
    ),
)

_DAYS = Section(
    "days",
    _("What a page as of a past day shows"),
    (
        _(
            "A page as of a past day is made anew from the public events that hold since that day"
            " or an earlier one, in their order. Due dates and reporting are judged as of that"
            " day too."
        ),
        _(
            "What was entered later about an earlier day holds since the day that it speaks of,"
            " and each event says when it was recorded. To see only what was known by then, ask"
            " for the record after a numbered event."
        ),
    ),
)

_SEARCH = Section(
    "search",
    _("What the search finds"),
    (
        _(
            "The search finds the published commitments and other texts of which every word that"
            " was typed begins a word, with and without diacritics, in both languages. First come"
            " the commitments that hold every word in their title, reference or body, then those"
            " that hold them in what was said of them; within each, the newest first. Nothing"
            " else moves a place."
        ),
    ),
)

_AFTER = {"counting": (_ORDER,), "kept": (_CORRECTIONS, _DAYS), "past-due": (_OWING, _DISCIPLINE)}


def _sections() -> list[Section]:
    """Those of version 1, each followed by what belongs to it."""
    return [
        section
        for first in version_1.METHOD.sections
        for section in (first, *_AFTER.get(first.key, ()))
    ] + [_SEARCH]


METHOD = Method(
    version=2,
    valid_from=date(2026, 11, 22),
    axes=version_1.METHOD.axes,
    sections=_sections(),
    changes=(
        _("Nothing that version 1 defines was changed; no rating reads differently."),
        _(
            "Added: in which order commitments stand, who owes an update, how the reporting of a"
            " body is counted, what counts as a correction, what a page as of a past day shows,"
            " and what the search finds."
        ),
    ),
)
