"""Many signals as columns of numbers, which are scored a million at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
#: Whether a machine caused a signal, as its source says.
UNSAID, BY_PERSON, BY_MACHINE = 0, 1, 2


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


class TableBuilder:
    """Collects signals one by one into a table."""

    __slots__ = ("_ids", "_rows", "_words")

    def __init__(self) -> None:
        self._words = tuple(Words() for _ in range(7))
        self._rows: list[tuple[int, ...]] = []
        self._ids: list[str] = []

    def add(self, one: Signal) -> None:
        """Add a signal."""
        company, kind, contact, channel, source, link, agent = self._words
        self._ids.append(one.id)
        said = UNSAID if one.machine is None else BY_MACHINE if one.machine else BY_PERSON
        self._rows.append(
            (
                company.number(one.company),
                kind.number(one.kind),
                microseconds(one.at),
                contact.number(one.contact),
                channel.number(one.channel),
                source.number(one.source),
                link.number(one.link),
                agent.number(one.agent),
                -1 if one.value_minor is None else one.value_minor,
                said,
            )
        )

    def name(self, company: str) -> None:
        """Name a company, which may have no signals."""
        self._words[0].number(company)

    def table(self) -> SignalTable:
        """The signals that were added."""
        rows = np.array(self._rows, dtype=np.int64).reshape(-1, 10).T.copy()
        names = [list(words.numbers) for words in self._words]
        return SignalTable(
            companies=names[0],
            kinds=names[1],
            contacts=names[2],
            channels=names[3],
            sources=names[4],
            links=names[5],
            agents=names[6],
            ids=self._ids,
            company=rows[0],
            kind=rows[1],
            at=rows[2],
            contact=rows[3],
            channel=rows[4],
            source=rows[5],
            link=rows[6],
            agent=rows[7],
            value=rows[8],
            machine=rows[9],
        )
