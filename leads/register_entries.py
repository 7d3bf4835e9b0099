"""The key of an entry in a company register: its country and its number."""

from __future__ import annotations

#: Characters that people put between the parts of a number, and that no register tells entries
#: apart by.
IGNORED = " .-/_,:()"
_WITHOUT = str.maketrans(
    {**dict.fromkeys(IGNORED), **{chr(97 + i): chr(65 + i) for i in range(26)}}
)


def entry_key(country: str, number: str) -> str:
    """The key that facts of a register entry hang on: `DE:HRB12345`."""
    return f"{country.translate(_WITHOUT)}:{number.translate(_WITHOUT)}"
