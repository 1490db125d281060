"""Version 1 of the method. Published: never changed, a new rule is a new version."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from commitments.reports.definitions.axes_1 import AXES
from commitments.reports.definitions.shapes import Import, Method, Reminder, Section

_IMPORTS = (
    Import(
        ["fulfilled"],
        _(
            "The stage becomes “complete” where somebody other than the body says so, else"
            " “reported complete”."
        ),
    ),
    Import(
        ["in_progress", "drafting", "consultation", "issued", "in_force"],
        _(
            "The stage becomes “in progress”. The step itself is kept and shown; whether a decree"
            " that was issued completes the task is for the delivery unit to decide."
        ),
    ),
    Import(
        ["announced", "accepted", "context"],
        _("The stage does not change."),
    ),
)

_REMINDERS = (
    Reminder(_("A reporting period opened"), _("on the opening day"), _("the reporters")),
    Reminder(
        _("An update is due"),
        _("5 and 2 working days before, and on the day"),
        _("the reporters"),
    ),
    Reminder(
        _("An update is late"),
        _("1, 3, 5 and 10 working days after, then every week"),
        _(
            "the reporters; from the third day the approver too, from the fifth the officer, from"
            " the tenth the senior official of the body"
        ),
    ),
)

_PAST_DUE = Section(
    "past-due",
    _("Past due and late"),
    (
        _(
            "A commitment is past due when today is later than the last day that its present"
            " due date can mean: “2026” is past due from 1 January 2027. It is computed every"
            " day and shown beside the forecast, so that “on track” cannot hide it. A closed"
            " commitment, or one reported complete, is not past due."
        ),
        _(
            "An update is late when its own due date has passed and nothing was submitted. A"
            " reporting period opens on the first working day after its last day; the update"
            " is due ten working days later. What was submitted and waits for review is not"
            " late: it is shown as “in review”."
        ),
        _(
            "No body is shown as late for a duty that nobody gave it. An officer opens"
            " reporting, commitment by commitment, and only where the body that leads is"
            " confirmed. Imported statements meet no duty."
        ),
    ),
)

_COUNTING = Section(
    "counting",
    _("How commitments are counted"),
    (
        _(
            "Every published commitment is counted once, withdrawn ones too, under the gravest"
            " word that applies: past due, off track, update late, never reported, at risk,"
            " out of date; else under the stage that was stated. The worst comes first. There"
            " is no score."
        ),
        _(
            "A priority counts the tasks set under it. National missions and corporate pledges"
            " are counted for the organisation that leads them and for their programme,"
            " because no source says to which priority they belong."
        ),
        _("The demonstration, where there is one, is invented and counted nowhere."),
    ),
)

_ACCEPTANCES = Section(
    "acceptances",
    _("Who accepted missions"),
    (
        _(
            "For 2026, sources speak of eight firms that accepted national missions and name"
            " six: three are confirmed by name and act, three are probable because one"
            " headline names them. Two places stand as “not named by any source found”. Bodies"
            " that were named beside them without any word of an acceptance are shown apart as"
            " unverified and never fill those places."
        ),
        _(
            "Being honoured is not the same as having fulfilled. Honours are shown apart and"
            " move no stage."
        ),
    ),
)

_IMPORTED = Section(
    "imports",
    _("How imported statements move a stage"),
    (
        _(
            "The record began with statements collected from public sources. Each is shown"
            " with who said it and the words “counted on import, not reviewed here”."
        ),
    ),
    imports=_IMPORTS,
)

_FIGURES = Section(
    "figures",
    _("Figures, dates and texts"),
    (
        _(
            "“Not published” and “not known” are written as words, never as zero. Every figure"
            " carries its date and who stated it. Where several values were published for one"
            " period, all stand side by side, and the disagreement is named."
        ),
        _("A date is shown as precisely as it was given: “2026” is not turned into 31 December."),
        _(
            "The wording of a commitment is either quoted word for word or a summary by the"
            " editors, and says which. A quotation found later is added beside the summary."
            " Where only one language was published, the other is the editors' translation and"
            " says so; where there is none, the text stands in its own language."
        ),
    ),
)

_KEPT = Section(
    "kept",
    _("What is never rewritten"),
    (
        _(
            "The original wording, the original due date and the original target stay for"
            " ever. What changed stands beside them with its date, its kind, its reason and"
            " who decided."
        ),
        _(
            "A published update is never altered. A mistake is corrected by a new update that"
            " names the old one; a retraction puts a notice before the text, which stays"
            " readable. Author, approver and publisher of an update are three different"
            " people."
        ),
    ),
)

_CHAIN = Section(
    "chain",
    _("How the chain works"),
    (
        _(
            "Every published change writes one event in the same transaction: its number, when"
            " it was recorded, from which day it holds, what was public of the thing before"
            " and after, and the role that acted. The event also holds the hash of the event"
            " before it. Its own hash is the SHA-256 of all of this in canonical JSON (RFC"
            " 8785)."
        ),
        _(
            "To check the record, take the events in order, compute each hash and compare. If"
            " one event were altered, added or taken out, every later hash would differ, and"
            " the newest one, which is published, would not match. Whoever kept an earlier"
            " newest hash can prove it. The installation checks itself with the command"
            " “manage.py verify_record”, which also compares every published row with what the"
            " chain says of it."
        ),
    ),
)

_REMINDED = Section(
    "reminders",
    _("Reminders"),
    (
        _(
            "Those who owe an update get at most one mail a day, on working days. A reminder"
            " never changes what it is about, and it stops once the update is submitted."
        ),
    ),
    reminders=_REMINDERS,
)

METHOD = Method(
    version=1,
    valid_from=date(2026, 11, 21),
    axes=AXES,
    sections=(
        _PAST_DUE,
        _COUNTING,
        _ACCEPTANCES,
        _IMPORTED,
        _FIGURES,
        _KEPT,
        _CHAIN,
        _REMINDED,
    ),
)
