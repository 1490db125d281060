"""Child processes that live and end together, their lines passed through under a name."""

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

PULSE = 0.2
"""Seconds between two looks at the children."""
COLOURS = ("36", "32", "33", "35", "34")
PR_SET_PDEATHSIG = 1


def end_with_parent(parent: int, by: int = signal.SIGTERM) -> None:
    """Have the kernel send this process a signal when its parent is gone (Linux only)."""
    if not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:  # it went before we had asked
        os.kill(os.getpid(), by)


@dataclass
class Child:
    """One running process and the part of a line it has not finished."""

    name: str
    colour: str
    process: subprocess.Popen[bytes]
    foundation: bool = False
    rest: bytes = b""

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(number)

    def kill_group(self) -> None:
        """Kill whatever is left of the child's own process group."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class Household:
    """Children that live and end together.

    One thread only: the kernel's death signal is tied to the thread that started a child.
    """

    out: IO[str]
    home: Path
    patience: float = 8.0
    """Seconds a child has to end by itself before it is killed."""
    children: list[Child] = field(default_factory=list)
    ending: str = ""
    _pipes: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def listen_for_signals(self) -> None:
        """End on ^C, SIGTERM or a closed terminal; a second ^C does not wait."""

        def on_signal(number: int, _frame: Any) -> None:
            if self.ending:
                self._kill_all()
            self.ending = signal.Signals(number).name

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, on_signal)

    def start(
        self,
        name: str,
        command: Sequence[str],
        env: Mapping[str, str],
        foundation: bool = False,
        orphaned_by: int = signal.SIGTERM,
    ) -> Child:
        """Start a child in its own process group; a foundation is ended after the others.

        `orphaned_by` is the signal that it gets when we are killed ourselves.
        """
        parent = os.getpid()
        process = subprocess.Popen(  # the pre-exec function is safe: this process has one thread
            command,
            env=dict(env),
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: end_with_parent(parent, orphaned_by),
        )
        child = Child(name, COLOURS[len(self.children) % len(COLOURS)], process, foundation)
        assert process.stdout is not None
        os.set_blocking(process.stdout.fileno(), False)
        self._pipes.register(process.stdout, selectors.EVENT_READ, child)
        self.children.append(child)
        return child

    def live(self, on_pulse: Callable[[], None]) -> int:
        """Pass lines through until a signal or the end of one child; then end all.

        The exit code is 0 after a signal, 1 when a child ended by itself.
        """
        gone: Child | None = None
        while not self.ending and gone is None:
            self.pulse()
            on_pulse()
            gone = next((child for child in self.children if not child.running), None)
        self.end()
        if gone is None or self.ending:
            return 0
        code = gone.process.returncode
        self.say(f"{gone.name} ended by itself (exit code {code}), so the others were ended too.")
        return 1

    def pulse(self) -> None:
        """Wait a moment for lines and pass them on."""
        for key, _events in self._pipes.select(PULSE):
            self._pass_lines(key.data, key.fileobj)

    def end(self) -> None:
        """End all children, the foundation last; kill what does not listen."""
        for foundation in (False, True):
            wave = [child for child in self.children if child.foundation is foundation]
            for child in wave:
                child.signal(signal.SIGTERM)
            deadline = time.monotonic() + self.patience
            while any(child.running for child in wave) and time.monotonic() < deadline:
                self.pulse()
            for child in wave:
                child.kill_group()
                child.process.wait()
        self.pulse()

    def say(self, text: str) -> None:
        """Print a line of our own; a closed output ends the household."""
        try:
            print(text, file=self.out, flush=True)
        except BrokenPipeError:
            self.ending = self.ending or "SIGPIPE"

    def _kill_all(self) -> None:
        for child in self.children:
            child.kill_group()

    def _pass_lines(self, child: Child, pipe: Any) -> None:
        read = os.read(pipe.fileno(), 65536)
        *lines, child.rest = (child.rest + read).split(b"\n")
        if not read:
            self._pipes.unregister(pipe)
            lines, child.rest = [child.rest] if child.rest else [], b""
        for line in filter(bytes.strip, lines):
            self.say(f"{self._label(child)} {line.decode(errors='replace')}")

    def _label(self, child: Child) -> str:
        label = f"{child.name:<7}|"
        coloured = self.out.isatty() and not os.environ.get("NO_COLOR")
        return f"\x1b[{child.colour}m{label}\x1b[0m" if coloured else label
