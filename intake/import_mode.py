"""How a file goes into a list that has records already, and when records are not withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from intake.mapping import fingerprint

#: Up to so many records are withdrawn without --replace, even if they are most of the list.
FEW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportMode:
    """How the user wants the file to go into its list."""

    #: Withdraw nothing: the file is not the whole list.
    add: bool = False
    #: Withdraw every record that the file does not name.
    replace: bool = False
    #: The user named the list.
    named: bool = False
    #: The rows are companies that came by themselves: they go into a list of their own.
    arrivals: bool = False

    @property
    def list_confirmed(self) -> bool:
        """Whether the user confirmed that the file belongs to this list."""
        return self.add or self.replace or self.named


class Keyed(Protocol):
    """A row with what identifies it in its list."""

    @property
    def content_hash(self) -> str:
        """Equal for rows with equal cells."""

    @property
    def row_key(self) -> str:
        """Equal for rows about the same company."""


def why_withheld(absent: int, live: int, rejected: int, mode: ImportMode) -> str:
    """Why the records of an excluding list that a file does not name stay; empty when they may be
    withdrawn.

    A withdrawn company may be called again, so a file that may be broken or incomplete withdraws
    none.
    """
    if not absent:
        return ""
    if rejected:
        return (
            "rows of the file were rejected and may belong to them: correct those and import the"
            " whole file again"
        )
    if absent == live and not (mode.replace or mode.named):
        return (
            "the file names none of them: if it is another list, import it with --name NAME, else with"
            " --replace to withdraw them"
        )
    if absent > FEW and 2 * absent > live and not mode.replace:
        return "they are more than half of it: import with --replace to withdraw them"
    return ""


def is_foreign(rows: Iterable[Keyed], contents: Set[str], keys: Set[str]) -> bool:
    """Whether a file has rows and the list has no row with the content or the key of one of them."""
    row = None
    for row in rows:
        if row.content_hash in contents or row.row_key in keys:
            return False
    return row is not None


def same_header(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two headers are equal, ignoring case and spaces."""
    return fingerprint(one) == fingerprint(other)
