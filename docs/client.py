"""A small client of the API, to copy and change. Needs Python 3.11 and nothing else.

    python client.py https://camket.example.org                 # the commitments by name
    TOKEN=ck_… python client.py https://camket.example.org demo-sandbox-bells

The second begins an update of that commitment with a body's token, adds to it, and hands it in.
"""

import json
import os
import random
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

Json = dict[str, Any]
AGAIN = frozenset({429, 500, 502, 503, 504})
"""What may be better in a moment; every other refusal is for a reason, and stays."""
TRIES = 6
LONGEST = 60.0
"""Seconds to wait at most before one more try."""


class Answer(NamedTuple):
    status: int
    body: Json
    etag: str


class RefusedError(Exception):
    """A problem of RFC 9457; `kind` is the last part of its type, `errors` what is to blame."""

    def __init__(self, status: int, problem: Json) -> None:
        super().__init__(problem.get("detail", f"status {status}"))
        self.status = status
        self.kind = str(problem.get("type", "")).strip("/").rpartition("/")[2]
        self.errors: list[Json] = problem.get("errors", [])


class Client:
    def __init__(self, site: str, token: str = "", language: str = "en") -> None:
        self.base = f"{site.rstrip('/')}/api/v1/"
        self.token, self.language = token, language

    # Reading --------------------------------------------------------------------------------

    def rows(self, path: str, **query: Any) -> Iterator[Json]:
        """Every row of a list, page after page: `rows("commitments/", stage="in_progress")`."""
        address: str | None = f"{path}?{urlencode(query)}"
        while address:
            page = self.send("GET", address).body
            yield from page["results"]
            address = page["next"]

    def follow(self, after: int = 0, pause: float = 60.0) -> Iterator[Json]:
        """Every public event after that sequence, for ever; keep the last sequence you took."""
        while True:
            for event in self.rows("events/", after=after, limit=1000):
                after = event["sequence"]
                yield event
            time.sleep(pause)

    # Reporting, with a token ----------------------------------------------------------------

    def begin_update(self, said: Json, key: str = "") -> Answer:
        """The same `key` within a day never begins a second one, whatever breaks off between."""
        return self.send("POST", "own/updates/", said, {"Idempotency-Key": key or _new_key()})

    def change_update(self, update: Answer, said: Json) -> Answer:
        """RefusedError with `precondition-failed` where somebody saved since it was read."""
        return self._on(update, "PATCH", "", said)

    def submit_update(self, update: Answer) -> Answer:
        return self._on(update, "POST", "submit/", {})

    def _on(self, update: Answer, method: str, what: str, said: Json) -> Answer:
        headers = {"If-Match": update.etag, "Idempotency-Key": _new_key()}
        return self.send(method, f"own/updates/{update.body['id']}/{what}", said, headers)

    # Asking ---------------------------------------------------------------------------------

    def send(
        self, method: str, path: str, said: Json | None = None, headers: Mapping[str, str] = {}
    ) -> Answer:
        """Ask, again where that may help. Raises RefusedError, or what the network raises.

        What changes something is asked again because it has a key: it is done once.
        """
        for tried in range(TRIES):
            try:
                return self._ask(method, path, said, headers)
            except HTTPError as answered:
                refused = RefusedError(answered.code, _problem(answered))
                if answered.code not in AGAIN or tried == TRIES - 1:
                    raise refused from None
                self.wait(tried, answered.headers.get("Retry-After"))
            except (URLError, ConnectionError, TimeoutError):
                if tried == TRIES - 1:
                    raise
                self.wait(tried, None)
        raise AssertionError  # the last try has returned or raised

    def wait(self, tried: int, told: str | None) -> None:
        """As long as the server says; else twice as long each time, not all at the same moment."""
        seconds = float(told) if told and told.isdigit() else random.uniform(0.5, 1) * 2**tried
        time.sleep(min(seconds, LONGEST))

    def _ask(self, method: str, path: str, said: Json | None, headers: Mapping[str, str]) -> Answer:
        address = path if urlsplit(path).scheme else self.base + path
        told = {"Accept": "application/json", "Accept-Language": self.language, **headers}
        if self.token and address.startswith(self.base):
            told["Authorization"] = f"Bearer {self.token}"
        if said is not None:
            told["Content-Type"] = "application/json"
        body = None if said is None else json.dumps(said).encode()
        with urlopen(Request(address, body, told, method=method), timeout=30) as answer:
            found = answer.read()
            return Answer(answer.status, json.loads(found or b"{}"), answer.headers.get("ETag", ""))


def _problem(answered: HTTPError) -> Json:
    try:
        found = json.loads(answered.read())
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _new_key() -> str:
    return str(uuid.uuid4())


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    client = Client(sys.argv[1], os.environ.get("TOKEN", ""))
    if len(sys.argv) == 2:
        for row in client.rows("commitments/", fields="slug,title_en"):
            sys.stdout.write(f"{row['slug']:40} {row['title_en']}\n")
    else:
        today = time.strftime("%Y-%m-%d")
        draft = client.begin_update({"commitment": sys.argv[2], "as_of_on": today})
        said = {"stage": "in_progress", "forecast": "on_track", "summary_en": "A first try."}
        handed_in = client.submit_update(client.change_update(draft, said))
        sys.stdout.write(f"{handed_in.body['id']} is {handed_in.body['state']}.\n")
