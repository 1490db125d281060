"""The fault drill of reminders: who is owed a mail gets it, whatever is killed meanwhile.

`python -m tests.drills.reminders [--embedded] [--people N] [--kills N] [--seed N]`; exit code 1
where a mail was lost, or was doubled outside the documented gap.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from tests.drills.judge import Line, Row, judge
from tests.drills.report import table
from tests.drills.scene import Scene

LONGEST = 900
"""Seconds after which what has not gone out counts as lost."""
STILL = 15.0
"""Seconds without any mail after which the next fault comes anyway."""
FIRST, LAST = 0.03, 0.85
"""The share of the mails that went before the first and the last fault."""


def asked(words=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--embedded", action="store_true", help="SQLite, no Redis, one worker")
    parser.add_argument("--people", type=int)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    given = parser.parse_args(words)
    given.people = given.people or (300 if given.embedded else 2000)
    given.kills = given.kills if given.kills is not None else (8 if given.embedded else 25)
    return given


def plan(given, chance):
    """The faults in their order: names of what is done, the kills between all else."""
    faults = ["kill"] * given.kills
    if not given.embedded:
        for share, what in ((0.3, "redis"), (0.5, "postgresql"), (0.7, "redis")):
            faults.insert(int(len(faults) * share), what)
    return faults


def run(given, home):
    chance = random.Random(given.seed)
    scene = Scene(home, given)
    try:
        scene.prepare()
        began = time.monotonic()
        scene.start()
        faults = play(scene, plan(given, chance), chance, began)
        scene.wait_until_done(began + LONGEST)
        seconds = time.monotonic() - began
    finally:
        scene.end()
    return faults, seconds, scene


def play(scene, faults, chance, began):
    """Do one after the other while the mails go out; when each was, and what."""
    done = []
    for number, what in enumerate(faults):
        share = FIRST + (LAST - FIRST) * number / max(len(faults), 1)
        wait_for_share(scene, share, began + LONGEST)
        time.sleep(chance.random() / 2)
        at = time.time()
        scene.fault(what, chance)
        done.append((what, at, time.time() if what != "kill" else at + 0.5))
        say(f"  {time.monotonic() - began:5.1f} s  {scene.taken():5d} mails  {what}")
    return done


def wait_for_share(scene, share, deadline):
    seen, since = scene.taken(), time.monotonic()
    while seen < share * scene.people and time.monotonic() < deadline:
        time.sleep(0.1)
        now = scene.taken()
        if now > seen:
            seen, since = now, time.monotonic()
        elif seen and time.monotonic() - since > STILL:
            return


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main():
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))
    given = asked()
    home = tempfile.mkdtemp(prefix="cam-ket-drill.")
    kind = "SQLite and no Redis" if given.embedded else "PostgreSQL and Redis"
    say(
        f"Drill of reminders with {kind}: {given.people} people, {given.kills} kills, seed {given.seed}"
    )
    keep = False
    try:
        faults, seconds, scene = run(given, home)
        verdict = judge(
            [Line(**line) for line in scene.lines()],
            [Row(*row) for row in scene.rows],
            [(start, end) for _what, start, end in faults],
            scene.addresses,
            scene.refused,
        )
        say(table(given, verdict, [what for what, _start, _end in faults], seconds))
        keep = not verdict.holds
    finally:
        if keep and os.environ.get("KEEP_DRILL"):
            say(f"What the processes said: {home}")
        else:
            shutil.rmtree(Path(home), ignore_errors=True)
    sys.exit(0 if verdict.holds else 1)


if __name__ == "__main__":
    main()
