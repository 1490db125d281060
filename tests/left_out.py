"""Says in words how many tests a run left out, by marker and with the command that runs them.

A plugin of `make test` (`-p tests.left_out`); it counts in every xdist worker alike.
"""

import pytest

COMMANDS = {"browser": "make test-browser", "server": "make test-servers"}
KEY = pytest.StashKey[dict[str, int]]()


def pytest_configure(config):
    config.stash[KEY] = {}


@pytest.hookimpl(trylast=True)
def pytest_deselected(items):
    for item in items:
        counts = item.config.stash[KEY]
        for marker in COMMANDS:
            if item.get_closest_marker(marker):
                counts[marker] = counts.get(marker, 0) + 1
                break


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash[KEY]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    node.config.stash[KEY] = getattr(node, "workeroutput", {}).get("left_out", {})


def pytest_terminal_summary(terminalreporter, config):
    for marker, count in sorted(config.stash[KEY].items()):
        tests = "test was" if count == 1 else "tests were"
        terminalreporter.write_line(
            f"{count} {marker} {tests} left out of this run; `{COMMANDS[marker]}` runs them."
        )
