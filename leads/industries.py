"""Whether a company's industry, by a code of any scheme or in words, lies inside those an ICP wants.

A mapping that only partly falls inside is unknown, and so are words that are not wholly understood.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from leads import industry_codes as codes
from leads import industry_words as words
from leads.answers import Answer, any_of
from leads.industry_terms import check_term, code_of, describe, industry_of, split_term
from leads.values import IndustryCode

__all__ = ["WORDS", "check_term", "code_of", "describe", "inside"]

if TYPE_CHECKING:
    #: The plain names, in the order of the table.
    WORDS: tuple[str, ...]
else:

    def __getattr__(name: str) -> tuple[str, ...]:
        """The table is read when it is first asked for."""
        if name == "WORDS":
            return tuple(words.industries())
        raise AttributeError(name)


_CODED = re.compile(r"([0-9]{5})\s*-\s*\D.*|([A-V]?[0-9]{2}\.[0-9]{1,2})(?:\.?[0-9]?[A-Z]?)(?:\s*[-–:]?\s+\D.*)?", re.DOTALL)


@lru_cache(maxsize=1 << 16)
def inside(value: IndustryCode, wanted: tuple[str, ...]) -> Answer:
    """Whether a company of this industry is in any of the wanted ones.

    Yes and no only when all that the value can mean lies inside, or outside. A NACE term without a revision (`25.62`) is read
    in the revision of a NACE value; for other values both readings must agree. A term that `check_term` rejects leaves it unknown.
    """
    if value.scheme == "text":
        return _text_inside(value.code, wanted)
    return _code_inside(value, wanted)


def _code_inside(value: IndustryCode, wanted: tuple[str, ...]) -> Answer:
    direct = [_same_scheme(value, term) for term in wanted]
    if Answer.YES in direct:
        return Answer.YES
    known = codes.leaves(value)
    if known is None:
        return Answer.UNKNOWN
    own = value.scheme if value.scheme in codes.NACE else ""
    across = {any_of(_leaf_inside(known.home, leaf, term, own) for term in wanted) for leaf in known.classes}
    answer = across.pop() if len(across) == 1 else Answer.UNKNOWN
    # What the value's own scheme calls possible, no way through other schemes makes impossible.
    return Answer.UNKNOWN if answer is Answer.NO and Answer.UNKNOWN in direct else answer


def _same_scheme(value: IndustryCode, term: str) -> Answer:
    """The answer within the value's own scheme; no when the term has no code there."""
    scheme, code = value.scheme, codes.own_code(value)
    if code is None or scheme in codes.NACE:
        return Answer.NO
    if industry := industry_of(term):
        above = industry.others.get(scheme, ())
    else:
        term_scheme, wanted = split_term(term)
        above = (wanted,) if term_scheme == scheme else ()
    above = tuple(filter(None, (codes.own_code(IndustryCode(scheme, one)) for one in above)))
    if all(any(codes.is_under(scheme, part, one) for one in above) for part in codes.naics_parts(code)):
        return Answer.YES
    return Answer.UNKNOWN if any(codes.is_under(scheme, one, code) for one in above) else Answer.NO


@cache
def _leaf_inside(home: str, leaf: str, term: str, own: str) -> Answer:
    """Whether a company of one NACE class is in one wanted industry; `own` is the value's scheme when that is NACE."""
    if industry := industry_of(term):
        return Answer.YES if leaf in industry.inside[home] else Answer.UNKNOWN if leaf in industry.partly[home] else Answer.NO
    scheme, code = split_term(term)
    if scheme == "sic" and len(code) == 5:
        scheme, code = "nace2.0", code[:4]
    if scheme == "linkedin":
        code = codes.linkedin_path(code) or code
    if scheme:
        return codes.lies_in(home, leaf, scheme, code)
    readings = [reading for reading in ([own] if own else codes.NACE) if codes.expand(reading, code)] or list(codes.NACE)
    answers = {codes.lies_in(home, leaf, reading, code) for reading in readings if codes.expand(reading, code)}
    return answers.pop() if len(answers) == 1 else Answer.UNKNOWN


def _text_inside(text: str, wanted: tuple[str, ...]) -> Answer:
    if coded := _CODED.fullmatch(text.strip()):
        readings = [IndustryCode("sic", coded[1])] if coded[1] else [IndustryCode(home, coded[2]) for home in codes.NACE]
        answers = {_code_inside(reading, wanted) for reading in readings if codes.leaves(reading)}
        return answers.pop() if len(answers) == 1 else Answer.UNKNOWN
    items = words.alternatives(text)
    by_words = any_of(all_of_them(tuple(_named_inside(one, wanted) for one in item)) for item in items) if items else Answer.UNKNOWN
    if by_words is Answer.YES or not codes.linkedin_path(text):
        return by_words
    by_label = _code_inside(IndustryCode("linkedin", text), wanted)
    return by_label if by_label is Answer.YES or by_words in {by_label, Answer.UNKNOWN} else Answer.UNKNOWN


def all_of_them(answers: tuple[Answer, ...]) -> Answer:
    """The answer that all alternatives share, unknown when they do not: nobody knows which one is true."""
    return answers[0] if answers and len(set(answers)) == 1 else Answer.UNKNOWN


def _named_inside(one: words.Named | None, wanted: tuple[str, ...]) -> Answer:
    if one is None:
        return Answer.UNKNOWN
    industry, home = one.industry, "nace2.1"
    if {industry.name, *industry.within} & {found.name for found in map(industry_of, wanted) if found}:
        return Answer.YES
    sure = {any_of(_leaf_inside(home, leaf, term, "") for term in wanted) for leaf in industry.inside[home]}
    possible = sure | {any_of(_leaf_inside(home, leaf, term, "") for term in wanted) for leaf in industry.partly[home]}
    if sure == {Answer.YES} and not one.vaguely:
        return Answer.YES
    return Answer.NO if possible == {Answer.NO} else Answer.UNKNOWN
