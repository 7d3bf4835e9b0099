"""Compare the names of a company with those of an entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from leads.lexicon.names.company_names import parse_name
from leads.lexicon.names.legal_forms import groups_of, is_form_of, legal_form
from sources.answers import Entry
from sources.identity_marks import Mark, table
from sources.subject import Subject

#: `Mueller` is `Müller`, and `Aalesund` is `Ålesund`.
_DIGRAPH = re.compile(r"([aou])e|aa")
_MOST_NAMES = 20
_FILLERS = frozenset({"and", "the"})
#: From here on letters are alike: two names with less in common have nothing to do with each other.
_LIKENESS = 0.75
#: Letters that a name needs so that one wrong letter may be a slip.
_LONG = 8
_DISTINCTIVE_WORD, _DISTINCTIVE_WORDS = 9, 7
_INITIALS = range(2, 6)
_SAME = frozenset({"name_and_form", "name_same", "other_name_same"})


class Named(NamedTuple):
    """A name for comparing: its words without legal forms, and its legal forms."""

    written: str
    words: tuple[str, ...]
    forms: tuple[str, ...]
    #: The country in brackets in it: `Acme (Norge) AS`.
    bracket: str = ""

    @property
    def letters(self) -> str:
        """The words as one, with the letters that are written in two ways in one of them."""
        return _letters(self.words)

    @property
    def telling(self) -> tuple[str, ...]:
        """The words without those that people add and leave out."""
        return _telling(self.words)


@lru_cache(maxsize=1 << 14)
def _letters(words: tuple[str, ...]) -> str:
    return _DIGRAPH.sub(lambda found: found[1] or "a", "".join(_telling(words)))


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _FILLERS) or words


def name_marks(subject: Subject, entry: Entry) -> Iterator[Mark]:
    """Yield how the names agree; nothing for an entry without a name."""
    country = entry.country or subject.country or ""
    own = _read(subject.names, subject.country or country)
    names = _with_stated_form(_read((entry.name,), country), entry)
    others = _with_stated_form(_read(entry.other_names, country), entry)
    if not own or not names:
        return
    level, mine, theirs = _best(own, names, others)
    yield Mark(level, theirs.written)
    if level in _SAME:
        yield from _of_same(mine, theirs)
    if level != "name_other" and forms_agree(mine.forms, theirs.forms) is False:
        yield Mark("other_form", f"{' '.join(mine.forms)} / {' '.join(theirs.forms)}")


def _of_same(mine: Named, theirs: Named) -> Iterator[Mark]:
    if _is_distinctive(mine):
        yield Mark("distinctive")
    if mine.bracket != theirs.bracket:
        yield Mark("other_bracket", mine.bracket or theirs.bracket)


def is_sole_trader(subject: Subject, entry: Entry) -> bool:
    """Whether either is a person in business, by the legal form."""
    sole = frozenset(table()["sole_traders"])
    country = entry.country or subject.country or ""
    named = _read((entry.name, *subject.names), country)
    forms = {form for one in named for form in one.forms}
    return not sole.isdisjoint(forms.union(_stated_forms(entry)))


def forms_agree(forms: Iterable[str], others: Iterable[str]) -> bool | None:
    """Whether legal forms are compatible; None where either side has none that tells."""
    left = {group for form in forms for group in groups_of(form)}
    right = {group for form in others for group in groups_of(form)}
    return bool(left & right) if left and right else None


def _best(
    own: Sequence[Named], names: Sequence[Named], others: Sequence[Named]
) -> tuple[str, Named, Named]:
    """The best level of any two names, and the two."""
    order = list(table()["marks"]["name"])
    found: list[tuple[int, bool, Named, Named]] = []
    for are_others, some in ((False, names), (True, others)):
        for mine in own:
            for theirs in some:
                level = _level(mine, theirs)
                level = _of_other(level) if are_others else level
                apart = forms_agree(mine.forms, theirs.forms) is False
                apart = apart or mine.bracket != theirs.bracket
                found.append((order.index(level), apart, mine, theirs))
    place, _, mine, theirs = min(found)
    return order[place], mine, theirs


def _of_other(level: str) -> str:
    return "other_name_same" if level in ("name_and_form", "name_same") else level


def _level(mine: Named, theirs: Named) -> str:
    one, other = mine.letters, theirs.letters
    if one == other:
        agree = forms_agree(mine.forms, theirs.forms)
        return "name_and_form" if agree else "name_same"
    if _numbers(mine) != _numbers(theirs):
        return _distant(mine, theirs)
    if _are_initials(mine.words, theirs.words) or _are_initials(theirs.words, mine.words):
        return "initials"
    if _are_alike(one, other) or sorted(mine.telling) == sorted(theirs.telling):
        return "name_alike"
    return _distant(mine, theirs)


def _distant(mine: Named, theirs: Named) -> str:
    """Whether two names have something in common, or nothing at all."""
    if _shares_part(mine.telling, theirs.telling):
        return "name_related"
    likeness = Indel.normalized_similarity(mine.letters, theirs.letters)
    return "name_related" if likeness >= _LIKENESS else "name_other"


def _numbers(name: Named) -> list[str]:
    return re.findall(r"[0-9]+", " ".join(name.words))


def _are_alike(one: str, other: str) -> bool:
    """Whether two long names differ in one letter; in two if they are very long."""
    short, long = sorted((one, other), key=len)
    most = 1 + (len(short) >= 2 * _LONG)
    if len(short) < _LONG or short[0] != long[0] or long.startswith(short):
        return False
    return Levenshtein.distance(one, other, score_cutoff=most) <= most


def _are_initials(short: Sequence[str], long: Sequence[str]) -> bool:
    if len(short) != 1 or len(short[0]) not in _INITIALS or len(long) < 2:
        return False
    firsts = "".join(word[0] for word in long)
    without = "".join(word[0] for word in long if word != "and")
    return short[0] in (firsts, without)


def _shares_part(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a name holds the other, or both begin with a word that tells something."""
    one, other = _without_openers(one), _without_openers(other)
    short, long = sorted((one, other), key=len)
    held = f" {' '.join(short)} " in f" {' '.join(long)} "
    return (held and len("".join(short)) > 2) or (one[0] == other[0] and len(one[0]) > 3)


