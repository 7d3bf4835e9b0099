"""Tell cells that a spreadsheet would run as a formula from texts that begin with the same sign."""

from __future__ import annotations

import re

#: No name, address or number begins with it.
_EQUALS = ("=", "＝")
#: `+cmd|' /C calc'!A0`, `@SUM(1+1)`, `-2+HYPERLINK("…")`: a call, or the program of another one;
#: but `+49 (0) 30 1234567`, `@acme.example` and `- Acme (UK) Ltd`.
_CALLED = re.compile(
    r"""[+\-@＋－＠][^\n]*?(?:[A-Za-z]\w*\|\s*['"]|[A-Z]{2,}\(|!\$?[A-Z]{1,3}\$?\d)"""
)


def is_formula(text: str) -> bool:
    """Whether a text is a formula, and names nobody."""
    return text.startswith(_EQUALS) or bool(_CALLED.match(text))
