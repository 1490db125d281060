"""The one way out over HTTP: to an address that somebody typed, or to the operator's own.

The name is looked up once, every address that it has is checked, and the connection goes to one of
those: a name that leads elsewhere a moment later leads nowhere. No proxy of the environment is
used, no cookie kept, nothing unpacked, no compressed answer asked for.
"""

import ssl
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException, HTTPResponse
from urllib.parse import urljoin

from django.conf import settings
from django.utils.encoding import iri_to_uri

from commitments.errors import Invalid
from commitments.gateways.wire import Deadline, TooLargeError, ask, ask_within, look_up
from commitments.rules.outgoing import Answer, Fault, Target, check_outgoing, is_public, target_of

REDIRECTS = frozenset({301, 302, 303, 307, 308})
SAFE = frozenset({"GET", "HEAD"})
MOST_ADDRESSES = 4
"""Of a name that has more, so many are tried."""
OWN = frozenset({"host", "connection", "content-length", "transfer-encoding", "accept-encoding"})
"""Headers that nobody hands in."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for connecting, for each piece that is read and for everything together; bytes of
    the head and of the body that are taken; redirects that are followed."""

    connect: float = 5.0
    read: float = 8.0
    total: float = 12.0
    head: int = 32 * 1024
    body: int = 64 * 1024
    redirects: int = 3

    @property
    def incoming(self) -> int:
        """All bytes that may come in: a body in small chunks is longer than what it carries."""
        return self.head + 2 * self.body


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A client. `trusts` is for an address that the operator set, which may be an inner one;
    `also` are IP addresses that may be reached although they are not public, in tests."""

    limits: Limits = field(default_factory=Limits)
    trusts: bool = False
    also: Container[str] = ()
    ports: Container[int] | None = None
    resolve: Callable[[str, int], Sequence[str]] = look_up
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Post to this address and to no other: a redirect is an answer like any other."""
        return self._fetch("POST", address, body, headers)

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Follow redirects, each checked anew; the headers go to the first address only."""
        return self._fetch("GET", address, None, headers or {})

    def head(self, address: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self._fetch("HEAD", address, None, headers or {})

    def _fetch(
        self, method: str, address: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answer:
        deadline = Deadline(self.limits.total)
        hops = self.limits.redirects if method in SAFE else 0
        for _hop in range(hops + 1):
            answer = self._one(method, address, body, headers, deadline)
            onward = answer.headers.get("location")
            if method not in SAFE or answer.status not in REDIRECTS or not onward:
                return answer
            try:
                address, headers = urljoin(address, onward), {}
            except ValueError:
                return _failed(Fault.ADDRESS, onward, deadline)
        return _failed(Fault.REDIRECTS, address, deadline)

    def _one(
        self, method: str, address: str, body: bytes | None, headers: Mapping[str, str],
        deadline: Deadline,
    ) -> Answer:  # fmt: skip
        """One request, no redirect followed; every fault is an answer, none is raised."""
        failed = partial(_failed, address=address, deadline=deadline)
        try:
            target = self._checked(address)
        except (Invalid, ValueError) as refused:
            is_inner = isinstance(refused, Invalid) and refused.code == "address_not_public"
            return failed(Fault.NOT_PUBLIC if is_inner else Fault.ADDRESS)
        try:
            addresses = self._addresses(target, deadline)
        except TimeoutError:
            return failed(Fault.TIMEOUT)
        except OSError:
            return failed(Fault.UNKNOWN_HOST)
        if not all(self._may_reach(one) for one in addresses):
            return failed(Fault.NOT_PUBLIC)
        return self._ask(
            target, addresses, (method, body, _sent(headers, target)), failed, deadline
        )

    def _checked(self, address: str) -> Target:
        """Raises Invalid or ValueError for an address that is not used."""
        if not self.trusts and not (self.also and self._is_also(address)):
            ports = settings.OUTGOING_PORTS if self.ports is None else self.ports
            address = check_outgoing(address, ports=ports)
        target = target_of(address)
        return target._replace(path=iri_to_uri(target.path) or "/")

    def _is_also(self, address: str) -> bool:
        return target_of(address).host in self.also

    def _addresses(self, target: Target, deadline: Deadline) -> list[str]:
        """Asked once. Raises OSError where the name has none, TimeoutError."""
        within = deadline.left(self.limits.connect)
        found = ask_within(within, lambda: self.resolve(target.host, target.port))
        if not found:
            raise OSError
        return found

    def _may_reach(self, address: str) -> bool:
        return self.trusts or address in self.also or is_public(address)

    def _ask(
        self,
        target: Target,
        addresses: Sequence[str],
        request: tuple[str, bytes | None, dict[str, str]],
        failed: Callable[[Fault], Answer],
        deadline: Deadline,
    ) -> Answer:
        try:
            response, hang_up = ask(
                target, addresses[:MOST_ADDRESSES], request,
                tls=self.tls, pace=self.limits, deadline=deadline,
            )  # fmt: skip
            try:
                return self._read(response, target, deadline)
            finally:
                hang_up()
        except TimeoutError:
            return failed(Fault.TIMEOUT)
        except ssl.SSLError:
            return failed(Fault.TLS)
        except TooLargeError:
            return failed(Fault.TOO_LARGE)
        except OSError:
            return failed(Fault.UNREACHABLE)
        except (HTTPException, ValueError):
            return failed(Fault.GARBLED)

    def _read(self, response: HTTPResponse, target: Target, deadline: Deadline) -> Answer:
        headers = {name.lower(): value for name, value in response.getheaders()}
        if sum(len(name) + len(value) + 4 for name, value in headers.items()) > self.limits.head:
            raise TooLargeError
        body, most = b"", self.limits.body
        while len(body) <= most and (piece := response.read(most + 1 - len(body))):
            body += piece
        return Answer(
            status=response.status,
            headers=headers,
            body=body[:most],
            is_cut=len(body) > most,
            address=f"{target.scheme}://{target.authority}{target.path}",
            took=deadline.passed,
        )


def _failed(fault: Fault, address: str, deadline: Deadline) -> Answer:
    return Answer(fault=fault, address=address, took=deadline.passed)


def _sent(headers: Mapping[str, str], target: Target) -> dict[str, str]:
    handed = {name: value for name, value in headers.items() if name.lower() not in OWN}
    ours = {"Host": target.authority, "Connection": "close", "Accept-Encoding": "identity"}
    return ours | {"User-Agent": f"cam-ket (+{settings.SITE_URL})"} | handed
