"""List the domains that may be a company's own, the likeliest first; nothing is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from enrich.finding.labels import LONGEST_NAME, MOST_WORDS, is_only_form, labels, weight_of
from enrich.finding.wanted import Wanted
from enrich.tables import words
from leads.lexicon.domains import company_domain, has_public_suffix, host_kind, registrable
from leads.lexicon.names.company_names import parse_name

#: Candidates that are made of one name.
MOST = 60
#: What a mailbox, or a list, says of a domain is worth more than any spelling.
_MAIL = 3.0
_MOST_NAMES = 4
_ALIAS = -0.6
#: An ending that is not usual in the country.
_MAPPED = -0.9


@dataclass(frozen=True, slots=True)
class Candidate:
    """A registrable domain, its weight in log-odds over others, and why it may be the one."""

    domain: str
    weight: float
    because: str


def candidates(wanted: Wanted, most: int = MOST, endings: Sequence[str] = ()) -> list[Candidate]:
    """Return at most `most` domains, the likeliest first; each is a valid registrable domain that
    can be one company's own.

    `endings` are tried besides those of the country: where only a map of hosts is reached, its own.
    """
    best: dict[str, Candidate] = {}
    for one in (*_named(wanted), *_spelled(wanted, endings)):
        before = best.get(one.domain)
        if before is None or before.weight < one.weight:
            best[one.domain] = one
    ordered = sorted(best.values(), key=lambda one: (-one.weight, len(one.domain), one.domain))
    return list(islice(filter(_can_be_own, ordered), most))


def _can_be_own(one: Candidate) -> bool:
    # Checked for the likeliest alone: it takes as long as all the rest.
    return registrable(one.domain) == one.domain and host_kind(one.domain) is None


def _named(wanted: Wanted) -> Iterator[Candidate]:
    """Yield the domains that the row names, and those that its name is."""
    for lead in wanted.leads:
        if domain := company_domain(lead.domain):
            yield Candidate(domain, lead.weight, lead.because)
    for host in wanted.mail_hosts:
        if domain := company_domain(host):
            yield Candidate(domain, _MAIL, f"the list has an e-mail address at {domain}")
    for name in _names(wanted):
        words_ = [one for one in name.split() if "." in one.strip(".")]
        for word in words_[:2]:
            domain = company_domain(word)
            if domain and has_public_suffix(domain):
                yield Candidate(domain, weight_of("spoken"), f"the name has {word[:80]}")


def _spelled(wanted: Wanted, more: Sequence[str]) -> Iterator[Candidate]:
    endings = dict.fromkeys(more, _MAPPED) | _endings(wanted.country)
    yield from _endings_in(wanted.name[:LONGEST_NAME])
    for at, name in enumerate(_names(wanted)):
        less = _ALIAS if at else 0.0
        for label in labels(name, wanted.country):
            for ending, weight in endings.items():
                because = f"{label.how.replace('_', ' ')}: {label.text}, .{ending}"
                total = round(label.weight + weight + less, 2)
                yield Candidate(f"{label.text}.{ending}", total, because)


def _endings_in(name: str) -> Iterator[Candidate]:
    """Yield domains whose ending is the last word of the name, or its last letters."""
    parsed = parse_name(name)
    tokens = () if is_only_form(parsed) else parsed.tokens[:MOST_WORDS]
    last = words("site_names")["short_words"].get(tokens[-1], tokens[-1]) if tokens else ""
    if len(tokens) > 1 and has_public_suffix(f"xyzzy.{last}") and len(last) > 2:
        for joint in ("", "-"):
            domain = f"{joint.join(tokens[:-1])}.{last}"
            weight = weight_of("ending") - 1.5 * bool(joint)
            yield Candidate(domain, weight, f"the name, with .{last} as its ending")
    name = "".join(tokens)
    if len(name) > 5 and name[-2:] in _hacks():
        domain = f"{name[:-2]}.{name[-2:]}"
        yield Candidate(domain, weight_of("hack"), f"the name, with .{name[-2:]} in it")


@cache
def _hacks() -> frozenset[str]:
    return frozenset(words("site_names")["hacks"])


def _names(wanted: Wanted) -> list[str]:
    name = wanted.name[:LONGEST_NAME]
    others = (*parse_name(name).others, *wanted.aliases)
    return list(dict.fromkeys((name, *(one[:LONGEST_NAME] for one in others))))[:_MOST_NAMES]


@cache
def _endings(country: str) -> dict[str, float]:
    table = words("site_names")["endings"]
    if not country:
        stated = table["default"]
    elif country in table and len(country) == 2:
        stated = table[country]
    else:
        own = country.lower()
        stated = {own if key == "cc" else key: value for key, value in table["country"].items()}
    stated = (table["anywhere"] if country else {}) | stated
    return {ending: float(weight) for ending, weight in stated.items()}
