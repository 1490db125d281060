"""What an officer sees of reminders: what will go to whom, what went, what failed."""

from commitments.reports.reminders.coming import SPAN, AskedComing, Day, coming_in
from commitments.reports.reminders.ledger import AskedLedger, Entry, entries_of, ledger_of
from commitments.reports.reminders.mails import (
    Carried,
    Carrying,
    carried_by,
    carrying,
    failed_in,
    sent_in,
)
from commitments.reports.reminders.scope import (
    concerning,
    mails_of,
    notices_of,
    pauses_of,
    people_named,
    people_of,
)
from commitments.reports.reminders.things import Thing, things_of
from commitments.reports.reminders.waiting import Waiting, waiting_in
from commitments.reports.reminders.worded import Worded, worded

__all__ = [
    "SPAN",
    "AskedComing",
    "AskedLedger",
    "Carried",
    "Carrying",
    "Day",
    "Entry",
    "Thing",
    "Waiting",
    "Worded",
    "carried_by",
    "carrying",
    "coming_in",
    "concerning",
    "entries_of",
    "failed_in",
    "ledger_of",
    "mails_of",
    "notices_of",
    "pauses_of",
    "people_named",
    "people_of",
    "sent_in",
    "things_of",
    "waiting_in",
    "worded",
]
