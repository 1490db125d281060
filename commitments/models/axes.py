"""The five questions asked of every commitment, and the words that answer them (design §3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """What has happened? (design §3). Blank: no stage stated."""

    NOT_STARTED = "not_started", _("not started")
    IN_PROGRESS = "in_progress", _("in progress")
    PAUSED = "paused", _("paused")
    REPORTED_COMPLETE = "reported_complete", _("reported complete")
    COMPLETE = "complete", _("complete")
    WITHDRAWN = "withdrawn", _("withdrawn")
    SUPERSEDED = "superseded", _("superseded")


CLOSED = (Stage.COMPLETE, Stage.WITHDRAWN, Stage.SUPERSEDED)
BODY_STAGES = (Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.PAUSED, Stage.REPORTED_COMPLETE)
"""The stages a body may report; the others are an officer's or a change request's."""


class Forecast(models.TextChoices):
    """Will the present date and target be met?"""

    ON_TRACK = "on_track", _("on track")
    AT_RISK = "at_risk", _("at risk")
    OFF_TRACK = "off_track", _("off track")
    NOT_GIVEN = "not_given", _("not given")


class Reporting(models.TextChoices):
    """Do we know? Computed, never stored."""

    NOT_ASKED = "not_asked", _("not asked")
    NEVER_REPORTED = "never_reported", _("never reported")
    CURRENT = "current", _("current")
    DUE = "due", _("update due")
    LATE = "late", _("update late")
    STALE = "stale", _("stale")
    WAIVED = "waived", _("waived")


class Verification(models.TextChoices):
    """How do we know? Computed from evidence and review, never stored."""

    REPORTED = "reported", _("reported")
    EVIDENCED = "evidenced", _("evidenced")
    CONFIRMED = "confirmed", _("confirmed")
    DISPUTED = "disputed", _("disputed")
