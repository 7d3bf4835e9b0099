"""The rows of a list as nodes: one node for each distinct content."""

from __future__ import annotations

from dataclasses import dataclass

from dedupe.arrays import Codes, Flags
from dedupe.list_counts import ListCounts
from dedupe.names_table import Names
from dedupe.record import Key
from dedupe.whole_list import WholeWords

#: Attributes with one code per node.
SINGLE = (
    "country",
    "city",
    "city_as_written",
    "postcode",
    "street_number",
    "street_name",
    "register_number",
    "branch",
)
#: Attributes with up to three codes per node.
SEVERAL = ("domain", "phone", "form")


@dataclass(frozen=True, slots=True)
class Table:
    """The rows as nodes: one node for each distinct content."""

    keys: list[Key]
    #: The node of each row.
    node_of: Codes
    #: One example row for each node.
    row_of: Codes
    names: Names
    #: The name of each node; its other names are (node, name) pairs.
    core: Codes
    #: Every row of the node states a legal form.
    in_full: Flags
    alias_nodes: Codes
    alias_cores: Codes
    #: The other name states a legal form.
    alias_forms: Flags
    single: dict[str, Codes]
    several: dict[str, Codes]
    texts: dict[str, list[str]]
    #: The words that name the place of most companies with them.
    placed: Flags | None = None
    #: Keys of the cities of all rows, and of the seats behind names.
    places: frozenset[str] = frozenset()
    #: The counts of the list to compare by; None: those of the rows themselves.
    counts: ListCounts | None = None
    #: The words of the whole list, if these rows are a part of one.
    whole_words: WholeWords | None = None

    def __len__(self) -> int:
        return len(self.core)
