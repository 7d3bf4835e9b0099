"""The words that may be a part of a legal form: a name without them needs no closer look."""

from __future__ import annotations

from functools import cache
from string import ascii_lowercase
from typing import NamedTuple

from leads.lexicon.names.form_slips import slips_of_forms
from leads.lexicon.names.legal_form_table import GLUED_END, tables
from leads.lexicon.names.roman_numerals import ROMAN

#: "And" in several languages.
AND = frozenset(("and", "und", "et", "og", "och", "ve"))
#: "And" in Spanish, Portuguese, Italian and (u.) German; in capitals it is an initial.
SHORT_AND = frozenset(("y", "e", "u"))
ANDS = AND | SHORT_AND


class Marks(NamedTuple):
    """Words without which a name needs no closer look."""

    #: Their meaning depends on the words around them.
    depend: frozenset[str]
    #: They may be a part of a legal form, or are no part of the name there.
    ends: frozenset[str]
    fronts: frozenset[str]
    inside: frozenset[str]
    glued_ends: frozenset[str]
    #: All of these but the glued ends.
    every: frozenset[str]
    #: Misspelled words of forms.
    slips: frozenset[str]
    #: Forms of one word that is no other word.
    alone: dict[str, str]

    def tell_nothing(self, words: list[str]) -> bool:
        """Check in one look that no word can matter, wherever it stands; that is so for most."""
        return self.every.isdisjoint(words) and words[-1][-GLUED_END:] not in self.glued_ends

    def are_in(self, words: list[str]) -> bool:
        """Check for a word that may be a part of a legal form, or is no part of the name."""
        last = words[-1]
        return (
            last in self.ends
            or last[-GLUED_END:] in self.glued_ends
            or words[0] in self.fronts
            or not self.inside.isdisjoint(words)
        )

    def only_form(self, words: list[str]) -> str | None:
        """Return the form of one word at the end if nothing else may be a part of a form."""
        form = self.alone.get(words[-1])
        if form is None or len(words) < 2:
            return None
        before, last = words[-2:]
        more = (
            before in self.ends
            or before + last in self.ends
            or before[-GLUED_END:] in self.glued_ends
            or words[0] in self.fronts
            or not self.inside.isdisjoint(words[:-1])
        )
        return None if more else form


@cache
def marks() -> Marks:
    """Load the words once."""
    found = tables()
    depend = found.first_of_renames | (ANDS - {"and"}) | ROMAN | frozenset(ascii_lowercase)
    ends = found.last_parts | found.last_of_states | {"and"} | slips_of_forms().keys()
    fronts, inside = found.first_parts | {"the"}, found.first_of_sure
    return Marks(
        depend=depend,
        ends=ends,
        fronts=fronts,
        inside=inside,
        glued_ends=found.glued_ends,
        every=depend | ends | fronts | inside,
        slips=frozenset(slips_of_forms()),
        alone={
            word: form
            for word, form in found.at_end.items()
            if word not in found.words and word not in found.last_of_states
        },
    )
