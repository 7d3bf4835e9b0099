"""A file goes into a list that has records already: what the user said about that, and when to hold
back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from intake.mapping import fingerprint
from intake.read_list import Row

#: So many records are withdrawn at once without a question, even when they are most of the list.
FEW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the user wants the file to go into its list."""

    #: Withdraw nothing: the file is not the whole list.
    add: bool = False
    #: Withdraw all that the file does not name, however much that is.
    replace: bool = False
    #: The user named the list, so it is the one that is meant.
    named: bool = False

    @property
    def sure(self) -> bool:
        """Whether the user said that the file belongs into this list."""
        return self.add or self.replace or self.named


def why_withheld(absent: int, live: int, rejected: int, manner: Manner) -> str:
    """Why the records of an excluding list that a file does not name stay; empty when they may be
    withdrawn.

    Who is withdrawn is called: so a file that may be broken or short withdraws nobody.
    """
    if not absent:
        return ""
    if rejected:
        return (
            "rows of the file were rejected, and may be theirs: mend those and import the whole"
            " file again"
        )
    if absent > FEW and 2 * absent > live and not manner.replace:
        return "they are more than half of it: import with --replace if they are to go"
    return ""


def is_foreign(rows: Iterable[Row], contents: Set[str], keys: Set[str]) -> bool:
    """Whether a file has rows, and none that stands in the list by its content or its key."""
    row = None
    for row in rows:
        if row.content_hash in contents or row.row_key in keys:
            return False
    return row is not None


def same_header(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two headers are the same but for case and spaces."""
    return fingerprint(one) == fingerprint(other)
