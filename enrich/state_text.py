"""The words in the JSON that a page carries for its scripts: the text of a page that only a browser
would show.

Text with markup and whole sentences count. Names and numbers in fields of a record do not: they may
be a customer's, and `enrich/page_state.py` decides whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from enrich.page_state import parsed
from enrich.read_markup import read_markup

#: Characters of text kept in all, and of one string; values looked at, and how deep.
_LONGEST, _LONGEST_STRING = 60_000, 8_000
_MOST, _DEEPEST = 20_000, 24
#: Keys whose strings are addresses, names of styles and types, or code.
_NO_TEXT = re.compile(
    r"(?i)(?:class|classname|style|css|href|src|srcset|url|uri|path|slug|id|uuid|key|hash|token|type"
    r"|__typename|locale|lang|icon|color|svg|script|component|template|format|mime|date|created\w*"
    r"|updated\w*|published\w*|query|variables|env|version|build\w*)"
)
_TAGS = re.compile(r"<(?:/?[a-z][a-z0-9]{0,9}\b|br)", re.IGNORECASE)
_CODE = re.compile(r"[{};]\s*$|=>|\bfunction\b|\bvar\(|^\s*[.#@][\w-]+\s*\{|^data:|^https?://\S+$")
#: A shorter string is a label or a value of a record, which is judged as one (`page_state`).
_FEWEST_WORDS = 6


def state_text(states: Sequence[str]) -> str:
    """Return what people would read of some states, a line per string, each string once."""
    lines: dict[str, None] = {}
    size = 0
    for state in states:
        for string in _strings(parsed(state)):
            text = _shown(string)
            if text and text not in lines:
                lines[text] = None
                size += len(text) + 1
            if size > _LONGEST:
                return "\n".join(lines)[:_LONGEST]
    return "\n".join(lines)


def _strings(state: Any) -> Iterator[str]:
    """Yield the strings in the order in which they stand, without those of other keys."""
    waiting: list[tuple[Any, int]] = [(state, 0)]
    seen = 0
    while waiting and seen < _MOST:
        value, depth = waiting.pop()
        seen += 1
        if isinstance(value, str):
            yield value[:_LONGEST_STRING]
        elif depth > _DEEPEST:
            continue
        elif isinstance(value, list):
            waiting.extend((one, depth + 1) for one in reversed(value[:500]))
        elif isinstance(value, dict):
            inner = list(value.items())[:500]
            waiting.extend(
                (one, depth + 1) for key, one in reversed(inner) if not _NO_TEXT.fullmatch(key)
            )


def _shown(string: str) -> str:
    """Return a string as it would be read: HTML as its text, "" for what nobody reads."""
    if _TAGS.search(string):
        return read_markup(string).text.strip()
    if _CODE.search(string):
        return ""
    lines = [" ".join(line.split()) for line in string.splitlines()]
    text = "\n".join(line for line in lines if line)
    is_text = len(text.split()) >= _FEWEST_WORDS and any(map(str.isalpha, text))
    return text if is_text else ""
