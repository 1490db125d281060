"""Which addresses may stand as evidence: public pages, spelled so that they hide nothing.

Nothing is fetched here. An inner address is refused because no reader could follow it.
"""

import ipaddress
import re
import unicodedata
from urllib.parse import SplitResult, urlsplit

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Text

LONGEST = 2000

_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
_INNER_ENDINGS = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion")
_REASONS: dict[str, Text] = {
    "address_missing": _("Please give an address."),
    "address_too_long": _("The address is too long: {longest} characters at most."),
    "address_has_blanks": _("The address contains a blank or an invisible character."),
    "address_scheme": _("The address must begin with http:// or https://."),
    "address_has_credentials": _(
        "The address contains a user name or a password. "
        "Please give an address that everybody may open."
    ),
    "address_unreadable": _("The address could not be read. Please copy it again from the page."),
    "address_not_public": _(
        "This address lies inside a private network. "
        "Evidence must be a page that every reader can open."
    ),
}


def check_address(url: str, *, field: str | None = "url") -> str:
    """The address with its scheme and host in small letters, all else as it was given."""
    url = url.strip()
    _check_characters(url, field)
    try:
        parts = urlsplit(url)
        _port = parts.port  # asks for the port's range, which urlsplit leaves unread
    except ValueError:
        raise _refused("address_unreadable", field) from None
    if parts.scheme not in {"http", "https"}:
        raise _refused("address_scheme", field)
    if "@" in parts.netloc:
        raise _refused("address_has_credentials", field)
    if "[" in parts.netloc:
        _check_literal(parts.hostname or "", field)
    else:
        _check_name(parts.hostname or "", field)
    return _cleaned(url, parts)


def _check_characters(url: str, field: str | None) -> None:
    if not url:
        raise _refused("address_missing", field)
    if len(url) > LONGEST:
        raise _refused("address_too_long", field)
    if any(unicodedata.category(character)[0] in "CZ" for character in url):
        raise _refused("address_has_blanks", field)
    if "\\" in url:  # browsers take it for a slash, so the host would be another one
        raise _refused("address_unreadable", field)


def _check_literal(host: str, field: str | None) -> None:
    literal = _ip_address(host)
    if literal is None:
        raise _refused("address_unreadable", field)
    if not _is_public(literal):
        raise _refused("address_not_public", field)


def _check_name(host: str, field: str | None) -> None:
    name = ascii_name(host)
    labels = name.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused("address_unreadable", field)
    if _NUMBER_LABEL.fullmatch(labels[-1]):
        literal = _ip_address(name)
        # Browsers also read 127.1 or 0x7f000001 as an address; nobody cites a page that way.
        if literal is None or not _is_public(literal):
            raise _refused("address_not_public", field)
    elif len(labels) == 1 or name.endswith(tuple("." + ending for ending in _INNER_ENDINGS)):
        raise _refused("address_not_public", field)


def ascii_name(host: str) -> str:
    """The name as it is looked up; empty where it cannot be one."""
    try:
        return host.encode("idna").decode().lower().removesuffix(".")
    except UnicodeError:
        return ""


def _ip_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return _is_public(inner)
    return address.is_global and not address.is_multicast


def _cleaned(url: str, parts: SplitResult) -> str:
    rest = url[url.index("://") + 3 + len(parts.netloc) :]
    return f"{parts.scheme}://{parts.netloc.lower()}{rest}"


def _refused(code: str, field: str | None) -> Invalid:
    return Invalid(code, format_lazy(_REASONS[code], longest=LONGEST), field)


def is_private_path(path: str) -> bool:
    """Whether a page of ours is the staff's, the library's pages of accounts included, or what
    the API answers to one body alone."""
    return _PRIVATE_PATH.match(path) is not None


_PRIVATE_PATH = re.compile(r"/(?:[a-z]{2}/staff|admin|api/v[0-9]+/own)/")
