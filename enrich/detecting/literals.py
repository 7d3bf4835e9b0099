"""The literal texts that a match of a pattern must contain: one scan rules out most patterns.

The result is a conjunction of clauses; each clause is a set of texts of which one must occur.
Texts are lower case and ASCII; without case, as the patterns are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

from enrich.detecting.syntax import REPEATS, names, parsed, parser

Clause = frozenset[str]

#: A shorter text occurs on nearly every page.
SHORTEST = 3
_MOST_ALTERNATIVES = 24
_MOST_CLAUSES = 3
_MOST_WRITTEN_OUT = 16
_LONGEST = 24
#: Words that are on most pages, so that they rule out little.
_FREQUENT = frozenset(
    """a http https www com src href class content name js css script link style div var function
    type rel stylesheet images image media common core value property title header footer text
    form html body width height data mail post main page site default application embed iframe
    param object input button menu font icon item static assets id alt target javascript hidden
    service self blank with cart action system table span version copyright cdata noscript author
    internet continue powered by li ul tr td scr php uid meta img center left right small large
    order new shop store web net org de en the and top box list color window document br hr head
    nav section compatible designed closure central powered player robots amp nbsp quot png jpg
    jpeg gif webp svg ico php asp aspx import true false login contact themes scripts
    """.split()  # noqa: SIM905 - a list of strings would be 100 lines
)
_WORD = re.compile(r"[a-z0-9]+")
#: Weight of a text that is worth a place in the scan.
_TELLING = 4


def of_pattern(source: str, cut: str = "") -> tuple[Clause, ...]:
    """Return the clauses of a valid pattern, the best first; texts end at a character of `cut`."""
    return best(_clauses(parsed(source), cut))


def of_text(text: str, cut: str = "") -> tuple[Clause, ...]:
    """Return the clauses of a text that must occur as it is."""
    return best(frozenset({piece}) for piece in pieces(text, cut))


def beginning(source: str) -> tuple[str, bool]:
    """Return the text in lower case that a pattern begins with, and whether that is all of it."""
    text = ""
    for operator, argument in parser.parse(source):
        if operator is not names.LITERAL:
            return text.lower(), False
        text += chr(argument)
    return text.lower(), True


def pieces(text: str, cut: str = "") -> list[str]:
    """Split a text at characters that markup may write in another way."""
    found, run = [], ""
    for letter in text.lower():
        if " " <= letter <= "~" and letter not in cut:
            run += letter
            continue
        found.append(run)
        run = ""
    return [piece for piece in [*found, run] if piece]


def best(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Return the clauses that rule out most: those of long and rare texts."""
    usable = {
        clause
        for clause in clauses
        if clause and len(clause) <= _MOST_ALTERNATIVES and all(map(_tells, clause))
    }
    ranked = sorted(usable, key=lambda clause: (-_weight(clause), sorted(clause)))
    telling = [clause for clause in ranked if _weight(clause) >= _TELLING]
    return tuple(telling[:_MOST_CLAUSES] or ranked[:1])


def _tells(text: str) -> bool:
    return len(text) >= SHORTEST and not text.isspace()


def _weight(clause: Clause) -> int:
    """Weigh a clause by its worst text: by the letters of words that are not on most pages."""
    return min(map(_letters_that_tell, clause))


def _letters_that_tell(text: str) -> int:
    words = _WORD.findall(text)
    told = sum(len(word) for word in words if word not in _FREQUENT)
    return min(told + (1 if len(words) > 1 else 0), _LONGEST)


def _clauses(tree: Iterable[Any], cut: str, before: Sequence[str] = ("",)) -> list[Clause]:
    """Collect what each part of a sequence requires; neighbouring letters form one text.

    `before` are the texts that can stand before the sequence.
    """
    found: list[Clause] = []
    runs: list[str] = list(before)

    def end() -> None:
        found.extend(_of_runs(runs, cut))
        runs[:] = [""]

    for operator, argument in _flat(tree):
        if operator in (names.AT, names.ASSERT, names.ASSERT_NOT):
            continue
        written = _written_out(operator, argument)
        if written and len(written) * len(runs) <= _MOST_WRITTEN_OUT:
            runs[:] = [first + then for first, then in product(runs, written)]
            continue
        before = tuple(runs)
        end()
        if written:
            runs[:] = list(written)
        else:
            found += _required(operator, argument, cut, before)
    end()
    return found


def _of_runs(runs: Sequence[str], cut: str) -> list[Clause]:
    """Return the clauses of texts of which one occurs."""
    if len(runs) == 1:
        return [frozenset({piece}) for piece in pieces(runs[0], cut)]
    split = [pieces(run, cut) for run in runs]
    shared = set(split[0]).intersection(*split[1:])
    longest = [max(some, key=len, default="") for some in split]
    found = [frozenset({piece}) for piece in shared]
    return [*found, frozenset(longest)] if all(longest) else found


def _written_out(operator: Any, argument: Any) -> list[str]:
    """Return all texts that a part can be, if they are few; [] otherwise."""
    if operator is names.LITERAL:
        return [chr(argument)]
    if operator is names.IN:
        return _letters(argument)
    if operator is names.SUBPATTERN:
        return [] if argument[1] or argument[2] else _whole(argument[3])
    if operator is names.BRANCH:
        return _of_each(argument[1])
    is_optional = operator in REPEATS and (argument[0], argument[1]) == (0, 1)
    texts = _whole(argument[2]) if is_optional else []
    return ["", *texts] if texts else []


def _of_each(branches: Sequence[Any]) -> list[str]:
    every = [_whole(one) for one in branches]
    return [text for texts in every for text in texts] if all(every) else []


def _whole(tree: Iterable[Any]) -> list[str]:
    texts = [""]
    for operator, argument in tree:
        written = _written_out(operator, argument)
        if not written or len(written) * len(texts) > _MOST_WRITTEN_OUT:
            return []
        texts = [before + after for before, after in product(texts, written)]
    return texts


def _letters(members: Sequence[tuple[Any, Any]]) -> list[str]:
    """Return the letters of a small class such as `[.]` or `[-_]`."""
    if not all(kind is names.LITERAL for kind, _ in members) or len(members) > 4:
        return []
    return sorted({chr(value).lower() for _, value in members})


def _flat(tree: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Yield the parts of a sequence, with its groups opened."""
    for operator, argument in tree:
        if operator is names.SUBPATTERN and not argument[1] and not argument[2]:
            yield from _flat(argument[3])
        else:
            yield operator, argument


def _required(operator: Any, argument: Any, cut: str, before: Sequence[str]) -> list[Clause]:
    if operator in REPEATS:
        return _clauses(argument[2], cut) if argument[0] >= 1 else []
    if operator is names.SUBPATTERN:
        return _clauses(argument[3], cut)
    if operator is names.ATOMIC_GROUP:
        return _clauses(argument, cut)
    if operator is names.BRANCH:
        return _of_branches([best(_clauses(one, cut, before)) for one in argument[1]])
    return []


def _of_branches(branches: Sequence[tuple[Clause, ...]]) -> list[Clause]:
    """Return one clause: the best of each branch, when each has one."""
    if not all(branches):
        return []
    return [frozenset().union(*(clauses[0] for clauses in branches))]
