"""Compare the attributes of two nodes: equal, different, or missing on one side."""

from __future__ import annotations

import numpy as np

from dedupe.arrays import MISSING, Codes, Column, Flags, Floats, Ints
from dedupe.counted import names_at, names_with, rows_with
from dedupe.data_files import document
from dedupe.table import Table
from dedupe.towns import in_several_towns, with_misspelled
from leads.lexicon.names.legal_forms import countries_of

#: Result for one attribute, one number per pair: -1 different, 0 missing on one side, up to 1
#: equal. Equal values that many rows share count for less than 1: a domain with fifty names is
#: weak evidence.
Stands = dict[str, Floats]

DIFFERENT = np.float32(-1)
#: acme.example and acme.test: another company, or the same one in another country.
OTHER_ENDING = np.float32(-0.5)


def compare_attributes(table: Table, left: Ints, right: Ints) -> Stands:
    """Compare each attribute of the two nodes of each pair."""
    stands: Stands = {}
    for name in ("country", "city"):
        column = table.single[name]
        stands[name] = _stand(column[left], column[right], _spread(table, name)[column[left]])
    stands["city"] = _unless_in_short(table, stands["city"], left, right)
    stands["city"] = with_misspelled(table, stands["city"], left, right)
    stands["towns"] = in_several_towns(table, left, right)
    for name in ("postcode", "register_number", "branch"):
        stands[name] = _rare(table, name, left, right)
    for name in ("domain", "phone", "form"):
        stands[name] = _several(table, name, left, right)
    stands["domain"] = _other_endings(table, stands["domain"], left, right)
    stands["street"] = _streets(table, left, right)
    return stands


def _rare(table: Table, name: str, left: Ints, right: Ints) -> Floats:
    """Compare values that weigh the more the fewer names have them."""
    if not table.texts[name]:
        return np.zeros(len(left), dtype=np.float32)
    column = table.single[name]
    rarity = _rarity(names_with(table, name, column))
    return _stand(column[left], column[right], rarity[column[left]])


def _stand(mine: Codes, theirs: Codes, telling: Floats) -> Floats:
    return np.where(
        (mine < 0) | (theirs < 0), np.float32(0), np.where(mine == theirs, telling, DIFFERENT)
    )


def _unless_in_short(table: Table, stand: Floats, left: Ints, right: Ints) -> Floats:
    """Treat cities as neutral if one begins with the other (Frankfurt, Frankfurt am Main)."""
    column, texts = table.single["city"], table.texts["city"]
    if not texts:
        return stand
    first = Column.of([text.split(" ", 1)[0] for text in texts]).at
    firsts = np.append(first, MISSING)[column]
    asked = np.flatnonzero((stand < 0) & (firsts[left] == firsts[right]))
    pairs = ((texts[column[left[at]]], texts[column[right[at]]]) for at in asked.tolist())
    short = np.fromiter(
        (
            f"{one} ".startswith(f"{other} ") or f"{other} ".startswith(f"{one} ")
            for one, other in pairs
        ),
        dtype=bool,
    )
    stand[asked[short]] = 0
    return stand


def _several(table: Table, name: str, left: Ints, right: Ints) -> Floats:
    """Count nodes as equal if they share a value; the rarest shared value counts."""
    column = table.several[name]
    if not np.any(column[:, 0] >= 0):
        return np.zeros(len(left), dtype=np.float32)
    rarity = _rarity(names_with(table, name, column))
    mine, theirs = column[left], column[right]
    best = np.zeros(len(left), dtype=np.float32)
    for at in range(column.shape[1]):
        shared = (theirs == mine[:, at, None]).any(axis=1) & (mine[:, at] >= 0)
        best = np.where(shared, np.maximum(best, rarity[mine[:, at]]), best)
    return np.where(
        best > 0, best, np.where((mine[:, 0] >= 0) & (theirs[:, 0] >= 0), DIFFERENT, np.float32(0))
    )


def forms_apart(table: Table, left: Ints, right: Ints) -> Flags:
    """Check for legal forms of classes that the law keeps apart."""
    return _of_two_classes(table, document("form_classes.yaml")["apart"], left, right)


def forms_seldom_changed(table: Table, left: Ints, right: Ints) -> Flags:
    """Check for two legal forms of one country that a company seldom changes."""
    found = np.zeros(len(left), dtype=bool)
    for classes in document("form_classes.yaml")["seldom_changed"]:
        found |= _of_two_classes(table, classes, left, right)
    return found


def foreign_form(table: Table, left: Ints, right: Ints) -> Flags:
    """Check for a form that the country of one of the rows does not have: a translated or wrong one.

    ABB Ltd and ABB AG in Switzerland are not told apart by their forms.
    """
    forms, countries = table.texts["form"], table.texts["country"]
    if not forms or not countries:
        return np.zeros(len(left), dtype=bool)
    used = np.zeros((len(forms) + 1, len(countries) + 1), dtype=bool)
    for at, form in enumerate(forms):
        used[at, :-1] = [country in countries_of(form) for country in countries]
    used[-1], used[:, -1] = False, True
    stated, country = table.several["form"], table.single["country"]
    found = np.zeros(len(left), dtype=bool)
    for node in (left, right):
        for place in (left, right):
            at_home = used[stated[node], country[place][:, None]].any(axis=1)
            found |= ~at_home & (stated[node, 0] >= 0)
    return found


