"""CSS selectors of rules: checked on one tag where its attributes decide, on a tree otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from enrich.detecting import literals
from enrich.detecting.literals import Clause

#: What markup may write in another way than its value.
CUT = "&<>\"'\\"
_PART = re.compile(
    r"\A(?P<tag>[a-zA-Z*](?:[\w-]|\\:)*)?(?P<rest>(?:[#.](?:[\w-]|\\:)+|\[[^\[\]]*\])*)\Z", re.ASCII
)
_PIECE = re.compile(
    r"(?P<mark>[#.])(?P<word>(?:[\w-]|\\:)+)"
    r"|\[\s*(?P<name>(?:[\w:.-]|\\:)+)\s*"
    r"(?:(?P<how>[~|^$*]?=)\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[\w-]+))"
    r"\s*(?P<fold>[iI])?\s*)?\]",
    re.ASCII,
)
#: Tags on most pages, and those that a parser adds or renames.
EVERYWHERE = frozenset(
    """html head body title meta link script style a div span p ul li img image table tbody thead
    tfoot tr td th colgroup br h1 h2 h3""".split()  # noqa: SIM905 - a list would be 30 strings
)
_BRACKETS = re.compile(r"\[(?:[^\]\"']++|\"[^\"]*+\"|'[^']*+')*+\]")
#: A quoted value; one that is not closed reaches to the end.
_QUOTED = re.compile(r"\"([^\"]*)(?:\"|\Z)|'([^']*)(?:'|\Z)")
#: Attributes whose values have no case in HTML.
_NO_CASE = frozenset({"type", "rel", "method", "lang", "charset", "http-equiv", "media", "target"})


@dataclass(frozen=True, slots=True)
class Test:
    """What one attribute must be: `how` is '', `=`, `~=`, `|=`, `^=`, `$=` or `*=`."""

    name: str
    how: str = ""
    value: str = ""
    no_case: bool = False

    def passes(self, attributes: Mapping[str, str]) -> bool:
        """Check one tag."""
        found = attributes.get(self.name)
        if found is None:
            return False
        if not self.how:
            return True
        if self.no_case:
            found = found.lower()
        value = self.value
        if self.how == "=":
            return found == value
        if not value:
            return False
        if self.how == "~=":
            return value in found.split()
        if self.how == "|=":
            return found == value or found.startswith(f"{value}-")
        if self.how == "^=":
            return found.startswith(value)
        return found.endswith(value) if self.how == "$=" else value in found


@dataclass(frozen=True, slots=True)
class Compound:
    """One selector of a list, if a single tag decides it."""

    tag: str
    tests: tuple[Test, ...]

    def matches(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Check one tag."""
        return self.tag in {"", name} and all(one.passes(attributes) for one in self.tests)

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """What the markup must contain."""
        texts = [piece for one in self.tests for piece in literals.pieces(one.value, CUT)]
        names = [one.name for one in self.tests]
        tag = [f"<{self.tag}"] if self.tag else []
        return literals.best(frozenset({text}) for text in [*texts, *names, *tag])


@lru_cache(maxsize=20_000)
def compounds(selector: str) -> tuple[Compound, ...] | None:
    """Split a selector list; None if one of it needs a tree."""
    found = [_compound(one.strip()) for one in split(selector)]
    sure = tuple(one for one in found if one is not None)
    return sure if len(sure) == len(found) else None


def split(selector: str) -> list[str]:
    """Split a selector list at its commas outside brackets and quotes."""
    found, start, depth, quote = [], 0, 0, ""
    for at, letter in enumerate(selector):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "[(":
            depth += 1
        elif letter in "])":
            depth -= 1
        elif letter == "," and not depth:
            found.append(selector[start:at])
            start = at + 1
    return [*found, selector[start:]]


def _compound(selector: str) -> Compound | None:
    match = _PART.match(selector) if selector else None
    if match is None:
        return None
    tests, at = [], 0
    rest = match["rest"]
    while at < len(rest):
        piece = _PIECE.match(rest, at)
        if piece is None:
            return None
        tests.append(_test(piece))
        at = piece.end()
    tag = (match["tag"] or "").lower().replace("\\", "")
    return Compound("" if tag == "*" else tag, tuple(tests))


def _test(piece: re.Match[str]) -> Test:
    if piece["mark"] == "#":
        return Test("id", "=", piece["word"].replace("\\", ""))
    if piece["mark"] == ".":
        return Test("class", "~=", piece["word"].replace("\\", ""))
    name, how = piece["name"].lower().replace("\\", ""), piece["how"] or ""
    value = next(
        (piece[one] for one in ("double", "single", "plain") if piece[one] is not None), ""
    )
    no_case = bool(piece["fold"]) or name in _NO_CASE
    return Test(name, how, value.lower() if no_case else value, no_case)


def without_attributes(selector: str) -> str:
    """Return a selector without its tests of attributes; a quoted value may hold brackets."""
    return _BRACKETS.sub("", selector)


def clauses(selector: str) -> tuple[Clause, ...]:
    """Return what the markup must contain for a selector list to match; () if nothing is sure."""
    each = [_clauses_of(one.strip()) for one in split(selector)]
    if len(each) == 1:
        return each[0]
    if not all(each):
        return ()
    return literals.best([frozenset().union(*(one[0] for one in each))])


def _clauses_of(selector: str) -> tuple[Clause, ...]:
    compound = _compound(selector)
    if compound is not None:
        return compound.clauses
    return literals.best(_texts(selector))


def tags_of_tree(selector: str) -> tuple[Clause, ...]:
    """Return the beginning of a tag without which one selector is not worth a tree."""
    if len(split(selector)) > 1 or ":" in selector:
        return ()
    plain = without_attributes(selector)
    names = [name.lower() for name in re.findall(r"(?:^|[\s>+~])([a-zA-Z][\w-]*)", plain)]
    telling = [name for name in names if name not in EVERYWHERE]
    return (frozenset({f"<{max(telling, key=len)}"}),) if telling else ()


def needed(selector: str) -> tuple[Clause, ...]:
    """Return all texts that the markup must contain for a selector to match.

    A selector with escapes or namespaces returns none.
    """
    if "\\" in selector or "|" in _QUOTED.sub("", selector).replace("|=", ""):
        return ()
    implied = {frozenset({f"<{name}"}) for name in EVERYWHERE}
    return tuple(one for one in dict.fromkeys(_texts(selector)) if one not in implied)


def _texts(selector: str) -> Iterable[Clause]:
    """Yield what a selector with combinators requires; nothing of one with `:not(…)`."""
    if ":" in _QUOTED.sub("", selector):
        return
    for value in _QUOTED.findall(selector):
        for text in literals.pieces(value[0] or value[1], CUT):
            yield frozenset({text})
    for piece in _PIECE.finditer(selector):
        one = _test(piece)
        for text in [*literals.pieces(one.value, CUT), one.name]:
            yield frozenset({text})
    for tag in re.findall(r"(?:^|[\s>+~])([a-z][\w-]*)", without_attributes(selector), re.I):
        yield frozenset({f"<{tag.lower()}"})
