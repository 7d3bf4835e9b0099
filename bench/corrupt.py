"""Generate company lists with known truth: realistic names, each repeated with typical errors.

    python -m bench.corrupt 100000 -o corrupted-100k.csv

Base names come from the lists in `SLUICE_BENCH_DATA` (the folder that holds `companies/` and
`matching/`). If there are too few, new names are chained from the words of real ones (a word, then
a word that followed it somewhere). The first word and one in three of the others are replaced by a
made-up word, because most real names have a unique word. The errors and their rates are those of
trade-fair, vendor and register lists: capitals, missing or different legal forms, abbreviations,
typos, missing or swapped words, a city after the name, names cut off by a column width, missing
values. The same seed gives the same file.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

FORMS = {
    "US": ["Inc.", "LLC", "Corp.", "Inc", "Corporation"],
    "GB": ["Ltd", "Limited", "PLC", "Ltd."],
    "DE": ["GmbH", "AG", "GmbH & Co. KG", "UG"],
    "FR": ["SAS", "SARL", "S.A."],
    "IT": ["S.p.A.", "S.r.l.", "srl"],
    "NL": ["B.V.", "BV", "N.V."],
    "ES": ["S.L.", "S.A.", "SL"],
    "PL": ["Sp. z o.o.", "S.A."],
    "SE": ["AB"],
    "JP": ["Co., Ltd.", "K.K."],
    "IN": ["Pvt. Ltd.", "Private Limited"],
    "AU": ["Pty Ltd"],
}
SPELLINGS = [
    ("Limited", "Ltd"),
    ("Ltd", "Limited"),
    ("Corporation", "Corp."),
    ("GmbH", "Gesellschaft mbH"),
    ("Inc.", "Incorporated"),
    ("B.V.", "BV"),
    ("S.r.l.", "SRL"),
    ("International", "Intl"),
    ("Technologies", "Tech"),
    ("Services", "Svcs"),
    ("Manufacturing", "Mfg"),
    ("University", "Univ."),
    ("and", "&"),
    ("&", "and"),
    ("Management", "Mgmt"),
    ("Company", "Co."),
    ("Associates", "Assoc."),
    ("Brothers", "Bros."),
    ("Center", "Ctr"),
    ("Group", "Grp"),
    ("Holdings", "Hldgs"),
]
CITIES = {
    "US": ["Boston", "Denver", "Austin", "Seattle", "Chicago"],
    "GB": ["London", "Leeds", "Bristol", "Glasgow"],
    "DE": ["Berlin", "Hamburg", "Köln", "Stuttgart"],
    "FR": ["Paris", "Lyon", "Nantes"],
    "IT": ["Milano", "Torino"],
    "NL": ["Utrecht", "Rotterdam"],
    "ES": ["Madrid", "Valencia"],
    "PL": ["Kraków", "Poznań"],
    "SE": ["Malmö", "Uppsala"],
    "JP": ["Osaka", "Nagoya"],
    "IN": ["Pune", "Chennai"],
    "AU": ["Perth", "Adelaide"],
}
KEYS = {
    "a": "qs",
    "e": "wr",
    "i": "uo",
    "o": "ip",
    "n": "bm",
    "r": "et",
    "s": "ad",
    "t": "ry",
    "l": "k",
    "c": "xv",
    "d": "sf",
    "m": "n",
    "u": "yi",
}
COLUMNS = ("rec_id", "entity_id", "name", "country", "city", "postcode", "domain", "phone")


def base_names(folder: Path) -> list[str]:
    """Return the company names of the lists, in a fixed order, without brackets and duplicates."""
    sources = (
        ("companies/yc.csv", "name", "id"),
        ("companies/uk-employers-2021.csv", "EmployerName", "EmployerId"),
        ("companies/remoteintech.csv", "name", "slug"),
        ("matching/ror_companies.csv", "name", "entity_id"),
    )
    ends = {
        end.strip(".,").casefold()
        for forms in FORMS.values()
        for form in forms
        for end in form.split()
    } | {"company", "co", "plc"}
    found: dict[str, str] = {}
    companies: set[tuple[str, str]] = set()
    for file, column, company in sources:
        with (folder / file).open(newline="", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                name = re.sub(r"\s*\([^)]*\)?", "", row[column]).strip()
                core = " ".join(
                    word for word in re.findall(r"\w+", name.casefold()) if word not in ends
                )
                if core and (file, row[company]) not in companies:
                    companies.add((file, row[company]))
                    found.setdefault(core, name)
    return [found[core] for core in sorted(found)]


def invented(rnd: random.Random) -> str:
    """Return a made-up word."""
    parts = (
        rnd.choice("bcdfghjklmnprstvwz")
        + rnd.choice("aeiou")
        + rnd.choice(("", "", "l", "n", "r", "s", "x"))
        for _ in range(rnd.choice((2, 3, 3)))
    )
    return "".join(parts).capitalize()


def names(folder: Path, rnd: random.Random) -> Iterator[str]:
    """Yield real names, then chains of their words, without end and without repetition."""
    base = base_names(folder)
    rnd.shuffle(base)
    yield from base
    after: dict[str, list[str]] = {}
    for name in base:
        words = ["", *name.split(), ""]
        for one, other in pairwise(words):
            after.setdefault(one, []).append(other)
    seen = {name.casefold() for name in base}
    while True:
        words, word = [], rnd.choice(after[""])
        while word and len(words) < 6:
            words.append(invented(rnd) if rnd.random() < 0.33 or not words else word)
            word = rnd.choice(after[word])
        name = " ".join(words)
        if name.casefold() not in seen:
            seen.add(name.casefold())
            yield name


def typo(text: str, rnd: random.Random) -> str:
    """Make one typo: a letter left out, doubled, swapped, or replaced by a keyboard neighbour."""
    if len(text) < 4:
        return text
    at = rnd.randrange(1, len(text) - 1)
    kind = rnd.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + rnd.choice(KEYS.get(text[at].lower(), "e")) + text[at + 1 :]


def corrupted(name: str, country: str, city: str, rnd: random.Random) -> str:
    """Return the name as another list would write it."""
    words = name.split()
    if rnd.random() < 0.35:
        words = _change_form(words, country, rnd)
    for old, new in SPELLINGS:
        if old in words and rnd.random() < 0.35:
            words[words.index(old)] = new
    _lose_or_swap(words, rnd)

    text = " ".join(words)
    for _ in range(rnd.choices((0, 1, 2), (78, 19, 3))[0]):
        text = typo(text, rnd)
    if rnd.random() < 0.03:
        text = f"{text} {rnd.choice((city, f'({city})'))}"
    if rnd.random() < 0.04:
        text = text[:30]
    if rnd.random() < 0.02:
        text = text.replace(" ", "")
    case = rnd.random()
    return text.upper() if case < 0.25 else text.lower() if case < 0.35 else text


def _change_form(words: list[str], country: str, rnd: random.Random) -> list[str]:
    """Drop the legal form at the end, or add one."""
    forms = {form.strip(".") for form in FORMS[country]}
    if len(words) > 1 and words[-1].strip(".") in forms:
        return words[:-1]
    return [*words, rnd.choice(FORMS[country])]


def _lose_or_swap(words: list[str], rnd: random.Random) -> None:
    """Rarely lose a word, and swap two neighbours."""
    if len(words) > 3 and rnd.random() < 0.04:
        words.pop(rnd.randrange(1, len(words)))
    if len(words) > 2 and rnd.random() < 0.03:
        at = rnd.randrange(len(words) - 1)
        words[at], words[at + 1] = words[at + 1], words[at]


def rows(count: int, folder: Path, seed: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows: about four in ten name a company that another row names."""
    rnd = random.Random(seed)
    source = names(folder, rnd)
    made: list[tuple[str, ...]] = []
    entity = 0
    while len(made) < count:
        name, country = next(source), rnd.choice(sorted(FORMS))
        city = rnd.choice(CITIES[country])
        postcode, phone = str(rnd.randrange(10_000, 99_999)), f"+{rnd.randrange(10**10, 10**11)}"
        domain = "".join(filter(str.isalnum, name.lower()))[:24] + rnd.choice((".example", ".test"))
        for copy in range(rnd.choices((1, 2, 3, 4, 5), (66, 17, 8, 5, 4))[0]):
            spelled = name if copy == 0 else corrupted(name, country, city, rnd)
            values = [country, city, postcode, domain, phone]
            shown = [
                value if rnd.random() > missing else ""
                for value, missing in zip(values, (0.15, 0.3, 0.6, 0.5, 0.7), strict=True)
            ]
            made.append((str(entity), spelled, *shown))
        entity += 1
    del made[count:]
    rnd.shuffle(made)
    for number, row in enumerate(made):
        yield (str(number), *row)


def main() -> None:
    """Write a list."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("count", type=int)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with given.output.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows(given.count, Path(os.environ["SLUICE_BENCH_DATA"]), given.seed))


if __name__ == "__main__":
    main()
