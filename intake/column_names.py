"""Parse the name of a column: its possible field, unit, currency and year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from intake.header_units import header_unit
from intake.vocabulary import Vocabulary, Word, key_of, pieces, squashed, vocabulary

_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_EAST_ASIAN = re.compile("[\u2e80-\uffdc]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PATH = re.compile(r"[.:>]+(?=\w)")
#: Kinds of names that the beginning of a path states: `PreviousName_1.CompanyName`, `parent.name`.
_KINDS_OF_NAMES = frozenset({"legal_name", "alias", "former_name", "parent"})


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A parsed column name."""

    #: Normalised spellings to look up, the most specific first.
    keys: tuple[str, ...]
    #: The unit of the amounts in its cells (`mio EUR`; `?` if it cannot be read), and of counts.
    unit: str = ""
    count_unit: str = ""
    currency: str | None = None
    year: int | None = None
    #: Its words, normalised.
    words: tuple[str, ...] = ()
    #: Its script puts no spaces between words.
    unspaced: bool = False

    def unit_of(self, field: str) -> str:
        """The unit of the numbers of a field; only amounts have a currency."""
        return self.unit if field == "turnover" else self.count_unit

    def word(self, index: dict[str, Word]) -> Word | None:
        """What the name means in an index of the vocabulary."""
        return next((index[key] for key in self.keys if key in index), None)


def read_name(header: str) -> ColumnName:
    """Take a column's name apart: `Umsatz 2024 (Mio. €)` is `umsatz` in mio EUR of 2024."""
    known = vocabulary()
    words = pieces(header)
    unit = header_unit(header)
    years = [int(word) for word in words if _YEAR.fullmatch(word)]
    return ColumnName(
        tuple(dict.fromkeys((*_keys(header, known), *_keys_before_unit(unit.before, known)))),
        unit.of_money,
        unit.scale,
        unit.currency,
        years[-1] if years else None,
        tuple(words),
        _EAST_ASIAN.search(header) is not None,
    )


def is_column_name(text: str) -> bool:
    """Whether the whole text is a usual name of a column."""
    if len(text) > 60:
        return False
    known = vocabulary()
    return any(
        key in known.fields or key in known.personal
        for key in (key_of(text), key_of(_BRACKETS.sub(" ", text)))
    )


def _keys_before_unit(before: str, known: Vocabulary) -> Iterator[str]:
    """The keys of the words before the unit: `revenue` of `Revenue INR Cr`."""
    words = [word for word in pieces(_BRACKETS.sub(" ", before)) if not _YEAR.fullmatch(word)]
    while len(words) > 1 and words[-1] in known.fillers:
        words.pop()
    if words:
        yield squashed(words)
        yield from _shortened(words, known)


def _keys(header: str, known: Vocabulary) -> Iterator[str]:
    bare = _BRACKETS.sub(" ", header)
    parts = [header, bare, _PATH.split(bare)[-1], *re.split(r"[/|,]", bare)]
    yield from _kind_of_name(bare, known)
    for part in parts:
        words = pieces(part)
        yield squashed(words)
        plain = _without_units(words, known)
        yield squashed(plain)
    for part in parts:
        yield from _shortened(_without_units(pieces(part), known), known)


def _kind_of_name(header: str, known: Vocabulary) -> Iterator[str]:
    """The key of the kind of name at the beginning of a path that ends in a name."""
    *before, end = _PATH.split(header)
    word = known.fields.get(key_of(end))
    if not before or word is None or word.field != "name":
        return
    key = squashed(piece for piece in pieces(" ".join(before)) if not piece.isdigit())
    kind = known.fields.get(key)
    if kind is not None and kind.field in _KINDS_OF_NAMES:
        yield key


def _without_units(words: list[str], known: Vocabulary) -> list[str]:
    """The words without currencies, factors, years and the small words before them."""
    kept = [
        word
        for word in words
        if not (word in known.currencies or word in known.factors or _YEAR.fullmatch(word))
    ]
    if len(kept) == len(words):
        return words
    while len(kept) > 1 and (kept[-1] in known.fillers or kept[-1] in known.factor_letters):
        kept.pop()
    return kept


def _shortened(words: list[str], known: Vocabulary) -> Iterator[str]:
    """The words without a number at the end, a suffix, a prefix, and both."""
    tails = [words]
    if len(words) > 1 and words[-1].isdigit():
        tails.append(words[:-1])
    tails += [tail[:-1] for tail in tails if len(tail) > 1 and tail[-1] in known.suffixes]
    for tail in tails:
        yield squashed(tail)
    for tail in tails:
        yield from _without_prefix(tail, known)


def _without_prefix(words: list[str], known: Vocabulary) -> Iterator[str]:
    whole = squashed(words)
    ends = {len(squashed(words[:place])) for place in range(1, len(words))}
    for prefix in known.prefixes:
        rest = whole.removeprefix(prefix)
        # Where a name is written in one ("companycity"), only long prefixes and rests are sure to
        # be words.
        if rest != whole and (len(prefix) in ends or (len(prefix) > 5 and len(rest) > 3)):
            yield rest
