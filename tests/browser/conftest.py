"""Headless Chromium of the system, and the live server that it walks through."""

import os

import pytest
from playwright.sync_api import expect

# Playwright runs a loop of its own in this thread; the tests' own queries are plain all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A busy machine answers late; a page that is wrong stays wrong.
expect.set_options(timeout=20_000)

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"), "args": FLAGS}


def pytest_collection_modifyitems(items):
    """Everything in this room needs a browser, and says so to whoever deselects it."""
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
