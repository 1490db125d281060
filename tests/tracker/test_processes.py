"""Children that live and end together, tried on small programs."""

import io
import os
import signal
import sys
import time

from tests.house.floors import HOME
from tracker.processes import Household


def household(**options):
    return Household(out=io.StringIO(), home=HOME, **options)


def python(source):
    return [sys.executable, "-u", "-c", source]


def spoken(house):
    return house.out.getvalue().splitlines()


def live(house):
    return house.live(on_pulse=lambda: None)


def test_household_passes_lines_under_a_name_and_ends_with_the_first():
    house = household()
    house.start("talker", python("print('one\\n\\ntwo'); import sys; sys.exit(3)"), os.environ)
    sleeper = house.start("sleeper", python("import time; time.sleep(60)"), os.environ)

    assert live(house) == 1
    assert spoken(house) == [
        "talker | one",
        "talker | two",
        "talker ended by itself (exit code 3), so the others were ended too.",
    ]
    assert sleeper.process.returncode == -signal.SIGTERM


def test_household_passes_a_last_line_without_its_end():
    house = household()
    house.start("talker", python("import sys; sys.stdout.write('half a line')"), os.environ)

    live(house)

    assert spoken(house)[0] == "talker | half a line"


def test_household_kills_what_does_not_listen():
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf'); time.sleep(60)"
    house = household(patience=0.5)
    child = house.start("deaf", python(deaf), os.environ)
    while not spoken(house):
        house.pulse()
    began = time.monotonic()
    house.end()

    assert child.process.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 5


def test_household_ends_the_foundation_last():
    polite = "import signal, sys; signal.signal(15, lambda *a: (print('bye'), sys.exit())); print('in'); signal.pause()"
    house = household()
    house.start("ground", python(polite), os.environ, foundation=True)
    house.start("first", python(polite), os.environ)
    while len(spoken(house)) < 2:
        house.pulse()
    house.end()

    assert spoken(house)[2:] == ["first  | bye", "ground | bye"]


def test_household_ends_when_nobody_reads():
    class Closed(io.StringIO):
        def write(self, _text):
            raise BrokenPipeError

    house = Household(out=Closed(), home=HOME)
    house.start("talker", python("import time; print('one'); time.sleep(60)"), os.environ)

    assert live(house) == 0
