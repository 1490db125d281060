"""Mail is built for one address of the product."""

import pytest


@pytest.fixture
def addresses(settings):
    settings.SITE_URL = "https://cam-ket.example.org"
