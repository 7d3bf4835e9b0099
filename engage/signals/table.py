"""Many signals as columns of numbers, which are scored a million at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
#: In microseconds.
SECOND = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
#: Whether a machine caused a signal, as its source says.
UNSAID, BY_PERSON, BY_MACHINE = 0, 1, 2
SAID: Mapping[bool | None, int] = {None: UNSAID, False: BY_PERSON, True: BY_MACHINE}


#: The lists of the table that name what is numbered.
_LISTS = {
    "company": "companies",
    "kind": "kinds",
    "contact": "contacts",
    "channel": "channels",
    "source": "sources",
    "link": "links",
    "agent": "agents",
}
_WORDS = tuple(_LISTS)
_COLUMNS = (*_WORDS, "at", "value", "machine")
#: What a signal has where its source says nothing; the others have an empty text.
ABSENT = {"channel": "unknown"}


def microseconds(at: datetime) -> int:
    """The microseconds from 1970 to an aware moment."""
    return (at - _EPOCH) // _MICROSECOND


def moment(at: int) -> datetime:
    """The moment that is so many microseconds after 1970."""
    return _EPOCH + timedelta(microseconds=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One event of one company."""

    company: str
    kind: str
    at: datetime
    id: str
    #: The person or mailbox, where it is known.
    contact: str = ""
    channel: str = "unknown"
    source: str = ""
    #: The message, page or link that it is about.
    link: str = ""
    #: The user agent or network that caused it.
    agent: str = ""
    #: In hundredths of its currency.
    value_minor: int | None = None
    #: Whether a machine caused it, when the source says so.
    machine: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalTable:
    """Signals in columns; words are numbered, and the lists name them."""

    companies: Sequence[str]
    kinds: Sequence[str]
    contacts: Sequence[str]
    channels: Sequence[str]
    sources: Sequence[str]
    links: Sequence[str]
    agents: Sequence[str]
    ids: Sequence[str]
    company: Ints
    kind: Ints
    at: Ints
    contact: Ints
    channel: Ints
    source: Ints
    link: Ints
    agent: Ints
    #: -1: it has none.
    value: Ints
    machine: Ints

    def __len__(self) -> int:
        return len(self.at)


@dataclass(slots=True)
class Words:
    """Numbers for words, in the order of their first use."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, word: str) -> int:
        """The number of a word."""
        return self.numbers.setdefault(word, len(self.numbers))

    def all(self, words: list[str]) -> Ints:
        """The numbers of many words."""
        for word in dict.fromkeys(words):
            self.number(word)
        return np.fromiter(map(self.numbers.__getitem__, words), np.int64, len(words))


class TableBuilder:
    """Collects signals into a table."""

    __slots__ = ("_chunks", "_ids", "_rows", "_words")

    def __init__(self) -> None:
        self._words = {name: Words() for name in _WORDS}
        #: The columns of `_COLUMNS` in this order, for the first signals; the rows hold the rest.
        self._chunks: list[Ints] = []
        self._rows: list[tuple[int, ...]] = []
        self._ids: list[str] = []

    def name(self, company: str) -> None:
        """Name a company, which may have no signals."""
        self._words["company"].number(company)

    def add(self, one: Signal) -> None:
        """Add a signal."""
        self._ids.append(one.id)
        numbers = [self._words[name].number(getattr(one, name)) for name in _WORDS]
        value = -1 if one.value_minor is None else one.value_minor
        self._rows.append((*numbers, microseconds(one.at), value, SAID[one.machine]))

    def add_columns(
        self,
        columns: Mapping[str, list[str]],
        at: Ints,
        value: Ints | None = None,
        machine: Ints | None = None,
    ) -> None:
        """Add signals as columns of texts; a column that is left out has no texts."""
        self._settle()
        size = len(at)
        numbers = [
            self._words[name].all(columns[name])
            if name in columns
            else np.full(size, self._words[name].number(ABSENT.get(name, "")), np.int64)
            for name in _WORDS
        ]
        values = np.full(size, -1, np.int64) if value is None else value
        said = np.full(size, UNSAID, np.int64) if machine is None else machine
        self._chunks.append(np.vstack([*numbers, at, values, said]))
        self._ids += columns["id"]

    def table(self) -> SignalTable:
        """The signals that were added."""
        self._settle()
        empty = np.zeros((len(_COLUMNS), 0), dtype=np.int64)
        rows = np.concatenate([empty, *self._chunks], axis=1)
        self._chunks = [rows]
        lists: dict[str, Any] = {
            _LISTS[name]: list(words.numbers) for name, words in self._words.items()
        }
        columns = dict(zip(_COLUMNS, rows, strict=True))
        return SignalTable(ids=self._ids, **lists, **columns)

    def _settle(self) -> None:
        """Make the rows a chunk."""
        if self._rows:
            self._chunks.append(np.array(self._rows, dtype=np.int64).T.copy())
            self._rows.clear()
