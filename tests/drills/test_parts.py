"""The parts of the drill, each by itself: the judge, the cruel mail server, the people, the faults."""

import json
import random
import smtplib
import time
from types import SimpleNamespace

from django.utils import timezone

from commitments.models import Digest, Notice
from commitments.services import notices
from tests.drills import api, people, reminders, report
from tests.drills.judge import Line, Row, judge
from tests.drills.mail_server import Cruel
from tests.drills.servers import Process, free_port, wait_for

ANNA, BEN, CLEO, NOBODY = (f"{name}@example.org" for name in ("anna", "ben", "cleo", "nobody"))


def taken(at, to, name, what="taken"):
    return Line(at, what, to, f"<{name}>")


def sent(to, name, state="sent", tries=1, last_error=""):
    return Row(f"<{name}>", to, state, tries, last_error)


def test_judge_finds_nothing_wrong_where_all_is_well():
    lines = [
        taken(1, ANNA, "a"),
        Line(1, "refused", BEN, ""),
        Line(1, "hung", BEN, "<b>"),
        taken(2, BEN, "b"),
        Line(3, "refused for good", "", ""),
    ]
    rows = [sent(ANNA, "a"), sent(BEN, "b", tries=3), sent(NOBODY, "n", "dead", 1, "550")]

    found = judge(lines, rows, [], [ANNA, BEN, NOBODY], {NOBODY})

    assert (found.sent, found.dead, found.tries, found.refusals, found.hangs) == (2, 1, 5, 1, 1)
    assert (found.holds, found.doubles) == (True, {})


def test_judge_allows_doubles_in_the_gap_only():
    lines = [
        taken(10, ANNA, "a"),  # the sender is killed a moment later
        taken(40, ANNA, "a"),
        taken(20, BEN, "b", "taken without a word"),
        taken(41, BEN, "b"),
        taken(30, CLEO, "c"),  # nothing happened to its sender
        taken(42, CLEO, "c"),
    ]
    rows = [sent(ANNA, "a", tries=2), sent(BEN, "b", tries=2), sent(CLEO, "c", tries=2)]

    found = judge(lines, rows, [(11, 11.5)], [ANNA, BEN, CLEO], set())

    assert found.doubles == {"<a>": 2, "<b>": 2, "<c>": 2}
    assert (found.outside_the_gap, found.holds) == (["<c>"], False)


def test_judge_finds_what_is_lost_foreign_or_said_twice():
    lines = [taken(1, ANNA, "a"), taken(2, ANNA, "z"), taken(3, BEN, "b")]
    rows = [
        sent(ANNA, "a"),
        sent(BEN, "b", "failed"),  # arrived, and would be sent again and again
        sent(CLEO, "c"),  # marked as sent, never arrived
        sent(NOBODY, "n", "dead", 1, ""),  # nobody sees why
    ]

    found = judge(lines, rows, [], [ANNA, BEN, CLEO, NOBODY], {NOBODY})

    assert found.lost == [BEN, CLEO, NOBODY]
    assert (found.foreign, found.twice, found.holds) == (["<z>"], [ANNA], False)


def test_table_names_the_doubles():
    given = reminders.asked(["--people", "2", "--seed", "1"])
    found = judge(
        [taken(1, ANNA, "a"), taken(3, ANNA, "a")], [sent(ANNA, "a")], [(1, 2)], [ANNA], set()
    )

    text = report.table(given, found, ["kill", "redis"], 12.4)

    assert "* `<a>` 2" in text
    assert "| seconds                                             |     12 |" in text


def test_plan_of_the_faults():
    large = reminders.plan(reminders.asked([]), random.Random(1))
    embedded = reminders.plan(reminders.asked(["--embedded"]), random.Random(1))

    assert (large.count("kill"), large.count("redis"), large.count("postgresql")) == (25, 2, 1)
    assert embedded == ["kill"] * 8


def test_the_fates_come_as_often_as_they_should(tmp_path):
    cruel = Cruel(None, 1, [])
    drawn = [cruel.drawn() for _number in range(4000)]
    refused = sum("refused" in what for what in drawn) / len(drawn)
    hung = sum("hangs" in what for what in drawn) / len(drawn)

    assert (round(refused, 2), round(hung, 2)) == (0.1, 0.02)


def test_the_mail_server_takes_refuses_and_keeps_a_log(tmp_path):
    log, port = tmp_path / "mail.jsonl", free_port()
    words = [*reminders_python(), "tests.drills.mail_server", port, log, "3", "nobody"]
    server = Process("mail", words, tmp_path).start()
    try:
        wait_for(port, "The mail server")
        with smtplib.SMTP("127.0.0.1", port, timeout=5) as client:
            answers = [refusal(client, NOBODY), refusal(client, ANNA)]
    finally:
        server.kill()
    lines = [json.loads(line) for line in log.read_text().splitlines()]

    assert answers[0] == 550
    assert (lines[0]["what"], server.runs) == ("refused for good", False)
    assert lines[1]["id"] in ("", "<test@example.org>")


def reminders_python():
    from tests.drills.scene import PYTHON

    return PYTHON


def refusal(client, to):
    """The code that the mail was refused with; None if it was taken."""
    try:
        client.sendmail("from@example.org", [to], "Message-ID: <test@example.org>\n\nTest")
    except smtplib.SMTPRecipientsRefused as error:
        return error.recipients[to][0]
    except smtplib.SMTPResponseException as error:
        return error.smtp_code
    return None


def test_the_people_are_owed_one_mail_each(db):
    addresses = people.fill(20, 2)
    notices.plan_notices(now=timezone.now())
    notices.make_digests(now=timezone.now())

    assert (addresses[0], addresses[2]) == ("nobody0@example.org", "person2@example.org")
    assert sorted(Digest.objects.values_list("recipient__email", flat=True)) == sorted(addresses)
    assert set(Notice.objects.values_list("rule", "state", "digest__state")) == {
        ("R1", "planned", "planned")
    }


def test_the_faults_come_as_the_mails_go_and_also_when_none_goes(monkeypatch):
    monkeypatch.setattr(reminders, "STILL", 0.05)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    done = []
    scene = SimpleNamespace(
        people=10, taken=lambda: 1, fault=lambda what, _chance: done.append(what)
    )

    faults = reminders.play(scene, ["kill", "redis"], random.Random(1), time.monotonic())

    assert done == [what for what, _start, _end in faults] == ["kill", "redis"]
    assert all(start <= end for _what, start, end in faults)


def test_kill_test_of_the_api_holds_only_where_every_update_is_there_once():
    given, right = api.asked(["--posts", "5", "--kills", "2"]), {
        "updates in the database": 5, "of them handed in": 5, "keys remembered": 5,
        "made twice": 0, "lost": 0, "answered with another update": 0,
    }  # fmt: skip

    assert api.holds(given, 2, right)
    assert not api.holds(given, 1, right)
    assert not any(api.holds(given, 2, right | {name: value + 1}) for name, value in right.items())
