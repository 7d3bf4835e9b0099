"""What users are to say: a campaign's text with fields of the company, such as `{name}`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from leads.errors import UsageError
from outreach.notes import checked_text

#: What a script may name.
FIELDS = (
    *("name", "city", "country", "domain", "phone", "email", "employees", "turnover", "industry"),
    *("founded", "technology", "user"),
)
_FIELD = re.compile(r"\{([^{}\n]{0,40})\}")


def checked_script(text: str, file: str) -> str:
    """The text as it is stored; UsageError with its line for a field that no card has."""
    stored = checked_text(text, "script")
    for number, line in enumerate(stored.splitlines(), 1):
        for found in _FIELD.finditer(line):
            if found[1] not in FIELDS:
                near = get_close_matches(found[1], FIELDS, 1)
                raise UsageError(
                    f"{file}:{number}: there is no field {found[0]}",
                    f"did you mean {{{near[0]}}}?" if near else f"one of {', '.join(FIELDS)}",
                )
    return stored


def filled(script: str, values: Mapping[str, Sequence[str]]) -> str:
    """The script with the first value of each field; one that is unknown is shown as such."""

    def value(found: re.Match[str]) -> str:
        some = values.get(found[1], ())
        return some[0] if some else f"[{found[1]} unknown]"

    return _FIELD.sub(value, script)
