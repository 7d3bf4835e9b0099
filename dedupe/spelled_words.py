"""The words of names as they are compared: in unified spelling, without "and", each once a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from dedupe.arrays import MISSING, Coder, Codes, Flags, Ints, order_of
from dedupe.core_words import CoreWords
from dedupe.words import words

_IGNORED = ("and", "the")
#: Words that show a short word beside them to be an abbreviation.
_BETWEEN = ("and", "de")


@dataclass(frozen=True, slots=True)
class SpelledWords:
    """The compared words of the names of a list, one name after another."""

    #: The words of each name without spaces, without the ignored ones.
    squashed: list[str]
    #: The distinct words in order, and the code of each word of a name.
    vocabulary: list[str]
    flat: Codes
    #: How many words each name has.
    lengths: Ints
    #: A code for the set of numbers in the name; -1 if none.
    numbers: Codes


def spelled_words(cores: list[str], split: CoreWords, latin: Mapping[str, str]) -> SpelledWords:
    """Unify the words of names; `latin` are the Latin spellings of words of other scripts."""
    every, code_of = _with_meant(split, latin)
    flat = _replaced(code_of, latin, len(every))[split.flat]
    flat = _beside_expanded(flat, split, code_of, len(every))
    owners = split.owners
    kept = ~_flags(code_of, _IGNORED, len(every))[flat]
    kept |= (np.bincount(owners[kept], minlength=len(cores)) == 0)[owners]
    altered = np.zeros(len(cores), dtype=bool)
    altered[owners[~kept | (flat != split.flat)]] = True
    flat, owners = flat[kept], owners[kept]
    squashed = _squashed(cores, altered, every, flat, owners)

    flat = _replaced(code_of, words().same, len(every))[flat]
    once = _first_times(flat, owners)
    flat, owners = flat[once], owners[once]
    vocabulary, final = _settled(every, flat)
    flat = final[flat]
    return SpelledWords(
        squashed,
        vocabulary,
        flat,
        np.bincount(owners, minlength=len(cores)),
        _numbers(squashed, vocabulary, flat, owners),
    )


def _with_meant(split: CoreWords, latin: Mapping[str, str]) -> tuple[list[str], dict[str, int]]:
    """Return the words of a list and those that they mean, and the code of each."""
    meant = {
        table[word]: 0
        for table in (words().same, words().beside, latin)
        for word in table.keys() & split.code_of.keys()
    }
    every = [*split.words, *sorted(meant.keys() - split.code_of.keys())]
    more = {word: code for code, word in enumerate(every[len(split.words) :], len(split.words))}
    return every, split.code_of | more


def _replaced(code_of: Mapping[str, int], instead: Mapping[str, str], count: int) -> Codes:
    """Return for each word the code of the word instead of it, else its own."""
    found = np.arange(count, dtype=np.int32)
    for word in instead.keys() & code_of.keys():
        found[code_of[word]] = code_of[instead[word]]
    return found


def _flags(code_of: Mapping[str, int], texts: Iterable[str], count: int) -> Flags:
    found = np.zeros(count, dtype=bool)
    found[[code_of[text] for text in texts if text in code_of]] = True
    return found


def _beside_expanded(
    flat: Codes, split: CoreWords, code_of: Mapping[str, int], count: int
) -> Codes:
    """Write out the abbreviations beside "and" or "de": `ind and com` in a trader's name."""
    instead = _replaced(code_of, words().beside, count)
    at = np.flatnonzero(instead[flat] != flat)
    if not len(at):
        return flat
    between = np.append(_flags(code_of, _BETWEEN, count)[flat], False)
    owners = np.append(split.owners, MISSING)
    near = between[at - 1] & (owners[at - 1] == owners[at])
    near |= between[at + 1] & (owners[at + 1] == owners[at])
    at = at[near]
    found = flat.copy()
    found[at] = instead[flat[at]]
    return found


def _squashed(
    cores: list[str], altered: Flags, every: list[str], flat: Codes, owners: Ints
) -> list[str]:
    """Return the names without spaces; those that are `altered` from their words."""
    found = [core.replace(" ", "") for core in cores]
    of_altered = altered[owners]
    written = [every[code] for code in flat[of_altered].tolist()]
    at = np.flatnonzero(altered)
    ends = np.cumsum(np.bincount(owners[of_altered], minlength=len(cores))[at]).tolist()
    for name, start, end in zip(at.tolist(), [0, *ends], ends, strict=False):
        found[name] = "".join(written[start:end])
    return found


def _first_times(flat: Codes, owners: Ints) -> Flags:
    """Check for each word of a name that no word before it is the same."""
    once = np.ones(len(flat), dtype=bool)
    at = np.arange(len(flat))
    distance = 1
    while len(at := at[at + distance < len(flat)]):
        at = at[owners[at] == owners[at + distance]]
        once[at[flat[at] == flat[at + distance]] + distance] = False
        distance += 1
    return once


def _settled(every: list[str], flat: Codes) -> tuple[list[str], Codes]:
    """Return the sorted words that are in use, and the place of each of `every`."""
    used = np.flatnonzero(np.bincount(flat, minlength=len(every)))
    texts = [every[code] for code in used.tolist()]
    order = order_of(texts)
    final = np.full(len(every), MISSING, dtype=np.int32)
    final[used[order]] = np.arange(len(used), dtype=np.int32)
    return [texts[at] for at in order.tolist()], final


def _numbers(squashed: list[str], vocabulary: list[str], flat: Codes, owners: Ints) -> Codes:
    """Return a code for the set of numbers of each name."""
    digits = ~np.fromiter(map(str.isalpha, vocabulary), dtype=bool, count=len(vocabulary))
    for word in np.flatnonzero(digits).tolist():
        digits[word] = any(map(str.isdigit, vocabulary[word]))
    found: dict[int, list[str]] = {}
    at = np.flatnonzero(digits[flat])
    for name, code in zip(owners[at].tolist(), flat[at].tolist(), strict=True):
        found.setdefault(name, []).append(_number(vocabulary[code]))

    coder = Coder()
    numbers = np.full(len(squashed), MISSING, dtype=np.int32)
    for name, several in found.items():
        if not squashed[name].isalpha():
            numbers[name] = coder.code(" ".join(sorted(several)))
    return numbers


def _number(word: str) -> str:
    """Return the digits of a word without leading zeros."""
    digits = "".join(filter(str.isdigit, word))
    return digits.lstrip("0") or "0"
