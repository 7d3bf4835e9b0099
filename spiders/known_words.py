"""The words by which links tell the kind of page they lead to (`spiders/data/links.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from spiders.page_kinds import PageKind
from spiders.plain_words import ascii_words, plain, spelt_out
from spiders.tables import table

#: Scripts that write no spaces, whose words are found anywhere.
_UNSPACED = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_KEY = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A known word in plain spelling, and the kind of page that it tells."""

    kind: PageKind
    word: str
    #: Whether the word may go on, must be all there is, or cancels the kind.
    begins: bool = False
    is_whole: bool = False
    cancels: bool = False


@dataclass(slots=True)
class _Index:
    spaced: dict[str, list[Word]] = field(default_factory=dict)
    unspaced: list[Word] = field(default_factory=list)


def says_nothing(text: str) -> bool:
    """Whether a text has no known word, as most have none: a cheap look."""
    return text.isascii() and not any(map(_may_begin, ascii_words(text)))


@lru_cache(maxsize=8192)
def _may_begin(token: str) -> bool:
    """Whether a known word may begin with this one."""
    for word in _index().spaced.get(token[:_KEY], ()):
        first, space, _ = word.word.partition(" ")
        if token == first or (word.begins and not space and token.startswith(first)):
            return True
    return False


def words_in(spelling: str) -> Iterator[tuple[int, Word]]:
    """Yield the known words in a plain text, each with its place."""
    index = _index()
    at = 0
    while at < len(spelling):
        for word in index.spaced.get(spelling[at : at + _KEY].partition(" ")[0], ()):
            if _stands_at(word, spelling, at):
                yield at, word
        after = spelling.find(" ", at)
        at = len(spelling) if after < 0 else after + 1
    if _UNSPACED.search(spelling):
        for word in index.unspaced:
            if (place := spelling.find(word.word)) >= 0:
                yield place, word


def _stands_at(word: Word, spelling: str, at: int) -> bool:
    if not spelling.startswith(word.word, at):
        return False
    end = at + len(word.word)
    if word.is_whole:
        return at == 0 and end == len(spelling)
    return word.begins or end == len(spelling) or spelling[end] == " "


@cache
def _index() -> _Index:
    index = _Index()
    for kind, entry in table("links")["kinds"].items():
        listed = dict.fromkeys(one for some in entry["words"].values() for one in some)
        for said in [*listed, *(f"!{one}" for one in entry["not"])]:
            for word in _read_word(PageKind(kind), said):
                if _UNSPACED.search(word.word):
                    index.unspaced.append(word)
                else:
                    key = word.word[:_KEY].partition(" ")[0]
                    index.spaced.setdefault(key, []).append(word)
    return index


def _read_word(kind: PageKind, said: str) -> Iterator[Word]:
    bare = said.lstrip("!=").rstrip("*")
    for spelling in dict.fromkeys((plain(bare), spelt_out(bare))):
        yield Word(
            kind,
            spelling,
            begins=said.endswith("*"),
            is_whole=said.startswith("="),
            cancels=said.startswith("!"),
        )
