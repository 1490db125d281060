"""The tests' own day, as for the pages of staff, and a place of their own for files."""

import pytest

from tests.views.staff.conftest import monday

__all__ = ["monday"]


@pytest.fixture
def files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
