"""Headless Chromium of the system, and the live server that it walks through."""

import os

import pytest
from django.conf import settings
from playwright.sync_api import expect

# Playwright runs a loop of its own in this thread; the tests' own queries are plain all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PATIENCE = 90_000
"""Milliseconds; a busy machine answers late, and a page that is wrong stays wrong."""

expect.set_options(timeout=PATIENCE / 3)

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
def django_db_modify_db_settings(django_db_modify_db_settings, tmp_path_factory):
    """A database in a file, as `make run` has it: each request's thread has a connection of its
    own, while of one in memory all would share a single one."""
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("sqlite3"):
        default.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"), "args": FLAGS}


@pytest.fixture(scope="session")
def browser(browser):
    """Every window waits as long as a busy machine may take."""
    make = browser.new_context

    def make_patient(**more):
        context = make(**more)
        context.set_default_timeout(PATIENCE)
        return context

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(browser, "new_context", make_patient)
        yield browser


def pytest_collection_modifyitems(items):
    """Everything in this room needs a browser, and says so to whoever deselects it."""
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
