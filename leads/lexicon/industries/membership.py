"""Check whether a company's industry (a code of any scheme, or words) is among those wanted.

A mapping that only partly matches is unknown; so are words that are not fully understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from leads.answers import Answer, any_of
from leads.lexicon.industries import codes as codes
from leads.lexicon.industries import words as words
from leads.lexicon.industries.terms import (
    check_revision,
    check_term,
    code_of,
    describe,
    industry_of,
    split_term,
)
from leads.values import IndustryCode

__all__ = ["WORDS", "check_revision", "check_term", "code_of", "describe", "inside"]

if TYPE_CHECKING:
    #: The plain names, in table order.
    WORDS: tuple[str, ...]
else:

    def __getattr__(name: str) -> tuple[str, ...]:
        """Load the table on first use."""
        if name == "WORDS":
            return tuple(words.industries())
        raise AttributeError(name)


_CODED = re.compile(
    r"([0-9]{5})\s*-\s*\D.*|([A-V]?[0-9]{2}\.[0-9]{1,2})(?:\.?[0-9]?[A-Z]?)(?:\s*[-–:]?\s+\D.*)?",
    re.DOTALL,
)


@lru_cache(maxsize=1 << 16)
def inside(value: IndustryCode, wanted: tuple[str, ...]) -> Answer:
    """Check whether a company of this industry is in any of the wanted ones.

    Yes or no requires that all meanings of the value are inside, or all outside. A NACE term
    without a revision (`25.62`) uses the revision of a NACE value; for other values both revisions
    must agree. A term that `check_term` rejects gives unknown.
    """
    if value.scheme == "text":
        return _text_inside(value.code, wanted)
    return _code_inside(value, wanted)


def _code_inside(value: IndustryCode, wanted: tuple[str, ...]) -> Answer:
    """Decide terms of the value's own scheme directly, and others by its possible NACE classes."""
    settled = [
        _under(value, (code,))
        for scheme, code in map(split_term, wanted)
        if scheme == value.scheme and scheme not in codes.NACE
    ]
    others = [
        term for term in wanted if split_term(term)[0] != value.scheme or value.scheme in codes.NACE
    ]
    return any_of([*settled, _by_classes(value, others)]) if others else any_of(settled)


def _by_classes(value: IndustryCode, wanted: list[str]) -> Answer:
    stated = [
        _under(value, industry.others.get(value.scheme, ()))
        for industry in map(industry_of, wanted)
        if industry
    ]
    if Answer.YES in stated:
        return Answer.YES
    known = codes.leaves(value)
    if known is None:
        return Answer.UNKNOWN
    own = value.scheme if value.scheme in codes.NACE else ""
    answers = {
        any_of(_leaf_inside(known.home, leaf, term, own) for term in wanted)
        for leaf in known.classes
    }
    answer = answers.pop() if len(answers) == 1 else Answer.UNKNOWN
    # Other schemes cannot rule out what the value's own scheme allows.
    return Answer.UNKNOWN if answer is Answer.NO and Answer.UNKNOWN in stated else answer


def _under(value: IndustryCode, above: tuple[str, ...]) -> Answer:
    """Check whether a code is under one of several codes of its own scheme."""
    scheme, code = value.scheme, codes.own_code(value)
    known = [
        one for one in (codes.own_code(IndustryCode(scheme, stated)) for stated in above) if one
    ]
    if code is None or not known:
        return Answer.UNKNOWN if above else Answer.NO
    if all(
        any(codes.is_under(scheme, part, one) for one in known) for part in codes.naics_parts(code)
    ):
        return Answer.YES
    return Answer.UNKNOWN if any(codes.is_under(scheme, one, code) for one in known) else Answer.NO


@cache
def _leaf_inside(home: str, leaf: str, term: str, own: str) -> Answer:
    """Check one NACE class against one wanted industry; `own` is the value's scheme if NACE."""
    if industry := industry_of(term):
        return _leaf_in_industry(home, leaf, industry)

    scheme, code = split_term(term)
    if scheme == "sic" and len(code) == 5:
        scheme, code = "nace2.0", code[:4]
    if scheme == "linkedin":
        code = codes.linkedin_path(code) or code
    if scheme:
        return codes.lies_in(home, leaf, scheme, code)
    return _leaf_in_any_revision(home, leaf, code, own)


