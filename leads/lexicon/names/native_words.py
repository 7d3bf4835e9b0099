"""Read words of company names in Japanese, Chinese and Korean (`自動車` is jidosha)."""

from __future__ import annotations

import re
from functools import cache

from leads.lexicon.reference import document

#: Kana, Chinese characters and Hangul.
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def with_native_words_read(text: str) -> str:
    """Replace known words by their reading, set apart by spaces: `三菱商事` → `mitsubishi shoji`."""
    if not _EAST_ASIAN.search(text):
        return text
    pattern, readings = _words()
    return pattern.sub(lambda found: f" {readings[found.group()]} ", text)


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all known words, longest first, and the reading of each."""
    table: dict[str, list[str]] = document("native_words.yaml")
    readings = {spelling: reading for reading, row in table.items() for spelling in row}
    longest_first = sorted(readings, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), readings
