"""Read the terms of a row of a do-not-contact list: level, channel, reason, and how long."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from intake.cells import cleaned
from intake.mapping import Column, ColumnMapping, How
from leads.levels import LEVELS
from leads.lexicon.channels import ALL, channel_named
from leads.sheets.rows import Cells

#: Headers in lower case, and what they say: those of `sluice suppress export` and their like.
_HEADERS = {
    "channel": "channel",
    "level": "level",
    "campaign": "campaign",
    "reason": "reason",
    "suppressed by": "by",
    "source": "by",
    "suppressed at": "at",
    "suppressed until": "until",
    "until": "until",
}
#: Headers of our own lists, which mean this even where every cell looked at is empty.
_OURS = frozenset({"suppressed at", "suppressed until"})
#: Characters kept of a reason, and of a name.
_LONGEST = {"reason": 500, "by": 200, "campaign": 200}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a row says; None: it does not say."""

    level: str | None = None
    campaign: str | None = None
    reason: str | None = None
    by: str | None = None
    at: datetime | None = None
    until: datetime | None = None
    #: The channel that it stops, or `all`.
    channel: str | None = None


SILENT = Terms()


@dataclass(frozen=True, slots=True)
class TermColumns:
    """The columns of one list that say such things, by what they say."""

    columns: Mapping[str, Column]

    @classmethod
    def of(cls, mapping: ColumnMapping, sample: Sequence[Cells]) -> TermColumns:
        """Find the columns that the user did not choose another field for. A column that many lists
        have with another meaning counts where its cells say what is meant here.
        """
        found: dict[str, Column] = {}
        for column in mapping.columns:
            header = column.header.strip().casefold()
            what = _HEADERS.get(header)
            if what is None or column.how is How.TOLD or what in found:
                continue
            cells = [text for cells in sample if (text := cleaned(cells[column.place]))]
            if _is_meant(what, cells) or (header in _OURS and not cells):
                found[what] = column
        return cls(found)

    def read(self, cells: Cells) -> tuple[Terms, str]:
        """What a row says, and what is wrong with its words."""
        if not self.columns:
            return SILENT, ""
        said = {
            what: text
            for what, column in self.columns.items()
            if (text := cleaned(cells[column.place]))
        }
        return _terms(said) if said else (SILENT, "")


def _is_meant(what: str, cells: Sequence[str]) -> bool:
    if what == "channel":
        return any(map(channel_named, cells))
    if what == "level":
        return bool(cells) and all(cell.casefold() in LEVELS for cell in cells)
    if what in ("at", "until"):
        return any(map(moment_of, cells))
    return True


def _terms(said: Mapping[str, str]) -> tuple[Terms, str]:
    doubts: list[str] = []

    def read(what: str, of: Callable[[str], str | datetime | None], doubt: str) -> object:
        word = said.get(what)
        found = of(word) if word else None
        if word and found is None:
            doubts.append(f"{word[:60]!r} {doubt}")
        return found

    level = read("level", level_named, f"is no level: one of {', '.join(LEVELS)}")
    until = read("until", moment_of, "is no day or time: it lasts until somebody ends it")
    at = read("at", moment_of, "is no day or time: the day of the import counts")
    channel = read("channel", channel_named, "is no channel: every contact is stopped")
    if "channel" in said and channel is None:
        # The strictest reading: better one contact too few than one that was refused.
        channel = ALL
    terms = Terms(
        level=level if isinstance(level, str) else None,
        campaign=_text(said, "campaign"),
        reason=_text(said, "reason"),
        by=_text(said, "by"),
        at=at if isinstance(at, datetime) else None,
        until=until if isinstance(until, datetime) else None,
        channel=channel if isinstance(channel, str) else None,
    )
    return terms, "; ".join(doubts)


def _text(said: Mapping[str, str], what: str) -> str | None:
    word = said.get(what)
    return word[: _LONGEST[what]] if word else None


def level_named(word: str) -> str | None:
    """The level that a cell names."""
    level = word.casefold()
    return level if level in LEVELS else None


def moment_of(word: str) -> datetime | None:
    """The moment that a cell states, in UTC where it names no zone; of a day its end."""
    try:
        found = datetime.fromisoformat(word)
    except ValueError:
        return None
    is_day = len(word) <= len("2026-01-31")
    moment = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC) + timedelta(days=1 if is_day else 0)
    except OverflowError:
        return None
