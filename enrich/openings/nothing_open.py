"""Find the sentence by which a careers page says how much is open, or that nothing is."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from enrich.document import Document
from enrich.sentences import sentence
from enrich.tables import either, words

#: Sentences that are looked at.
_MOST = 50
#: A sentence as short as that needs no word for now: `Geen vacatures.`
_SHORT = 5


def says_none(document: Document) -> str:
    """Return the words by which a careers page says that nothing is open; "" if it does not.

    A denied opening counts in a sentence about now. It does not count in a question, nor
    in a condition: `If no open position suits you, write to us`.
    """
    if match := _phrases().search(document.folded):
        return document.quote(match.start(), match.end(), 40)
    for count, match in enumerate(_denied().finditer(document.folded)):
        if count >= _MOST:
            break
        if _speaks_of_now(document.folded, match):
            return document.quote(match.start(), match.end(), 40)
    return ""


def stated_count(document: Document) -> tuple[int, str] | None:
    """Return the number of `12 open positions` and its words; None if the page states none.

    Several numbers are those of departments or filters.
    """
    found = [match for match in islice(_count().finditer(document.folded), _MOST) if match]
    if len({match["count"] for match in found}) != 1:
        return None
    return int(found[0]["count"]), document.quote(found[0].start(), found[0].end(), 60)


def _speaks_of_now(text: str, match: re.Match[str]) -> bool:
    begin, end = sentence(text, match.start(), match.end())
    said = text[begin:end]
    if text[end : end + 1] == "?" or _conditions().search(said):
        return False
    # Between commas: `no dull jobs, and an open door` is not about openings now.
    first = text.rfind(",", begin, match.start()) + 1 or begin
    last = text.find(",", match.end(), end)
    clause = text[first : end if last < 0 else last]
    return bool(_now().search(clause)) or len(said.split()) <= _SHORT


@cache
def _count() -> re.Pattern[str]:
    headings = either(map(re.escape, words("openings")["headings"]))
    return re.compile(rf"\b(?P<count>[1-9]\d{{0,2}}) (?:{headings})(?![^\W_])")


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(either(map(re.escape, words("openings")["none"])))


@cache
def _denied() -> re.Pattern[str]:
    """`keine offenen Stellen`: a word that denies, at most four words, and one for openings."""
    table = words("openings")
    no, jobs = either(table["no"]), either(table["denied"])
    between = r"(?:[ \xa0][^\W\d_][^\s.!?;:]{0,24}){0,4}"
    # An apostrophe ends the French `pas d'`, a space all others.
    return re.compile(rf"(?<![^\W_])(?:{no}){between}(?:[ \xa0]|(?<=['’]))(?:{jobs})(?![^\W_])")


@cache
def _now() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{either(words('openings')['now'])})")


@cache
def _conditions() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{either(words('openings')['conditions'])})")
