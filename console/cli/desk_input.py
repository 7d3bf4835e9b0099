"""What a user types at the desk: one key on a terminal, one line on a pipe."""

from __future__ import annotations

import os
import select
import sys
import termios
import tty
from dataclasses import dataclass

#: Between the time and the note of a line: `c tue 9 -- ask for Kim`.
BREAK = " -- "
#: What a terminal sends at the end of its input.
_ENDS = ("", "\x04", "\x1a", "\0")
#: The first byte of what is longer than one: an arrow key, or a letter beyond ASCII.
_LONG = (b"\x1b", *(bytes([first]) for first in range(0xC2, 0xF5)))


@dataclass(frozen=True, slots=True)
class Typed:
    """A key, and the text behind it; None: it was not given yet."""

    key: str
    text: str | None = None


class Keyboard:
    """One key starts an action; what else it needs is asked for."""

    def command(self) -> Typed | None:
        """Read the next key; None at the end of the input."""
        sys.stdout.flush()
        key = _key()
        sys.stderr.write(f"{key if key.isprintable() else ''}\n")
        return Typed(key) if key not in _ENDS else None

    def ask(self, question: str) -> str:
        """Ask for one line; empty at the end of the input."""
        sys.stdout.flush()
        sys.stderr.write(f"{question}: ")
        sys.stderr.flush()
        return sys.stdin.readline().strip()


def _key() -> str:
    """One key as typed, without Enter; what was typed ahead is kept."""
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        data = os.read(terminal, 1)
        # The keys of one character are those that count; others send several bytes at once.
        while data[:1] in _LONG and select.select([terminal], [], [], 0)[0]:
            data += os.read(terminal, 1)
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
    return data.decode("utf-8", "replace")


class Pipe:
    """Lines such as `n`, `c tue 9 -- ask for Kim` or `t wants a call in spring`."""

    def command(self) -> Typed | None:
        """Read the next line that is not empty; None at the end of the input."""
        # Who drives the desk through pipes waits for the card.
        sys.stdout.flush()
        for line in sys.stdin:
            key, _, text = line.strip().partition(" ")
            if key:
                return Typed(key, text.strip())
        return None

    def ask(self, _question: str) -> str:
        """Answer nothing: a line holds everything."""
        return ""


def typed() -> Keyboard | Pipe:
    """The input of this process: a keyboard or a pipe."""
    return Keyboard() if sys.stdin.isatty() else Pipe()
