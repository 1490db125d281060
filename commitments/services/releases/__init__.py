"""Dated releases of the open data: the whole record as files, made from the public events."""

from commitments.services.releases.keeping import make_now, make_owed
from commitments.services.releases.making import folder_of

__all__ = ["folder_of", "make_now", "make_owed"]
