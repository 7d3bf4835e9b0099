"""Compare the name of a row with a name that a site gives itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from functools import cache

from enrich.tables import words
from leads.lexicon.names.company_names import CompanyName, parse_name
from leads.lexicon.names.legal_forms import groups_of


class Agreement(IntEnum):
    """How far two names agree, from not at all to letter by letter."""

    OTHER = 0
    #: One is the other's group, or a part or branch of it: `Acme Holding`, `Acme Leasing`.
    RELATED = 1
    #: One leaves out a word of trade: `Acme` for `Acme Technologies`.
    SHORT = 2
    SAME = 3


_FILLERS = frozenset({"the", "and"})


def agreement(one: CompanyName, other: CompanyName) -> Agreement:
    """Compare two names without their legal forms; the order does not matter."""
    left, right = _own(one.tokens), _own(other.tokens)
    if not left or not right:
        return Agreement.OTHER
    if "".join(left) == "".join(right) or _squashed(one) == _squashed(other):
        return Agreement.SAME
    short, long = sorted((left, right), key=len)
    if len(short) == len(long) or long[: len(short)] != short:
        return _glued(short, long) or _share_beginning(left, right)
    rest = long[len(short) :]
    if _is_weak(short):
        return Agreement.OTHER
    return Agreement.SHORT if _leaves_out(rest) else Agreement.RELATED


def best(wanted: Sequence[CompanyName], name: CompanyName) -> Agreement:
    """The best agreement of a name with any of the wanted ones."""
    return max((agreement(one, name) for one in wanted), default=Agreement.OTHER)


def forms_agree(forms: Iterable[str], others: Iterable[str]) -> bool | None:
    """Whether two names' legal forms are compatible; None where either has none."""
    left = {group for form in forms for group in groups_of(form)}
    right = {group for form in others for group in groups_of(form)}
    return bool(left & right) if left and right else None


def is_distinctive(name: CompanyName) -> bool:
    """Whether few companies can have the name: two words that are not of trade, or a long one."""
    own = [one for one in _own(name.tokens) if one not in _trade()]
    letters = sum(map(len, own))
    return letters >= 9 or (len(own) > 1 and letters >= 7)


def is_weak(name: CompanyName) -> bool:
    """Whether a name tells no company: only words of trade, as where its beginning was not read."""
    return _is_weak(_own(name.tokens))


def parsed(names: Iterable[str]) -> tuple[CompanyName, ...]:
    """Parse names and the other names inside them (`Foo t/a Bar`)."""
    found: dict[str, CompanyName] = {}
    for text in names:
        one = parse_name(text)
        for each in (one, *map(parse_name, one.others)):
            if each.core:
                found.setdefault(each.core, each)
    return tuple(found.values())


def _squashed(name: CompanyName) -> str:
    return name.core.replace(" ", "")


def _own(tokens: Sequence[str]) -> tuple[str, ...]:
    kept = tuple(one for one in tokens if one not in _FILLERS)
    return kept or tuple(tokens)


def _glued(short: Sequence[str], long: Sequence[str]) -> Agreement | None:
    """Compare `Circuit Hub Systems` with `CircuitHub`: the letters of one begin the other."""
    one, other = sorted(("".join(short), "".join(long)), key=len)
    if len(one) < 5 or not other.startswith(one):
        return None
    rest = other[len(one) :]
    return Agreement.SHORT if rest in _trade() and rest not in _groups() else None


def _share_beginning(left: Sequence[str], right: Sequence[str]) -> Agreement:
    same = next(
        (at for at, pair in enumerate(zip(left, right, strict=False)) if len(set(pair)) > 1), 0
    )
    if same and len(left[0]) > 3 and not _is_weak(left[:same]):
        return Agreement.RELATED
    return Agreement.OTHER


def _leaves_out(rest: Sequence[str]) -> bool:
    """Whether a longer name adds only words of trade, and none of groups."""
    return all(one in _trade() and one not in _groups() for one in rest)


def _is_weak(tokens: Sequence[str]) -> bool:
    """Whether words name no company by themselves: words of trade and single letters."""
    return all(one in _trade() or len(one) < 2 for one in tokens)


@cache
def _trade() -> frozenset[str]:
    return frozenset(words("site_names")["trade_words"])


@cache
def _groups() -> frozenset[str]:
    return frozenset(words("site_marks")["group_words"])
