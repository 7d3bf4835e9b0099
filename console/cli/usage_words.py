"""Say what is wrong with the options and arguments of a command, and how they are written."""

from __future__ import annotations

import re
from typing import Any

_NEGATIVE = re.compile(r"-\d[\d.,]*")
#: What a value must be: as the parser says it, and in our words.
_MUST = (
    (re.compile(r"a valid integer\b.*"), "a whole number"),
    (re.compile(r"a valid number\b.*"), "a number"),
    (re.compile(r"greater than or equal to (\S+)"), r"\1 or more"),
    (re.compile(r"less than or equal to (\S+)"), r"\1 or less"),
)
_INVALID = re.compile(r"Invalid value for '([^']+)': Input should be (.+)", re.DOTALL)


def usage_words(error: Any) -> tuple[str, str]:
    """The message and the hint for an error of the parser of the command line."""
    message = str(error.format_message())
    where = getattr(error, "ctx", None)
    hint = f"see `{where.command_path} --help`" if where else "see `sluice --help`"
    option = str(getattr(error, "option_name", None) or "")
    if _NEGATIVE.fullmatch(option):
        return f"{option} is negative, and no option here takes a negative number", hint
    if message.endswith("requires 2 arguments."):
        # Every option of two words is an amount.
        return f"{option} needs an amount and its currency", f"write it like {option} 50 EUR"
    if message.endswith("requires an argument."):
        return f"{option} needs a value behind it", hint
    if invalid := _INVALID.fullmatch(message):
        return f"{invalid[1]} must be {_must(invalid[2])}", hint
    return message, hint


def _must(said: str) -> str:
    """What a value must be; what is not in the table stays in the parser's words."""
    for pattern, words in _MUST:
        if found := pattern.fullmatch(said):
            return found.expand(words)
    return said
