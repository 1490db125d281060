"""Headless Chromium of the system, and the live server that it walks through."""

import os

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
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


@pytest.fixture(scope="session", autouse=True)
def threads_end_in_silence():
    """A request's thread leaves alone the database in memory, which belongs to the test's thread.

    A browser keeps its threads waiting for more; those that end with the run would complain.
    """

    def close_own(server):
        shared = (server.connections_override or {}).values()
        for one in connections.all(initialized_only=True):
            if not any(one is another for another in shared):
                one.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ThreadedWSGIServer, "_close_connections", close_own)
        yield


def pytest_collection_modifyitems(items):
    """Everything in this room needs a browser, and says so to whoever deselects it."""
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
