"""Calendars that other programs read: what is in them, and how they are written."""

from commitments.feeds._days import AsOf
from commitments.feeds.calendars import Calendar, Entry, written
from commitments.feeds.own import own_calendar
from commitments.feeds.public import (
    commitment_calendar,
    organisation_calendar,
    programme_calendar,
    whole_calendar,
)

__all__ = [
    "AsOf",
    "Calendar",
    "Entry",
    "commitment_calendar",
    "organisation_calendar",
    "own_calendar",
    "programme_calendar",
    "whole_calendar",
    "written",
]
