"""The five questions as version 1 of the method defines them. Published: never changed."""

from django.utils.translation import gettext_lazy as _

from commitments.reports.definitions.shapes import Axis, Definition

_STAGE = Axis(
    "stage",
    _("Stage"),
    _("What has happened?"),
    _(
        "The body states the first four. “Complete” is a deed of the delivery unit; “withdrawn” and"
        " “superseded” follow from a decided request for change."
    ),
    [
        Definition("not_started", _("The body has said that work has not begun.")),
        Definition("in_progress", _("Work has begun and is not finished.")),
        Definition("paused", _("The body has said that work rests.")),
        Definition(
            "reported_complete",
            _("The body says that it is done, with evidence; nobody else has confirmed it yet."),
        ),
        Definition(
            "complete",
            _(
                "Confirmed on a source other than the body's own; or, on import, stated as"
                " fulfilled by somebody other than the body."
            ),
        ),
        Definition(
            "withdrawn",
            _("Given up by a decided request, with its reason. It is kept and counted."),
        ),
        Definition("superseded", _("Replaced by another commitment. It is kept and counted.")),
        Definition("", _("Nobody has stated a stage. This is not the same as “not started”.")),
    ],
)

_FORECAST = Axis(
    "forecast",
    _("Forecast"),
    _("Will the present date and target be met?"),
    _("The body, when it reports."),
    [
        Definition("on_track", _("The body expects to meet the present date and target.")),
        Definition("at_risk", _("They may be missed; the body names the problem.")),
        Definition(
            "off_track",
            _(
                "They will be missed as things stand; the body names the problem and what it asks"
                " of whom."
            ),
        ),
        Definition(
            "not_given",
            _(
                "No forecast: none is asked for where neither a due date nor a target was"
                " published, and none can be given where nobody was asked to report."
            ),
        ),
    ],
)

_REPORTING = Axis(
    "reporting",
    _("Reporting"),
    _("Do we know?"),
    _("Computed every day from the updates that are owed. The first that applies counts."),
    [
        Definition("not_asked", _("No reporting duty was given, so nothing is owed.")),
        Definition("waived", _("The newest update owed was waived, with a published reason.")),
        Definition(
            "never_reported",
            _("An update is past its due date, and no update was ever submitted."),
        ),
        Definition("late", _("The oldest update still owed is past its due date.")),
        Definition("due", _("An update is open, and its due date has not passed.")),
        Definition("stale", _("The last report speaks as of a day more than two periods ago.")),
        Definition("current", _("Nothing is owed, and the last report is recent.")),
    ],
)

_VERIFICATION = Axis(
    "verification",
    _("Verification"),
    _("How do we know?"),
    _("Computed from the evidence of the update that set the stage, and from its review."),
    [
        Definition("reported", _("Somebody says so, without evidence.")),
        Definition("evidenced", _("At least one source is attached as evidence.")),
        Definition(
            "confirmed",
            _(
                "An officer who did not write the update accepted a source from somebody other"
                " than the body. The body's own page alone never confirms, and an import never"
                " does."
            ),
        ),
        Definition("disputed", _("An accepted challenge stands against it.")),
        Definition("", _("No stage was stated, so there is nothing to verify.")),
    ],
)

_OUTCOME = Axis(
    "outcome",
    _("Outcome"),
    _("What came of it, at the end of the year?"),
    _("Assessors, once a year, apart from what the body says."),
    [
        Definition("achieved", _("What was promised was achieved.")),
        Definition("largely_achieved", _("The greater part was achieved.")),
        Definition("partly_achieved", _("A lesser part was achieved.")),
        Definition("not_achieved", _("Nothing of substance was achieved.")),
        Definition("cannot_be_assessed", _("What is published does not allow an assessment.")),
        Definition("withdrawn", _("The commitment was withdrawn before the end of the year.")),
        Definition("", _("No assessment has been made yet.")),
    ],
)

AXES = (_STAGE, _FORECAST, _REPORTING, _VERIFICATION, _OUTCOME)
