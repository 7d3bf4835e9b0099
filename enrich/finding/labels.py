"""Spell a company name as the label of a domain: joined, with hyphens, shortened."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from enrich.finding.scripts import latin_part, unread
from enrich.tables import words
from leads.lexicon.domains import encode_idna
from leads.lexicon.names.company_names import CompanyName, parse_name
from leads.lexicon.names.legal_forms import legal_form, without_native_forms, words_of_forms

#: Characters of a name that are read, and words of its core that labels are made of.
LONGEST_NAME, MOST_WORDS = 200, 8
#: The DNS allows 63 characters; names are shorter.
LONGEST_LABEL = 40
_SHORTEST_WORD = 4
_FILLERS = frozenset({"the", "and", "company", "co"})
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
    | {"ø": "oe", "Ø": "Oe", "å": "aa", "Å": "Aa", "æ": "ae", "Æ": "Ae"}
)
_OWN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class Label:
    """The name part of a domain, what was done to the name, and how likely that is."""

    text: str
    how: str
    weight: float


def weight_of(how: str) -> float:
    """The weight of a form of the name, in log-odds below the whole name."""
    return float(words("site_names")["forms"][how])


def labels(name: str, country: str = "") -> list[Label]:
    """Return the labels that a name may have, the likeliest first; none for a name without a
    letter, and for one that is only a legal form.
    """
    best: dict[str, Label] = {}
    for one in _every(name[:LONGEST_NAME], country):
        text = one.text
        if not _LABEL.fullmatch(text) or len(text) > LONGEST_LABEL or len(text) < 2:
            continue
        if text.isdigit() and len(text) < _SHORTEST_WORD:
            continue
        if text not in best or best[text].weight < one.weight:
            best[text] = one
    return sorted(best.values(), key=lambda one: (-one.weight, len(one.text), one.text))


def is_only_form(name: CompanyName) -> bool:
    """Whether a name is no more than a legal form (`GmbH`, `The Company Ltd`)."""
    if not any(map(str.isalnum, name.core)):
        return True
    said = set(name.tokens) - _FILLERS
    if not said:
        # `The The` is a name; `The Company Ltd` is not.
        return bool(name.forms) or len(name.tokens) < 2
    own = {part for form in name.forms for part in form.split()}
    return said <= own


def _is_like_a_form(name: CompanyName) -> bool:
    """Whether a name looks like a legal form beside its own (`A B GmbH`, where AB is one too)."""
    said = set(name.tokens) - _FILLERS
    return bool(name.forms) and said <= words_of_forms()


def _every(name: str, country: str) -> Iterator[Label]:
    parsed = parse_name(name)
    if is_only_form(parsed):
        return
    if _is_like_a_form(parsed) or len("".join(parsed.tokens)) < 2:
        yield from _with_form(parsed)
        return
    if unread(name, country):
        yield from _in_own_script(parsed)
        latin = latin_part(name)
        yield from _every(latin, country) if latin else ()
        return
    spelled = name.translate(_UMLAUTS)
    if spelled != name:
        other = parse_name(spelled).tokens[:MOST_WORDS]
        yield from _of_words(other, country, 0.0, "umlauts")
        plain = weight_of("plain_umlauts")
        yield from _of_words(parsed.tokens[:MOST_WORDS], country, plain, "plain_umlauts")
    else:
        yield from _of_words(parsed.tokens[:MOST_WORDS], country, 0.0, "whole")
    yield from _in_own_script(parsed)
    yield from _with_form(parsed)


def _of_words(tokens: tuple[str, ...], country: str, base: float, how: str) -> Iterator[Label]:
    spoken = words("site_names")["and_words"].get(country)
    if spoken and "and" in tokens[1:-1]:
        yield from _joined(_for_and(tokens, spoken), country, base, "and_of_country")
        yield from _joined(tokens, country, base + weight_of("and_elsewhere"), how)
    else:
        yield from _joined(tokens, country, base, how)
    if "and" in tokens[1:-1]:
        plain = tuple(one for one in tokens if one != "and")
        yield from _joined(plain, country, base + weight_of("without_and"), "without_and")
        yield Label("".join(_for_and(tokens, "n")), "n_for_and", base + weight_of("n_for_and"))
    if tokens[0] == "the" and len(tokens) > 1:
        yield from _joined(tokens[1:], country, base + weight_of("without_the"), "without_the")
    yield from _shortened(tokens, country, base)
    yield from _around(tokens, country, base)


def _joined(tokens: tuple[str, ...], country: str, base: float, how: str) -> Iterator[Label]:
    yield Label("".join(tokens), how, base)
    if len(tokens) > 1:
        table = words("site_names")
        common = country in table["hyphens_in"]
        less = float(table["hyphens_there"]) if common else weight_of("hyphens")
        yield Label("-".join(tokens), "hyphens", base + less)


def _for_and(tokens: tuple[str, ...], other: str) -> tuple[str, ...]:
    return tuple(other if one == "and" else one for one in tokens)


def _shortened(tokens: tuple[str, ...], country: str, base: float) -> Iterator[Label]:
    """Leave out words of trade from the end, then words in general."""
    kept = tokens[1:] if tokens[0] == "the" and len(tokens) > 2 else tokens
    if "and" in kept[1:-1]:
        kept = tuple(one for one in kept if one != "and")
    if len(kept) > 1:
        yield from _without_trade(kept, country, base)
        yield from _few_words(kept, country, base)
        yield from _initials(kept, base)


def _without_trade(tokens: tuple[str, ...], country: str, base: float) -> Iterator[Label]:
    short = words("site_names")["short_words"].get(tokens[-1])
    if short is not None:
        less = base + weight_of("shorter_words")
        yield from _joined((*tokens[:-1], short), country, less, "shorter_words")
    less = base + weight_of("fewer_words")
    while len(tokens) > 1 and _is_trade(tokens[-1]):
        tokens = tokens[:-1]
        yield from _joined(tokens, country, less, "fewer_words")
        less -= 0.3


def _few_words(tokens: tuple[str, ...], country: str, base: float) -> Iterator[Label]:
    if len(tokens) > 2:
        yield from _joined(tokens[:2], country, base + weight_of("first_two"), "first_two")
    if _is_telling(tokens[0]):
        yield Label(tokens[0], "first_word", base + weight_of("first_word"))
    if len(tokens) < 4 and _is_telling(tokens[-1]):
        yield Label(tokens[-1], "last_word", base + weight_of("last_word"))
    if len(tokens) == 2:
        swapped = (tokens[1], tokens[0])
        yield from _joined(swapped, country, base + weight_of("swapped"), "swapped")


def _is_telling(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and not _is_trade(word)


def _initials(tokens: tuple[str, ...], base: float) -> Iterator[Label]:
    initials = "".join(one if one.isdigit() else one[0] for one in tokens)
    if len(tokens) < 3:
        return
    yield Label(initials, "initials", base + weight_of("initials"))
    if tokens[-1] in _trade():
        text = initials[:-1] + tokens[-1]
        yield Label(text, "initials_and_last", base + weight_of("initials_and_last"))


def _around(tokens: tuple[str, ...], country: str, base: float) -> Iterator[Label]:
    """Put a word before or after the name, as companies do whose name was taken."""
    table, name = words("site_names"), "".join(tokens)
    for word, weight in table["before"].items():
        yield Label(word + name, "before", base + float(weight))
    for word, weight in table["behind"].items():
        yield Label(name + word, "behind", base + float(weight))
    if country:
        own = "uk" if country == "GB" else country.lower()
        yield Label(name + own, "country", base + weight_of("country"))
        yield Label(f"{name}-{own}", "country", base + weight_of("country") - 0.4)


def _in_own_script(name: CompanyName) -> Iterator[Label]:
    if name.shown.isascii():
        return
    left = _OWN.findall(without_native_forms(name.shown.casefold()))
    kept = [one for one in left if legal_form(one) is None]
    for text in dict.fromkeys(("".join(kept), "-".join(kept))):
        # Letters of two scripts in one name are a name that only looks like another.
        if len(_scripts(text)) == 1 and not text.isascii():
            yield Label(encode_idna(text), "own_script", weight_of("own_script"))


def _scripts(text: str) -> set[str]:
    """The scripts of the letters of a text, of which the Japanese ones are one."""
    names = {unicodedata.name(one, "").partition(" ")[0] for one in text if one.isalpha()}
    japanese = {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}
    return {"CJK"} | names - japanese if names & japanese else names


def _with_form(name: CompanyName) -> Iterator[Label]:
    for form in name.forms[:1]:
        letters = "".join(filter(str.isalnum, form))
        yield Label("".join(name.tokens) + letters, "legal_form", weight_of("legal_form"))
        yield Label("-".join((*name.tokens, letters)), "legal_form", weight_of("legal_form") - 0.6)


def _is_trade(word: str) -> bool:
    ends: list[str] = words("site_names")["trade_endings"]
    return word in _trade() or any(word.endswith(one) and len(word) > len(one) + 2 for one in ends)


@cache
def _trade() -> frozenset[str]:
    return frozenset(words("site_names")["trade_words"])
