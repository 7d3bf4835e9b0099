"""Read words of company names in Japanese, Chinese and Korean (`自動車` is jidosha)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from leads.lexicon.reference import document

#: Kana, Chinese characters and Hangul.
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
#: `の` stands in Chinese names too, as an ornament.
_KANA = r"[\u3041-\u306d\u306f-\u3096\u30a1-\u30fa]"


def with_native_words_read(text: str, written: str | None = None) -> str:
    """Replace known words by their reading, set apart by spaces: `三菱商事` → `mitsubishi shoji`.

    `written` is the text before its legal forms were read, which show the language too.
    """
    if not _EAST_ASIAN.search(text):
        return text
    pattern, readings = _words(_language(text if written is None else written))
    return pattern.sub(lambda found: f" {readings[found.group()]} ", text)


def _language(text: str) -> str:
    """Return whether Chinese characters are read as Japanese (`ja`) or as Chinese (`zh`)."""
    forms, chinese, japanese = _marks()
    if forms.search(text):
        return "ja"
    return "ja" if not chinese.search(text) and japanese.search(text) else "zh"


@cache
def _marks() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of Japanese legal forms, of what is only Chinese, and only Japanese."""
    data: dict[str, Any] = document("native_words.yaml")
    ja, zh = data["marks"]["ja"], data["marks"]["zh"]
    of_japan = [spelling for row in data["words"]["japan"].values() for spelling in row]
    japanese = f"{_any_of([*ja['words'], *of_japan])}|[{ja['letters']}]|{_KANA}"
    return (
        re.compile(_any_of(ja["forms"])),
        re.compile(f"{_any_of(zh['words'])}|[{zh['letters']}]"),
        re.compile(japanese),
    )


@cache
def _words(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of the words read in texts of a language, and the reading of each."""
    table: dict[str, dict[str, list[str]]] = document("native_words.yaml")["words"]
    rows = [row for name in ("japan", "ko", language) for row in table[name].items()]
    readings = {spelling: reading for reading, spellings in rows for spelling in spellings}
    return re.compile(_any_of(list(readings))), readings


def _any_of(words: list[str]) -> str:
    """Build a pattern of words that finds the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
