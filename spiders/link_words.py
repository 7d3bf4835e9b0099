"""Judge by its words what kind of page a link leads to (`spiders/data/links.yaml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import unquote

from spiders.known_words import says_nothing, words_in
from spiders.page_kinds import PageKind
from spiders.plain_words import plain, spelt_out
from spiders.tables import table

#: A longer text is a teaser or an article, whose words do not classify the target.
LONGEST_TEXT = 60
#: Points of a word that is the whole text, begins it, or stands in it.
_IN_TEXT = (8, 6, 5)
#: The same for the last segment of the path, the segments before it, and the subdomain or query.
_IN_LAST, _IN_EARLIER, _IN_OTHER = (6, 5, 4), (3, 2, 2), (4, 3, 2)
#: Fewer points do not classify a link.
_FEWEST = 3
#: Of kinds with nearly as many points, the most wanted one counts.
_NEARLY = 2
#: Points that an article loses: its words are those of its topic.
_ARTICLE = 7
_LONGEST_EXTENSION = 5
#: Steps of a path that are read, from its end.
_MOST_STEPS = 6
_DATE = re.compile(r"(?:19|20)\d\d(?:[/-][01]?\d)?")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The kind of page that a link leads to, its points, and the words that say so."""

    kind: PageKind
    points: int = 0
    why: str = ""


_NOTHING = Judgement(PageKind.OTHER)
_ORDER = {kind: place for place, kind in enumerate(PageKind)}


@cache
def most_of(kind: PageKind) -> int:
    """Return the maximum pages of a kind to fetch."""
    entry = table("links")["kinds"].get(kind.value)
    if entry is not None:
        return int(entry["most"])
    return 500 if kind is PageKind.OTHER else 3


def kind_of(url: str, text: str) -> PageKind:
    """Classify a link by its text and path; `other` if no word matches."""
    return judge(url, text).kind


def judge(url: str, text: str) -> Judgement:
    """Judge a link by its text and URL; `other` if its words are too few or an article's."""
    folder, _, last = url.rstrip("/").rpartition("/")
    is_plain = "://" in folder and "%" not in last and "?" not in url and "#" not in url
    # Many links have a folder in common, and no other known word: one look tells it.
    if is_plain and says_nothing(f"{text} {last}"):
        return _by_folder(folder)
    return _judged(url, text)


@lru_cache(maxsize=1_024)
def _by_folder(folder: str) -> Judgement:
    """Judge what lies in a folder and has no words of its own."""
    return _judged(f"{folder}/-", "")


def _judged(url: str, text: str) -> Judgement:
    address, _, query = url.partition("#")[0].partition("?")
    host, _, path = address.partition("://")[2].partition("/")
    before, _, last = path.rstrip("/").rpartition("/")
    said = (_of_text(text), _of_last(last), _of_earlier(before), _of_around(host, query))
    return _NOTHING if said == _SILENT else _weighed(said, is_article=_is_article(before))


@lru_cache(maxsize=2_048)
def _weighed(said: tuple[_Said, ...], *, is_article: bool) -> Judgement:
    points: dict[PageKind, int] = {}
    why: dict[PageKind, list[str]] = {}
    for some in said:
        for kind, gained, reason in some:
            points[kind] = points.get(kind, 0) + gained
            why.setdefault(kind, []).append(reason)
    if is_article:
        points = {kind: gained - _ARTICLE for kind, gained in points.items()}
    best = max(points.values())
    if best < _FEWEST:
        return _NOTHING
    near = [kind for kind, gained in points.items() if gained >= max(best - _NEARLY, _FEWEST)]
    kind = min(near, key=_ORDER.__getitem__)
    return Judgement(kind, points[kind], ", ".join(why[kind]))


#: What a part of a link says: kinds with their points, and why. The same parts come again and
#: again: on every page of a site, and on many sites.
_Said = tuple[tuple[PageKind, int, str], ...]
_SILENT: tuple[_Said, ...] = ((), (), (), ())


@lru_cache(maxsize=4_096)
def _of_text(text: str) -> _Said:
    if len(text) > LONGEST_TEXT or says_nothing(text):
        return ()
    return _said("text", [text], _IN_TEXT)


@lru_cache(maxsize=4_096)
def _of_last(step: str) -> _Said:
    if "%" not in step and says_nothing(step):
        return ()
    return _said("path", [_without_extension(unquote(step))], _IN_LAST)


@lru_cache(maxsize=2_048)
def _of_earlier(steps: str) -> _Said:
    return _said("path", _steps(steps)[1 - _MOST_STEPS :], _IN_EARLIER) if steps else ()


@lru_cache(maxsize=2_048)
def _of_around(host: str, query: str) -> _Said:
    return _said("address", _around(host, query), _IN_OTHER)


def _said(place: str, texts: list[str], worth: tuple[int, int, int]) -> _Said:
    return tuple(
        (kind, gained, f"{place} has {word!r}")
        for kind, (gained, word) in _best(texts, worth).items()
    )


def segments(url: str) -> list[str]:
    """Return the segments of a URL's path as plain words, without extension."""
    path = url.partition("#")[0].partition("?")[0].partition("://")[2].partition("/")[2]
    steps = _steps(path)[-_MOST_STEPS:]
    if steps:
        steps[-1] = _without_extension(steps[-1])
    return steps


def _steps(path: str) -> list[str]:
    return [unquote(step) for step in path.split("/") if step]


def _around(host: str, query: str) -> list[str]:
    """Return the subdomain and the values of the query."""
    around = [one for one in host.split(".")[:-2] if one]
    return [*around, *_values(query)] if query else around


def _without_extension(step: str) -> str:
    name, dot, ending = step.rpartition(".")
    return name if dot and len(ending) <= _LONGEST_EXTENSION and ending.isalnum() else step


def _values(query: str) -> list[str]:
    values = [unquote(one.partition("=")[2]) for one in query.split("&")[:8] if "=" in one]
    return [one for one in values or [unquote(query)] if one]


@lru_cache(maxsize=2_048)
def _is_article(steps: str) -> bool:
    return any(
        plain(step) in _articles() or _DATE.fullmatch(step)
        for step in _steps(steps)[1 - _MOST_STEPS :]
    )


@cache
def _articles() -> frozenset[str]:
    return frozenset(table("links")["articles"])


def _best(texts: list[str], worth: tuple[int, int, int]) -> dict[PageKind, tuple[int, str]]:
    """Return the best points of each kind in some texts, with the word."""
    found: dict[PageKind, tuple[int, str]] = {}
    for text in texts:
        if says_nothing(text):
            continue
        for kind, (points, word) in _points(text[:120], worth).items():
            if points > found.get(kind, (0, ""))[0]:
                found[kind] = (points, word)
    return found


@lru_cache(maxsize=8192)
def _points(text: str, worth: tuple[int, int, int]) -> dict[PageKind, tuple[int, str]]:
    found: dict[PageKind, tuple[int, str]] = {}
    cancelled: set[PageKind] = set()
    for spelling in dict.fromkeys((plain(text), spelt_out(text))):
        for at, word in words_in(spelling):
            if word.cancels:
                cancelled.add(word.kind)
                continue
            is_all = at == 0 and len(word.word) == len(spelling)
            points = worth[0 if is_all else 1 if at == 0 else 2]
            if points > found.get(word.kind, (0, ""))[0]:
                found[word.kind] = (points, word.word)
    return {kind: one for kind, one in found.items() if kind not in cancelled}
