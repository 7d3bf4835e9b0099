"""Names that are another spelling of a suppressed name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from outreach.keys import squashed_core

#: Two names are spellings of one name when both have at least this many characters and are this
#: alike (0 to 100).
MIN_LENGTH = 8
MIN_LIKENESS = 93
#: So few forms are compared one by one, without loading what compares many.
_FEW = 50


def comparable_form(name: str) -> str | None:
    """The form in which a name is compared with others; None when it is too short for that."""
    form = squashed_core(name)
    return form if len(form) >= MIN_LENGTH else None


#: By three letters with the digits of the whole name behind them.
_Groups = Mapping[str, list[str]]


class Spellings:
    """Names to be compared with, looked up by their first three letters and by their last three."""

    def __init__(self, forms: Iterable[str]) -> None:
        """`forms` are normal forms of names; the short ones are never compared."""
        # A number tells companies apart: `Autohaus 24` is no spelling of `Autohaus 21`.
        long = (form for form in sorted(set(forms)) if len(form) >= MIN_LENGTH)
        self._by_head, self._by_tail = _by_ends(long)

    @property
    def heads(self) -> frozenset[str]:
        """The first three letters of every name."""
        return frozenset(key[:3] for key in self._by_head)

    @property
    def tails(self) -> frozenset[str]:
        """The last three letters of every name."""
        return frozenset(key[:3] for key in self._by_tail)

    def near(self, form: str) -> str | None:
        """The name that this form is a spelling of; None when there is none."""
        if len(form) < MIN_LENGTH:
            return None
        digits = _digits(form)
        choices = [
            *self._by_head.get(form[:3] + digits, ()),
            *self._by_tail.get(form[-3:] + digits, ()),
        ]
        if not choices:
            return None
        # Most companies share no three letters with a suppressed one, and most commands end here.
        from rapidfuzz import fuzz, process

        best = process.extractOne(form, choices, scorer=fuzz.ratio, score_cutoff=MIN_LIKENESS)
        return str(best[0]) if best else None

    def near_each(self, forms: Iterable[str]) -> dict[str, str]:
        """For each form that is a spelling of one of the names, that name: as `near`, for many."""
        wanted = sorted({form for form in forms if len(form) >= MIN_LENGTH})
        if len(wanted) <= _FEW:
            found = {form: self.near(form) for form in wanted}
            return {form: name for form, name in found.items() if name is not None}

        heads, tails = _by_ends(wanted)
        best: dict[str, tuple[float, str]] = {}
        for form, score, name in (*_alike(heads, self._by_head), *_alike(tails, self._by_tail)):
            if form not in best or score > best[form][0]:
                best[form] = score, name
        return {form: name for form, (_, name) in best.items()}


def _by_ends(forms: Iterable[str]) -> tuple[_Groups, _Groups]:
    """The forms by their first three letters and digits, and by their last three."""
    heads: defaultdict[str, list[str]] = defaultdict(list)
    tails: defaultdict[str, list[str]] = defaultdict(list)
    for form in forms:
        head, tail = form[:3], form[-3:]
        # Most names have no digit, and letters alone are told at once.
        if not form.isalpha():
            digits = _digits(form)
            head, tail = head + digits, tail + digits
        heads[head].append(form)
        tails[tail].append(form)
    return heads, tails


def _alike(forms: _Groups, names: _Groups) -> Iterator[tuple[str, float, str]]:
    # Imported late: NumPy is slow to import, and few forms are compared without it.
    from outreach.likenesses import best_of_each

    for key in forms.keys() & names.keys():
        yield from best_of_each(forms[key], names[key], MIN_LIKENESS)


def ends(forms: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The first and the last three letters of those forms that are long enough to be compared."""
    long = [form for form in forms if len(form) >= MIN_LENGTH]
    return frozenset(form[:3] for form in long), frozenset(form[-3:] for form in long)


def _digits(form: str) -> str:
    return "".join(filter(str.isdigit, form))
