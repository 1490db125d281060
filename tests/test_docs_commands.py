"""Every `curl` line of the documents, and the client, do on a live server what the documents say."""

import importlib.util
import json
import re
import shlex
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import time_machine
from django.utils import timezone

from commitments.services import releases
from commitments.services.demo.sandbox import COMMITMENT, reset_sandbox
from tests import factories as make

DOCS = Path(__file__).resolve().parents[1] / "docs"
HERE = "http://127.0.0.1:8000"
IN_THE_TEST = {
    "ai-sandbox-decree": COMMITMENT.slug,
    "viettel-5g-network-2025": COMMITMENT.slug,
    "programme=2026": "programme=demo",
    '"after": 368': '"after": 3',
    "2025-12-21": "2026-12-15",
}
LATER = datetime(2026, 12, 15, 3, 0, tzinfo=UTC)
"""After the days that the documents name."""
BEGINS = re.compile(r"^(?=curl |\w+=)", re.MULTILINE)
SAYS = re.compile(r"# (?P<status>\d{3})\b")
WORDS = {"-H": "header", "-d": "data", "-X": "method", "-o": "file"}
OTHERWISE = {
    # What the text around a command says, where the command itself does not
    ("POST", "/own/updates/"): 201, ("POST", "/own/webhooks/"): 201,
    ("POST", "/own/webhooks/1/test/"): 202, ("DELETE", "/own/webhooks/1/"): 204,
    ("POST", "/own/change-requests/"): 201,
    ("DELETE", "/own/updates/17/"): 403,  # "a draft only", and the line before handed it in
}  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ground():
    """A demonstration in which a sandbox can stand, and a release."""
    with time_machine.travel(LATER, tick=True):
        make.SourceFactory(is_demo=True)
        make.ProgrammeFactory(slug="demo", code="DEMO", is_demo=True)
        reset_sandbox(now=timezone.now())
        releases.make_now(today=timezone.localdate(), now=timezone.now())
        yield


@pytest.fixture
def client_module():
    spec = importlib.util.spec_from_file_location("client", DOCS / "client.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.time.sleep = lambda _seconds: None
    return module


def commands(text):
    """Every command with what stands behind it; None where a new chapter begins."""
    for number, part in enumerate(text.split("\n```")):
        if number % 2 == 0 and "\n## " in part:
            yield None
        if number % 2 and part.partition("\n")[0] in ("", "sh"):
            yield from BEGINS.split(part.replace("\\\n", " "))


class Reader:
    """Somebody who types what the documents say, one chapter after another."""

    def __init__(self, site):
        self.site, self.names, self.said = site, {"SITE": site}, []

    def begin(self):
        self.names["TOKEN"] = reset_sandbox(now=timezone.now()).token
        self.names |= {"AUTH": f"Authorization: Bearer {self.names['TOKEN']}",
                       "HERE": f"{self.site}/api/v1/own"}  # fmt: skip
        self.ids, self.etag = {}, ""

    def type(self, line):
        command = line.strip()
        if not command.startswith("curl"):
            return
        given = {"header": []}
        words = iter(shlex.split(Template(command).safe_substitute(self.names), comments=True))
        for word in words:
            if word in WORDS:
                value = next(words)
                given["header"].append(value) if word == "-H" else given.update(
                    {WORDS[word]: value}
                )
            elif word == ">":
                next(words)
            elif not word.startswith("-") and word != "curl":
                given["address"] = word
        method = given.get("method") or ("POST" if "data" in given else "GET")
        asked = given["address"].replace(HERE, self.site)
        plain = asked.removeprefix(self.site).removeprefix("/api/v1").partition("?")[0]
        says = SAYS.search(command)
        expected = int(says["status"]) if says else OTHERWISE.get((method, plain), 200)
        self.said.append((command, expected, self.ask(method, asked, given)))

    def ask(self, method, address, given):
        for noun, number in self.ids.items():
            address = re.sub(rf"/{noun}/\d+/", f"/{noun}/{number}/", address)
        headers = dict(one.split(": ", 1) for one in given["header"])
        if "If-Match" in headers:
            headers["If-Match"] = self.etag
        body = given["data"].encode() if "data" in given else None
        try:
            with urlopen(Request(address, body, headers, method=method)) as answer:
                content, status = answer.read(), answer.status
                self.etag = answer.headers["ETag"] or self.etag
        except HTTPError as refused:
            return refused.code
        if status == 201:
            self.ids[address.rstrip("/").rpartition("/")[2]] = json.loads(content)["id"]
        return status


def test_what_the_documents_tell_to_type_is_answered_as_they_say(live_server, ground):
    reader = Reader(live_server.url)
    for name in ("api.md", "open-data.md", "reporting.md", "webhooks.md"):
        text = (DOCS / name).read_text()
        for written, here in IN_THE_TEST.items():
            text = text.replace(written, here)
        reader.begin()
        for line in commands(text):
            reader.begin() if line is None else reader.type(line)

    wrong = [
        f"{told} {expected} {found}" for told, expected, found in reader.said if expected != found
    ]
    assert "\n".join(wrong) == ""
    assert len(reader.said) == sum((DOCS / name).read_text().count("\ncurl ") for name in
                                   ("api.md", "open-data.md", "reporting.md", "webhooks.md"))  # fmt: skip


def test_the_client_reads_reports_and_tries_again(live_server, ground, client_module, monkeypatch):
    token = reset_sandbox(now=timezone.now()).token
    client = client_module.Client(live_server.url, token)
    rows = list(client.rows("events/", limit=2))
    follower = client.follow(after=rows[0]["sequence"])
    broken = iter([ConnectionResetError, TimeoutError])

    def breaks_off(*asked, **how):
        if fault := next(broken, None):
            raise fault
        return urlopen(*asked, **how)

    monkeypatch.setattr(client_module, "urlopen", breaks_off)
    said = {"commitment": COMMITMENT.slug, "as_of_on": str(timezone.localdate())}
    begun = client.begin_update(said, key="test")
    again = client.begin_update(said, key="test")
    changed = client.change_update(
        begun, {"stage": "in_progress", "forecast": "on_track", "summary_en": "Test"}
    )
    with pytest.raises(client_module.RefusedError) as refused:
        client.submit_update(begun)
    handed_in = client.submit_update(changed)

    assert [row["sequence"] for row in rows] == [*range(1, len(rows) + 1)]
    assert next(follower)["sequence"] == 2
    assert begun.body["id"] == again.body["id"]
    assert (refused.value.status, refused.value.kind) == (412, "precondition-failed")
    assert handed_in.body["state"] == "submitted"
