"""The tests' own day, as for the pages of staff."""

from tests.views.staff.conftest import monday

__all__ = ["monday"]