def _without_openers(words: Sequence[str]) -> Sequence[str]:
    openers = frozenset(table()["openers"])
    at = next((at for at, word in enumerate(words) if word not in openers), 0)
    return words[at:]


def _is_distinctive(name: Named) -> bool:
    """Whether few companies can have the name: two words, or a long one."""
    least = _DISTINCTIVE_WORDS if len(name.words) > 1 else _DISTINCTIVE_WORD
    return len(name.letters) >= least


def _with_stated_form(names: Sequence[Named], entry: Entry) -> tuple[Named, ...]:
    """Names with the legal form that the entry states beside them, where they have none."""
    stated = _stated_forms(entry)
    return tuple(one._replace(forms=one.forms or stated) for one in names)


def _stated_forms(entry: Entry) -> tuple[str, ...]:
    """The legal forms that an entry states beside its name."""
    return tuple(str(fact.value) for fact in entry.facts if fact.attribute == "legal_form")


def _read(names: Iterable[str], country: str) -> tuple[Named, ...]:
    found: dict[Named, None] = {}
    for text in list(names)[:_MOST_NAMES]:
        for one in _named(text, country):
            found.setdefault(one)
    return tuple(found)


@lru_cache(maxsize=1 << 14)
def _named(text: str, country: str) -> tuple[Named, ...]:
    parsed = parse_name(text)
    some = [parsed, *map(parse_name, parsed.others)]
    return tuple(
        Named(one.shown, *_without_forms(one.tokens, one.forms, country), _country_of(one.brackets))
        for one in some
        if one.tokens
    )


def _country_of(brackets: Iterable[str]) -> str:
    """The country in brackets; states (`in liquidation`) are in small letters."""
    return next((one for one in brackets if len(one) == 2 and one.isupper()), "")


def _without_forms(
    words: tuple[str, ...], forms: tuple[str, ...], country: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Take off a form that registers write in capitals like a word: `NORDWIND AS` in Norway."""
    if forms or len(words) < 2:
        return words, forms
    for at, rest in ((-1, words[:-1]), (0, words[1:])):
        form = legal_form(words[at])
        if form is not None and is_form_of(form.name, country):
            return rest, (form.name,)
    return words, forms
