"""There is one way out over HTTP: no other module of the product opens a connection."""

import ast

from tests.house import floors
from tests.house.test_layers import OURS, short, tree_of

WAYS_OUT = (
    "socket", "ssl", "http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp",
    "ftplib", "smtplib", "telnetlib", "poplib", "imaplib", "xmlrpc", "asyncio", "socketserver",
    "http.server",
)  # fmt: skip
KNOWN = {
    "commitments/gateways/wire.py": "the connection itself",
    "commitments/gateways/outgoing.py": "the one client, and its errors",
    "commitments/management/commands/up.py": "asks its own web process whether it is up",
    "commitments/management/load.py": "measures the product's own server",
    "commitments/management/serving.py": "finds a free port for it",
    "commitments/management/writes_bench.py": "measures the product's own server",
    "commitments/rules/mail_faults.py": "the names of a mail server's errors",
    "tracker/broker.py": "asks whether the broker's own socket answers",
}
"""Who may name one of these, and why."""


def ways_out(tree):
    named = [name for name in floors.imports(tree) if is_way_out(name)]
    called = [one for one in floors.calls(tree) if one in {"__import__", "import_module"}]
    return named + called


def is_way_out(name):
    return any(name == way or name.startswith(f"{way}.") for way in WAYS_OUT)


def test_nobody_else_opens_connections():
    found = {short(path): ways_out(tree_of(path)) for path in OURS}

    assert {path: names for path, names in found.items() if names and path not in KNOWN} == {}
    assert {path for path, names in found.items() if names} == KNOWN.keys()


def test_a_second_way_out_would_be_seen():
    source = """
import urllib.request, ssl
from http import client
from urllib.parse import urlsplit
def late():
    from requests import get
    __import__("socket")
"""

    assert ways_out(ast.parse(source)) == [
        "urllib.request",
        "ssl",
        "http.client",
        "requests.get",
        "__import__",
    ]


def test_nobody_uses_the_client_but_alarms_and_jobs():
    """A view or a form that asked somebody else's server would let its readers wait."""
    users = {
        short(path)
        for path in OURS
        for name in floors.imports(tree_of(path))
        if name.startswith("commitments.gateways.outgoing")
    }

    assert users == {"commitments/gateways/alarms.py", "commitments/tasks.py"}
