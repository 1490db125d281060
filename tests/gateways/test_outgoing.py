"""The way out over HTTP, against real servers on loopback and against everybody who would abuse it."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from commitments.gateways.outgoing import Limits, Outgoing
from commitments.rules.outgoing import Fault
from tests.gateways.receiving import HERE, Names, serving

QUICK = Limits(connect=0.5, read=0.3, total=0.6, head=2000, body=1000)
INNER = "127.0.0.2"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def client(port=80, names=None, limits=QUICK, **more):
    """As in the product, but that 127.0.0.1 stands for a public address."""
    return Outgoing(
        limits, also={HERE}, ports={80, 443, port}, resolve=names or Names([HERE]), **more
    )


@pytest.mark.parametrize(
    "found",
    [
        "127.0.0.2", "0.0.0.0", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254",
        "100.64.0.1", "100.127.255.254", "192.0.0.8", "192.0.2.1", "192.88.99.1", "198.19.0.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::7f00:1", "fe80::1", "fe80::1%1", "fc00::1", "fd00:ec2::254", "fec0::1",
        "ff02::1", "100::1", "2001:db8::1", "3fff::1", "4000::1",
        "::ffff:127.0.0.1", "::ffff:169.254.169.254", "2002:7f00:1::", "2002:a9fe:a9fe::1",
        "64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2001::1", "2001:0:7f00:1::",
        "127.1", "0177.0.0.1", "0x7f.0.0.1", "2130706433", "nonsense", "",
    ],
)  # fmt: skip
def test_a_name_that_leads_inside_is_not_called(found):
    """Nor is one that leads inside among others: the answer of a resolver is taken whole."""
    faults = [
        client(names=Names(addresses)).post("https://hooks.example.org/", b"", {}).fault
        for addresses in ([found], ["8.8.8.8", found])
    ]

    assert faults == [Fault.NOT_PUBLIC] * 2


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        *(
            (f"http://{host}/", Fault.NOT_PUBLIC)
            for host in (
                "localhost", "localhost.", "printer", "db.internal", "a.local", "127.0.0.2",
                "127.0.0.2.", "127.1", "2130706434", "0x7f000002", "0177.0.0.2", "0x7f.0.0.2",
                "１２７.0.0.2", "127。0。0。2", "①②⑦.0.0.2", "169.254.169.254", "[::1]",
                "[::ffff:10.0.0.1]", "[fd00::1]", "[fe80::1%25eth0]",
                "[2002:7f00:2::]",
            )
        ),
        *(
            (address, Fault.ADDRESS)
            for address in (
                "", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "//example.org/",
                "https://user@example.org/", "https://user:secret@example.org/", "https://@example.org/",
                "https://example.org:25/", "https://example.org:0/", "https://example.org:99999/",
                "https://exa mple.org/", "https://example.org/\r\nX: y", "https://example.org\\@evil.org/",
                "https://[::1", "https://.example.org/", "https:///x",
            )
        ),
    ],
)  # fmt: skip
def test_an_address_of_another_spelling_is_not_called(address, fault):
    names = Names(["8.8.8.8"])

    assert (client(names=names).post(address, b"", {}).fault, names.asked) == (fault, [])


def test_every_range_that_the_library_knows_as_inner_is_inner_here():
    """Our own list says no less than the library's, wherever one looks."""
    from commitments.rules.outgoing import is_public

    fours = [f"{first}.{second}.{last}.9" for first in range(256) for second in range(0, 256, 51)
             for last in (0, 2, 51, 100, 113)]  # fmt: skip
    sixes = [
        f"{first:x}:{second:x}::9"
        for first in range(0, 0x10000, 0x101)
        for second in (0, 0xDB8, 0xFF9B)
    ]
    known = {one for one in [*fours, *sixes] if not ip_address(one).is_global}

    assert {one for one in known if is_public(one)} - {"2002:db8::9", "2002:ff9b::9"} == set()
    assert is_public("8.8.8.8")
    assert is_public("2606:4700::1111")
    assert is_public("64:ff9b::8.8.8.8")


def test_a_name_that_changes_its_mind_is_asked_once_and_kept_to():
    """Rebinding: public when it is checked, inner a moment later."""
    names = Names([HERE], [INNER])
    with serving(OK) as (port, asked):
        mine = client(port, names)
        address = f"http://hooks.example.org:{port}/a?b=c"
        first, asked_once = mine.post(address, b"{}", {"X-Test": "1"}), list(names.asked)
        second = mine.post(address, b"{}", {})

    assert (first.status, first.body, asked_once) == (200, b"ok", ["hooks.example.org"])
    assert (second.fault, len(asked)) == (Fault.NOT_PUBLIC, 1)
    assert asked[0].splitlines() == [
        "POST /a?b=c HTTP/1.1",
        f"Host: hooks.example.org:{port}",
        "Connection: close",
        "Accept-Encoding: identity",
        "User-Agent: cam-ket (+http://127.0.0.1:8000)",
        "X-Test: 1",
        "Content-Length: 2",
        "",
        "{}",
    ]


