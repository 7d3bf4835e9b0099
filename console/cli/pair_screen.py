"""Pairs of rows one by one, side by side, with one key for each answer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from actions.asked_pairs import AskedPair, PairDesk, Side
from console.cli.desk_input import Keyboard, Pipe, Typed, do_each
from console.cli.output import emit, emit_json, fail, note, plain
from leads.errors import SluiceError, UsageError

SAID = {"y": "same", "n": "different", "u": "unsure"}
_PART = "p"
#: What the other keys do.
_ACTIONS = {"z": "undo", "q": "quit", "?": "keys"}
#: Columns of a terminal that are used at most, and for the names of attributes.
_WIDEST, _NAMES = 120, 16


@dataclass(slots=True)
class PairScreen:
    """One person at drawn pairs, until all are answered or the person quits."""

    desk: PairDesk
    keys: Keyboard | Pipe
    as_json: bool
    #: The number of the pair on the screen, from 0.
    at: int = 0
    pair: AskedPair | None = None
    #: Whether the records must be compared again.
    changed: bool = False

    def run(self) -> None:
        """Show pairs and do what is typed.

        After the last pair the screen stays open: the last answer can still be taken back.
        """
        if not self.desk.count:
            note("no pair waits for a person")
            return
        self._show_keys()
        self._next()
        do_each(self.keys, self._do, self._failed)

    def _failed(self, error: SluiceError) -> None:
        fail(error.code, error.message, error.hint, as_json=self.as_json)

    def _do(self, command: Typed) -> bool:
        """Do what a key means; False: the person quits."""
        match command.key:
            case "q":
                return False
            case "z":
                self._undo()
            case "?":
                self._show_keys()
            case key if key in SAID:
                self._say(SAID[key])
            case key if key == _PART and self.pair and self.pair.may_be_part:
                self._say("part_of")
            case key:
                raise UsageError(f"{key!r} is no key here", "? shows the keys")
        return True

    def _say(self, said: str) -> None:
        if self.pair is None:
            raise UsageError("no pair is on the screen", "z takes your last answer back; q quits")
        pair = self.pair
        try:
            self.desk.say(self.at, said)
        except SluiceError:
            # It waits no longer, or it contradicts an earlier answer: the next one is shown.
            self._step()
            raise
        self.changed = self.changed or said != "unsure"
        self._tell(said, (pair.left.name, pair.right.name))
        self._step()

    def _undo(self) -> None:
        self._tell("undone", self.desk.undo())
        self.changed = True
        self.at = max(self.at - 1, 0)
        self._next()

    def _step(self) -> None:
        self.at += 1
        self._next()

    def _next(self) -> None:
        """Put the next pair that still needs an answer on the screen."""
        self.pair = None
        while self.at < self.desk.count and self.pair is None:
            self.pair = self.desk.pair(self.at)
            self.at += self.pair is None
        if self.pair is None:
            note("that was the last pair: z takes your last answer back, q quits")
            return
        self._show(self.pair)

    def _show(self, pair: AskedPair) -> None:
        if self.as_json:
            number = {"number": self.at + 1, "of": self.desk.count}
            emit_json([{"pair": asked_json(pair) | number}], lines=True)
            return
        emit("")
        for line in side_by_side(pair, self.at + 1, self.desk.count):
            emit(line)

    def _show_keys(self) -> None:
        note(" · ".join(f"{key} {name}" for key, name in (SAID | _ACTIONS).items()))

    def _tell(self, word: str, names: tuple[str, str]) -> None:
        if self.as_json:
            emit_json([{word: list(names)}], lines=True)
        else:
            emit(f"{word}: {plain(names[0], 60)}, {plain(names[1], 60)}")


def side_by_side(pair: AskedPair, number: int, of: int) -> Iterator[str]:
    """Yield a pair as lines: what the two state, with a mark where they differ."""
    now = "one company now" if pair.together else "two companies now"
    yield f"{number:,} of {of:,}  {now}, {pair.odds:+.2f}: {plain(pair.disagreement)}"
    width = (min(shutil.get_terminal_size().columns, _WIDEST) - _NAMES - 8) // 2
    yield _line(" ", "", pair.left.where, pair.right.where, width)
    yield _line(
        _mark(pair.left.name, pair.right.name), "name", pair.left.name, pair.right.name, width
    )
    for name in dict.fromkeys((*pair.left.stated, *pair.right.stated)):
        left, right = _stated(pair.left, name), _stated(pair.right, name)
        yield _line(_mark(left, right), name, left, right, width)
    yield from (f"  + {plain(line)}" for line in pair.reasons_for)
    yield from (f"  - {plain(line)}" for line in pair.reasons_against)
    if pair.may_be_part:
        yield f"  {_PART}: the first is part of the second, a group"


def asked_json(pair: AskedPair) -> dict[str, Any]:
    """Convert a pair that a person is asked about; its names are those of `review --json`."""
    found = asdict(pair)
    reasons = {"for": found.pop("reasons_for"), "against": found.pop("reasons_against")}
    return found | reasons


def _stated(side: Side, name: str) -> str:
    return "; ".join(map(str, side.stated.get(name, ())))


def _mark(left: str, right: str) -> str:
    """Return the mark of a line: equal, different, or stated by one alone."""
    if not left or not right:
        return " "
    return "=" if left.casefold() == right.casefold() else "≠"


def _line(mark: str, name: str, left: str, right: str, width: int) -> str:
    one, other = (plain(text, max(width, 20)) for text in (left, right))
    return f"  {mark} {plain(name, _NAMES):{_NAMES}}  {one:{max(width, 20)}}  {other}".rstrip()