def _leaf_in_industry(home: str, leaf: str, industry: words.Industry) -> Answer:
    if leaf in industry.inside[home]:
        return Answer.YES
    return Answer.UNKNOWN if leaf in industry.partly[home] else Answer.NO


def _leaf_in_any_revision(home: str, leaf: str, code: str, own: str) -> Answer:
    """Check a NACE code without a revision: by the value's own one, else by all that have it."""
    known = [revision for revision in codes.NACE if codes.expand(revision, code)]
    revisions = [own] if own in known else known
    return _shared({codes.lies_in(home, leaf, revision, code) for revision in revisions})


def _text_inside(text: str, wanted: tuple[str, ...]) -> Answer:
    if coded := _CODED.fullmatch(text.strip()):
        return _written_code_inside(coded, wanted)

    items = words.alternatives(text)
    by_words = _words_inside(items, wanted)
    if by_words is Answer.YES or not codes.linkedin_path(text):
        return by_words

    # The words also name a LinkedIn industry. Use that for LinkedIn terms, and where the words are
    # otherwise unknown.
    understood = all(one for item in items for one in item)
    terms = tuple(term for term in wanted if not understood or split_term(term)[0] == "linkedin")
    by_label = _code_inside(IndustryCode("linkedin", text), terms) if terms else Answer.UNKNOWN
    return by_label if by_label is Answer.YES or not understood else by_words


def _words_inside(items: Sequence[Sequence[words.Named | None]], wanted: tuple[str, ...]) -> Answer:
    if not items:
        return Answer.UNKNOWN
    return any_of(_shared(_named_inside(one, wanted) for one in item) for item in items)


def _written_code_inside(coded: re.Match[str], wanted: tuple[str, ...]) -> Answer:
    """Check a code written in a text (`62010 - Software`, `C25.62`), in every scheme that has
    it.
    """
    if coded[1]:
        readings = [IndustryCode("sic", coded[1])]
    else:
        readings = [IndustryCode(home, coded[2]) for home in codes.NACE]
    return _shared({_code_inside(one, wanted) for one in readings if codes.leaves(one)})


def _shared(answers: Iterable[Answer]) -> Answer:
    """Return the one answer that all give; unknown if they differ or nothing answers."""
    distinct = set(answers)
    return distinct.pop() if len(distinct) == 1 else Answer.UNKNOWN


def _named_inside(one: words.Named | None, wanted: tuple[str, ...]) -> Answer:
    if one is None:
        return Answer.UNKNOWN
    if _is_or_lies_in(one.industry, wanted):
        return Answer.YES

    by_revision = [
        _meant_inside(one, home, wanted)
        for home in codes.NACE
        if one.industry.inside[home] | one.industry.partly[home]
    ]
    if any(_lacks_revision(term) for term in wanted):
        # For a code without a revision, both revisions must agree.
        return _shared(by_revision)
    return _shared(set(by_revision) - {Answer.UNKNOWN})


def _is_or_lies_in(industry: words.Industry, wanted: tuple[str, ...]) -> bool:
    """Check the names alone: the industry, or one above it, is wanted."""
    names = {found.name for found in map(industry_of, wanted) if found}
    return not names.isdisjoint((industry.name, *industry.within))


def _lacks_revision(term: str) -> bool:
    return not industry_of(term) and not split_term(term)[0]


def _meant_inside(one: words.Named, home: str, wanted: tuple[str, ...]) -> Answer:
    """Return the answer by the classes that the words mean in one NACE revision."""

    def answers(classes: frozenset[str]) -> set[Answer]:
        return {any_of(_leaf_inside(home, leaf, term, home) for term in wanted) for leaf in classes}

    sure = answers(one.industry.inside[home])
    if sure == {Answer.YES} and one.breadth not in ("vague", "crafts"):
        return Answer.YES
    possible = (
        sure | answers(one.industry.partly[home]) | answers(words.also_called(one.breadth, home))
    )
    return Answer.NO if possible == {Answer.NO} else Answer.UNKNOWN
