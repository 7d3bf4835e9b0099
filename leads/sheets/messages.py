"""Tell an e-mail message from a table below lines such as `From: ERP`."""

from __future__ import annotations

import itertools
import re

_FIRST = re.compile(r"(?:from|received|return-path|delivered-to|mime-version): ")
#: Headers that only mail has.
_OF_MAIL = re.compile(
    r"^(?:received|return-path|delivered-to|mime-version|message-id|dkim-signature|x-mailer): ",
    re.MULTILINE,
)
_OTHERS = re.compile(r"(?:from|to|cc|bcc|date|sent|subject|reply-to|sender|content-[\w-]+): ")
_MOST_LINES = 200
#: So often these stand on each line of a table. Prose has commas too.
_SEPARATORS = {";": 1, "\t": 1, "|": 1, ",": 2}


def is_message(start: str) -> bool:
    """Check whether a text in lower case begins with two headers of mail, and is no table."""
    if not _FIRST.match(start):
        return False
    lines = start.split("\n", _MOST_LINES)[:_MOST_LINES]
    blank = next((at for at, line in enumerate(lines) if not line.strip()), len(lines))
    headers = [line for line in lines[:blank] if _OTHERS.match(line) or _OF_MAIL.match(line)]
    if len(headers) < 2:
        return False
    return any(map(_OF_MAIL.match, headers)) or not _holds_table(lines)


def _holds_table(lines: list[str]) -> bool:
    """Check for two lines in a row with equally many separators; headers are left out."""
    rows = [line for line in lines if line.strip() and not _OTHERS.match(line)]
    return any(
        above.count(sign) == below.count(sign) >= least
        for above, below in itertools.pairwise(rows)
        for sign, least in _SEPARATORS.items()
    )
