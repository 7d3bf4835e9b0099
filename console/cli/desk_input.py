"""What a user types at the desk: one key on a terminal, one line on a pipe."""

from __future__ import annotations

import os
import select
import sys
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from leads.errors import SluiceError

#: What a terminal sends at the end of its input.
_ENDS = ("", "\x04", "\x1a", "\0")
#: Keys of a line: what deletes one letter, what deletes all, what leaves it.
_BACK, _CLEAR, _ESCAPE = ("\x7f", "\b"), "\x15", "\x1b"


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
        with _each_key() as terminal:
            key = _key(terminal)
        sys.stderr.write(f"{key if key.isprintable() else ''}\n")
        return Typed(key) if key not in _ENDS else None

    def ask(self, question: str) -> str | None:
        """Ask for one line; None when Esc returns to the card, empty at the end of the input."""
        sys.stdout.flush()
        # Before the question is seen: the terminal would edit what is typed at once by itself.
        with _each_key() as terminal:
            sys.stderr.write(f"{question}; Esc goes back: ")
            sys.stderr.flush()
            text = _line(terminal)
        sys.stderr.write("\n")
        return text


def _line(terminal: int) -> str | None:
    text = ""
    while (key := _key(terminal)) not in ("\r", "\n", *_ENDS):
        if key == _ESCAPE:
            return None
        shown, text = text, _edited(text, key)
        _redraw(shown, text)
    return text.strip()


def _edited(text: str, key: str) -> str:
    """A line after one more key: arrows and other keys without a letter change nothing."""
    if key in _BACK:
        return text[:-1]
    if key == _CLEAR:
        return ""
    return text + key if key.isprintable() else text


def _redraw(shown: str, text: str) -> None:
    if text.startswith(shown):
        sys.stderr.write(text[len(shown) :])
    else:
        gone = len(shown) - len(text)
        sys.stderr.write("\b \b" * gone)
    sys.stderr.flush()


@contextmanager
def _each_key() -> Iterator[int]:
    """Let the terminal pass on each key without Enter; what was typed ahead is kept."""
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    try:
        tty.setcbreak(terminal, termios.TCSADRAIN)
        yield terminal
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _key(terminal: int) -> str:
    """One key as typed."""
    data = os.read(terminal, 1)
    if data == b"\x1b":
        data += _rest_of_escape(terminal)
    for _ in range(_more_bytes(data)):
        data += os.read(terminal, 1)
    return data.decode("utf-8", "replace")


def _rest_of_escape(terminal: int) -> bytes:
    """What follows Esc: nothing for the key alone, up to a last letter for an arrow."""
    rest = b""
    while select.select([terminal], [], [], 0)[0]:
        rest += os.read(terminal, 1)
        is_open = rest in (b"[", b"O") or not b"@" <= rest[-1:] <= b"~"
        if not is_open:
            break
    return rest


def _more_bytes(first: bytes) -> int:
    """How many bytes a letter beyond ASCII has behind its first one."""
    lead = first[0] if len(first) == 1 else 0
    return (lead >= 0xC2) + (lead >= 0xE0) + (lead >= 0xF0)


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

    def ask(self, _question: str) -> str | None:
        """Answer nothing: a line holds everything."""
        return ""


def typed() -> Keyboard | Pipe:
    """The input of this process: a keyboard or a pipe."""
    return Keyboard() if sys.stdin.isatty() else Pipe()


def do_each(
    keys: Keyboard | Pipe, do: Callable[[Typed], bool], failed: Callable[[SluiceError], None]
) -> None:
    """Do what is typed until the input ends or `do` returns False; an error ends nothing."""
    while (command := keys.command()) is not None:
        try:
            if not do(command):
                break
        except SluiceError as error:
            failed(error)