def _of_two_classes(table: Table, listed: list[list[str]], left: Ints, right: Ints) -> Flags:
    """Check for forms of two different classes; a form of no class is no evidence."""
    classes = [frozenset(row) for row in listed]
    of_form = [
        next((at + 1 for at, forms in enumerate(classes) if text in forms), 0)
        for text in table.texts["form"]
    ]
    known = np.append(np.array(of_form, dtype=np.int32), 0)
    column = table.several["form"]
    mine, theirs = known[column[left]].max(axis=1), known[column[right]].max(axis=1)
    return np.asarray((mine > 0) & (theirs > 0) & (mine != theirs))


def _other_endings(table: Table, stand: Floats, left: Ints, right: Ints) -> Floats:
    """Soften the contradiction between domains that differ only after the first dot.

    acme.de is the German site of acme.com. But parse.dev and parse.bot are two companies: a short
    common word is registered under every ending, so it is not softened.
    """
    column, texts = table.several["domain"][:, 0], table.texts["domain"]
    asked = np.flatnonzero(stand < 0)
    labels = Column.of([text.partition(".")[0] for text in texts]).at
    asked = asked[labels[column[left[asked]]] == labels[column[right[asked]]]]
    own = _of_its_own(texts, column[left[asked]]) | _of_its_own(texts, column[right[asked]])
    letters = table.names.sizes[table.core]
    shortness = np.clip(
        (11 - np.minimum(letters[left[asked]], letters[right[asked]])) / 4, 0, 1
    ).astype(np.float32)
    strangers = np.where(own, np.float32(0), shortness)
    stand[asked] = OTHER_ENDING + (DIFFERENT - OTHER_ENDING) * strangers
    return stand


def _of_its_own(texts: list[str], domains: Codes) -> Flags:
    """Check for a country domain or private suffix, as opposed to a generic ending."""
    data = document("endings.yaml")
    anyone, pages = frozenset(data["taken_by_anyone"]), frozenset(data["for_pages"])
    endings = [texts[domain].rsplit(".", 1)[-1] for domain in domains.tolist()]
    own = (ending in pages or (len(ending) == 2 and ending not in anyone) for ending in endings)
    return np.fromiter(own, dtype=bool, count=len(domains))


def _spread(table: Table, name: str) -> Floats:
    """Weigh each value from 0 (all rows have it) towards 1 (few do); short lists count as if
    spread.
    """
    times, stated = rows_with(table, name)
    share = (times + 2) / (stated + 20)
    return np.clip(-np.log(share) / 4, 0, 1).astype(np.float32)


def _rarity(names: Ints) -> Floats:
    """Weigh each value by its names: 1 for up to three, less for each doubling beyond.

    The last weight is that of no value.
    """
    return (1 / (1 + np.log2(np.maximum(names / 3, 1)))).astype(np.float32)


def _streets(table: Table, left: Ints, right: Ints) -> Floats:
    """Compare streets: equal if the number matches and one street name begins the other."""
    number, name = table.single["street_number"], table.single["street_name"]
    texts = table.texts["street_name"]
    if not texts:
        return np.zeros(len(left), dtype=np.float32)
    codes, count = _addresses(table)
    both = (number[left] >= 0) & (number[right] >= 0)
    same_number = both & (number[left] == number[right])
    agree = same_number & (
        (name[left] == name[right])
        | _near(texts, name, left, right, same_number & (name[left] != name[right]))
    )
    rarity = _rarity(names_at(table, codes, count))[codes[left]]
    return np.where(agree, rarity, np.where(both, DIFFERENT, np.float32(0)))


def _addresses(table: Table) -> tuple[Ints, int]:
    """Return a code for the house number and street of each node, -1 if none, and how many."""
    number, name = table.single["street_number"], table.single["street_name"]
    width = len(table.texts["street_name"]) + 1
    place = np.where(number >= 0, number.astype(np.int64) * width + name, -1)
    every, codes = np.unique(place[place >= 0], return_inverse=True)
    found = np.full(len(place), -1, dtype=np.int64)
    found[place >= 0] = codes
    return found, len(every)


def _near(texts: list[str], name: Codes, left: Ints, right: Ints, asked: Flags) -> Flags:
    """Check whether two different street names may be one, shortened or with another ending."""
    near = np.zeros(len(left), dtype=bool)
    for at in np.flatnonzero(asked).tolist():
        one, other = texts[name[left[at]]], texts[name[right[at]]]
        near[at] = min(len(one), len(other)) >= 3 and (
            one.startswith(other) or other.startswith(one) or one[:5] == other[:5]
        )
    return near
