"""Whom we may call: addresses on the public internet, judged as typed and as looked up."""

import ipaddress
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid
from commitments.rules.addresses import ascii_name, check_address

DEFAULT_PORTS = {"http": 80, "https": 443}

IPv4 = ipaddress.IPv4Address
IPv6 = ipaddress.IPv6Address

_PUBLIC_6 = ipaddress.IPv6Network("2000::/3")
"""All that is given out for use on the internet; whatever lies beside it is inner or special."""
_SPECIAL_6 = [
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # special purposes, Teredo (2001::/32) among them
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
    )
]
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_SPECIAL_4 = [
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by customers of a carrier
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; 169.254.169.254 tells a cloud's machines their secrets
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
]


def is_public(text: str) -> bool:
    """Whether an IP address, spelled as a resolver gives it, lies on the public internet.

    The networks are listed here rather than asked of the library, whose lists differ between
    versions of Python. An IPv6 address that holds an IPv4 address is judged by that one.
    """
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv4):
        return not any(address in network for network in _SPECIAL_4)
    if address.scope_id is not None:
        return False
    inner = _inner(address)
    if inner is not None:
        return is_public(str(inner))
    return address in _PUBLIC_6 and not any(address in network for network in _SPECIAL_6)


def _inner(address: IPv6) -> IPv4 | None:
    """The IPv4 address that a mapped, a 6to4 or a NAT64 address leads to."""
    if address in _NAT64:
        return IPv4(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


class Fault(TextChoices):
    """Why there is no answer."""

    ADDRESS = "address", _("the address cannot be used")
    NOT_PUBLIC = "not_public", _("the address leads into a private network")
    UNKNOWN_HOST = "unknown_host", _("the host is not known")
    UNREACHABLE = "unreachable", _("the host takes no connection")
    TLS = "tls", _("its certificate cannot be trusted")
    TIMEOUT = "timeout", _("no answer in time")
    TOO_LARGE = "too_large", _("the answer is too large")
    GARBLED = "garbled", _("the answer is not HTTP")
    REDIRECTS = "redirects", _("too many redirects")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a status, or the fault that kept it away. `is_cut`: the body was longer."""

    status: int | None = None
    fault: Fault | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_cut: bool = False
    address: str = ""
    took: float = 0.0

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Target(NamedTuple):
    """Where a request goes: `host` is the name as it is looked up and as TLS proves it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """As the header `Host` says it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        is_usual = self.port == DEFAULT_PORTS[self.scheme]
        return host if is_usual else f"{host}:{self.port}"


def check_outgoing(url: str, *, ports: Container[int], field: str | None = "address") -> str:
    """The address, cleaned, that we may send to as far as its spelling tells.

    What its name leads to is checked at every sending. Raises Invalid.
    """
    try:
        cleaned = check_address(url, field=field)
    except Invalid as refused:
        if refused.code != "address_not_public":
            raise
        raise Invalid(refused.code, _INNER, field) from None
    port = target_of(cleaned).port
    if port not in ports:
        raise Invalid("address_port", format_lazy(_PORT, port=port), field)
    return cleaned


_INNER = _(
    "This address lies inside a private network, which cannot be reached from here. "
    "Please give an address on the public internet."
)
_PORT = _("Nothing is sent to port {port}. Please use https:// without a port.")


def target_of(url: str) -> Target:
    """The parts of an address as they are used. Raises ValueError where there is no host."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    name = host if ":" in host else ascii_name(host)
    if not name or parts.scheme not in DEFAULT_PORTS or "@" in parts.netloc:
        raise ValueError
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    port = DEFAULT_PORTS[parts.scheme] if parts.port is None else parts.port
    return Target(parts.scheme, name, port, path)
