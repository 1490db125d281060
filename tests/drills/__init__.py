"""Drills with real processes that are killed: `make drill-reminders`. No part of the tests."""