def test_a_get_follows_three_redirects_and_checks_each_a_post_none():
    def to(place):
        return f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode()

    with serving(to("/b"), to("//other.example.org/c"), OK) as (port, asked):
        host = f"hooks.example.org:{port}"
        names = Names([HERE], [HERE], [INNER])
        inward = client(port, names).get(f"http://{host}/a")
        assert (inward.fault, names.asked[2]) == (Fault.NOT_PUBLIC, "other.example.org")
        assert [one.split(" ")[1] for one in asked] == ["/a", "/b"]
    for place in (
        "http://127.0.0.2/",
        "http://localhost/",
        "file:///etc/passwd",
        "http://[::1",
        "ftp://a.org/",
    ):
        with serving(to(place)) as (port, asked):
            assert client(port).get(f"http://hooks.example.org:{port}/").fault in {
                Fault.NOT_PUBLIC, Fault.ADDRESS,
            }  # fmt: skip
            assert len(asked) == 1
    with serving(to("/again")) as (port, asked):
        address = f"http://hooks.example.org:{port}/"
        assert (client(port).get(address).fault, len(asked)) == (Fault.REDIRECTS, 4)
        posted = client(port).post(address, b"", {})
        assert (posted.status, posted.is_taken, len(asked)) == (302, False, 5)


def drip(start, piece, pause=0.1):
    def run(sock):
        sock.sendall(start)
        while True:
            sock.sendall(piece)
            threading.Event().wait(pause)

    return run


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (lambda _sock: threading.Event().wait(0.5), Fault.TIMEOUT),
        (drip(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b"x"), Fault.TIMEOUT),
        (drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"), Fault.TIMEOUT),
        (drip(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", 0), Fault.TOO_LARGE),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 3000 + b"\r\n\r\n", Fault.TOO_LARGE),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 150 + b"\r\n", Fault.GARBLED),
        (b"SSH-2.0-OpenSSH_9.2\r\n", Fault.GARBLED),
        (b"HTTP/1.1 2000 OK\r\n\r\n", Fault.GARBLED),
        (b"", Fault.UNREACHABLE),
    ],
)  # fmt: skip
def test_a_server_that_behaves_badly_is_left(answer, fault):
    with serving(answer) as (port, _asked):
        said = client(port).post(f"http://hooks.example.org:{port}/", b"{}", {})

    assert (said.status, said.fault) == (None, fault)
    assert said.took < 1


def test_a_body_is_cut_and_never_unpacked(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    packed = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nSet-Cookie: a=b\r\nContent-Length: 9\r\n\r\n\x1f\x8bnotgzip"
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"5\r\nabcde\r\n" * 300
        + b"0\r\n\r\n"
    )
    with serving(b"HTTP/1.1 410 Gone\r\n\r\n" + b"x" * 1100, packed, chunked) as (port, asked):
        said = [client(port).post(f"http://hooks.example.org:{port}/", b"", {}) for _ in range(3)]

    assert [(one.status, one.body[:9], len(one.body), one.is_cut) for one in said] == [
        (410, b"x" * 9, 1000, True),
        (200, b"\x1f\x8bnotgzip", 9, False),
        (200, b"abcdeabcd", 1000, True),
    ]
    assert [one for one in asked if "cookie" in one.lower()] == []


def test_a_name_that_is_not_known_or_not_answered_and_nobody_there():
    def silent(_host, _port):
        threading.Event().wait(1)

    with socket.create_server((HERE, 0)) as gone:
        port = gone.getsockname()[1]
    address = f"http://hooks.example.org:{port}/"
    faults = [
        client(port, names).post(address, b"", {}).fault
        for names in (Names(socket.gaierror()), Names([]), silent, Names([HERE]))
    ]

    assert faults == [Fault.UNKNOWN_HOST, Fault.UNKNOWN_HOST, Fault.TIMEOUT, Fault.UNREACHABLE]


@pytest.fixture(scope="module")
def identity(tmp_path_factory):
    """The file of a key and a certificate for hooks.example.org that signs itself."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hooks.example.org")]), False)
        .add_extension(x509.BasicConstraints(True, None), True).sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "test.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                          serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )  # fmt: skip
    return str(path)


def test_tls_is_proved_for_the_name_and_not_for_the_address(identity):
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.load_cert_chain(identity)
    named = []
    ours.sni_callback = lambda _sock, name, _context: named.append(name)
    trusted = ssl.create_default_context(cafile=identity)
    with serving(OK, wrap=ours) as (port, _asked):
        said = [
            client(port, tls=lambda context=context: context).post(f"https://{host}:{port}/", b"", {})
            for host, context in (
                ("hooks.example.org", trusted),
                ("HOOKS.example.org.", trusted),
                ("other.example.org", trusted),
                ("hooks.example.org", ssl.create_default_context()),
            )
        ]  # fmt: skip

    assert [(one.status, one.fault) for one in said] == [
        (200, None), (200, None), (None, Fault.TLS), (None, Fault.TLS),
    ]  # fmt: skip
    assert named == ["hooks.example.org"] * 2 + ["other.example.org", "hooks.example.org"]
