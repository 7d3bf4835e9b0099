"""The parts of a parsed pattern, as `re` itself reads it."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

# Type checkers do not know that `re` has modules of its own.
names: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

#: How patterns of rules are read.
FLAGS = re.IGNORECASE | re.ASCII
REPEATS = (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT)


def parsed(source: str) -> Any:
    """Return the tree of a pattern: pairs of operator and argument; re.error if it is invalid."""
    return parser.parse(source, FLAGS)


def parts(operator: Any, argument: Any) -> list[Any]:
    """Return the trees inside one part: of a group, of what repeats, of each alternative."""
    if operator in REPEATS:
        return [argument[2]]
    if operator is names.SUBPATTERN:
        return [argument[3]]
    if operator is names.BRANCH:
        return list(argument[1])
    if operator in (names.ASSERT, names.ASSERT_NOT):
        return [argument[1]]
    return [argument] if operator is names.ATOMIC_GROUP else []
