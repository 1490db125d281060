"""`manage.py bench_pages`: what it makes up, what it asks for, and how it reads answers."""

import io
import socket
import socketserver
from contextlib import contextmanager
from datetime import date
from threading import Thread

import pytest
from django.core.management import CommandError, call_command

from commitments.management import api_bench, pages_bench
from commitments.management.load import Load, _read
from commitments.management.pages_bench import HEAD, Asked, Row, addresses
from commitments.models import Commitment, Evidence, Standing, StatusUpdate
from commitments.services.read_models import standings
from commitments.services.throwaway_record import make_record
from tests.factories import ProgrammeFactory


def test_bench_pages_refuses_an_empty_database(db):
    with pytest.raises(CommandError, match="There is nothing to measure"):
        call_command("bench_pages", stdout=io.StringIO())


def test_made_up_record_is_whole_and_says_that_it_is_made_up(world):
    make_record(2)
    standings.compute_all(date(2026, 6, 16))

    made = Commitment.objects.filter(programme__slug="bench").order_by("pk")
    assert [row.stage for row in made] == ["in_progress", "paused"]
    assert (StatusUpdate.objects.count(), Evidence.objects.count()) == (40, 120)
    assert {row.reporting for row in Standing.objects.filter(commitment__in=made)} == {"late"}
    assert {name for name, _path in addresses()} == {
        "home", "list", "commitment", "search",
        "made-up list of 50", "made-up commitment", "made-up search",
    }  # fmt: skip


def test_searches_are_never_the_same(world):
    Commitment.objects.update(search_text=" test words of it")

    assert list(pages_bench.searches()) == [f"/vi/search/?q={two}" for two in ("test+words",)]


def test_row_states_sizes_median_rate_and_ratio():
    runs = [Load(frozenset({200}), 512, (0.001, 0.002, 0.003), 0.01 * part) for part in (1, 2, 3)]

    assert dict(zip(HEAD, Row("list", "/vi/", 2048, 512, 9, runs, 1500.0).cells, strict=True)) == {
        "Page": "list", "address": "/vi/", "KiB": "2.0", "KiB gzip": "0.5", "queries": "9",
        "p50 ms": "2.0", "req/s": "150", "ratio": "0.100",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        ([b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhel", b"lo"], b"hello"),
        ([b"HTTP/1.1 304 Not Modified\r\n", b"etag: x\r\n\r\n"], b""),
    ],
)
def test_load_reads_an_answer_however_it_is_cut(parts, body):
    here, there = socket.socketpair()
    with here, there:
        for part in parts:
            there.sendall(part)
        assert _read(here)[1] == body


def test_load_says_that_the_server_went_away():
    here, there = socket.socketpair()
    there.close()
    with here, pytest.raises(ConnectionError, match="ended the connection"):
        _read(here)


@contextmanager
def answering(words):
    """A server that says the same to everybody."""

    class Answering(socketserver.StreamRequestHandler):
        def handle(self):
            while line := self.rfile.readline():
                if line == b"\r\n":
                    self.wfile.write(words)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answering) as server:
        server.daemon_threads = True
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()


@pytest.mark.parametrize(
    ("answer", "status"), [("404 Not Found", 200), ("200 OK", 304), ("500 Oops", 200)]
)
def test_another_answer_than_is_measured_ends_the_run(answer, status):
    words = f"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n".encode()
    refused = pytest.raises(CommandError, match="/vi/ was answered by")
    with answering(words) as port, refused:
        pages_bench.measured(port, [Asked("home", "/vi/", status=status)], 0.01)


def test_lists_of_the_api_are_measured_where_they_answer(db, client):
    before = dict(api_bench.addresses())
    ProgrammeFactory(slug="bench")
    after = dict(api_bench.addresses())

    assert [client.get(path).status_code for path in (*before.values(), *after.values())] == [
        200
    ] * 4
    assert [path.partition("?")[2] for path in after.values()] == ["programme=bench"] * 2
