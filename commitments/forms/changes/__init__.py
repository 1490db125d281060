"""The forms of a change of plan: what is to change, the change itself, and the decision on it."""

from commitments.forms.changes.choosing import AboutForm, options_for
from commitments.forms.changes.deciding import DecideForm, FilterForm
from commitments.forms.changes.request import ChangeForm

__all__ = ["AboutForm", "ChangeForm", "DecideForm", "FilterForm", "options_for"]
