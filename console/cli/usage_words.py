"""Say what is wrong with the options and arguments of a command, and how they are written."""

from __future__ import annotations

import re
from typing import Any

_NEGATIVE = re.compile(r"-\d[\d.,]*")


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
    return message, hint
