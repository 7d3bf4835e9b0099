"""Make company names and domains by number: the same number, the same company."""

from __future__ import annotations

from uuid import UUID

from outreach.keys import KnownAs

_SYLLABLES = [a + b for a in "bdfgklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "ol")]
_BASE = len(_SYLLABLES)
_WORDS = _BASE**4
#: Odd, so that each number has a word of its own.
_STEP, _OTHER_STEP = 2_654_435_761, 2_246_822_519


def company_name(number: int) -> str:
    """Two words and a legal form."""
    return f"{_word(number, _STEP).title()} {_word(number, _OTHER_STEP).title()} GmbH"


def domain(number: int) -> str:
    """A domain of the same two words."""
    return f"{_word(number, _STEP)}{_word(number, _OTHER_STEP)}.example"


def phone(number: int) -> str:
    """A number in international form."""
    return f"+4930{10_000_000 + number}"


def known(number: int, company_id: UUID) -> KnownAs:
    """All that the company is known by."""
    return KnownAs(
        names=(company_name(number),),
        domains=(domain(number),),
        phones=(phone(number),),
        company_ids=(company_id,),
    )


def _word(number: int, step: int) -> str:
    rest = (number * step + step) % _WORDS
    syllables = []
    for _ in range(4):
        rest, place = divmod(rest, _BASE)
        syllables.append(_SYLLABLES[place])
    return "".join(syllables)
