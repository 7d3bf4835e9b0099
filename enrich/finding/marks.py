"""Find the marks that speak for or against a site being that of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from enrich.finding.names_agree import (
    Agreement,
    best,
    forms_agree,
    is_distinctive,
    is_weak,
    parsed,
)
from enrich.finding.shown import Named, Shown
from enrich.finding.wanted import Wanted
from enrich.likely_country import country_of_top_level
from enrich.tables import either, words
from leads.lexicon.domains import company_domain
from leads.lexicon.names.company_names import CompanyName, parse_name
from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.places.countries import country_name
from leads.lexicon.places.phone_zones import phone_place
from leads.lexicon.places.place_names import city_named
from leads.lexicon.transliterate import to_ascii

_NO_LETTER = re.compile(r"[^A-Z0-9]")
_DIGITS = re.compile(r"\D")
_WORD = re.compile(r"[a-z0-9]+")
#: A site that names more companies with a legal form lists them.
_MANY = 6
#: Pages say such words of others too; more than one of them is a directory's.
_DIRECTORY_PHRASES = 2


_HOME = ("home", "entry")
_UNREAD = frozenset({"empty", "needs_browser", "under_construction"})


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing seen: its name in `enrich/data/site_marks.yaml`, and the words it was seen in."""

    mark: str
    quote: str = ""


def marks(wanted: Wanted, shown: Shown) -> list[Mark]:
    """Return every mark that the pages of a site show for or against it, in no order."""
    if set(shown.empty) & _no_company():
        return [Mark("no_company", ", ".join(shown.empty))]
    names = parsed((wanted.name, *wanted.aliases))
    return [
        *_of_names(wanted, names, shown),
        *_of_country(wanted, names, shown),
        *_of_place(wanted, shown),
        *_of_contact(wanted, shown),
        *_of_numbers(wanted, shown),
        *_of_kind(names, shown),
        *_of_others(names, shown),
        *_of_home(names, shown),
    ]


def _of_home(names: Sequence[CompanyName], shown: Shown) -> Iterator[Mark]:
    """Yield a mark if other pages name the company and the home page does not."""
    if set(shown.empty) & _UNREAD or not set(shown.kinds) & set(_HOME):
        return
    squashed = [one.core.replace(" ", "") for one in names]
    at_home = any(shown.mentions(one.tokens, *_HOME) for one in names) or any(
        best(names, one.name) >= Agreement.SHORT for one in shown.names if one.kind in _HOME
    )
    glued = any(shown.mentions((one,), *_HOME) for one in squashed)
    if not at_home and not glued and any(shown.mentions(one.tokens) for one in names):
        yield Mark("home_silent", "")


@cache
def _no_company() -> frozenset[str]:
    return frozenset(
        ("error", "for_sale", "parked", "placeholder", "suspended", "not_found", "challenge")
    )


def _of_names(wanted: Wanted, names: Sequence[CompanyName], shown: Shown) -> Iterator[Mark]:
    named = [one for one in shown.names if not is_weak(one.name) or best(names, one.name)]
    legal = [one for one in named if one.place == "legal"]
    said = [one for one in named if one.place == "said"]
    brands = [one for one in named if one.place in ("brand", "title")]
    yield from _agreeing(names, [*legal, *said], "legal")
    yield from _agreeing(names, [*brands, *legal, *said], "brand")
    if not legal and not said:
        yield from _formed_in_text(names, shown)
    in_text = [one for one in names if shown.mentions(one.tokens)]
    if in_text:
        yield Mark("mentioned", in_text[0].shown)
    if any(is_distinctive(one) and _is_named(one, shown) for one in names):
        yield Mark("distinctive", names[0].shown)
    yield from _of_forms(wanted, names, [*legal, *said])
    yield from _owners(names, legal, brands)
    if not in_text and all(best(names, one.name) == Agreement.OTHER for one in [*brands, *legal]):
        yield Mark("unnamed", "")


def _agreeing(names: Sequence[CompanyName], given: Sequence[Named], place: str) -> Iterator[Mark]:
    for level, word in ((Agreement.SAME, "same"), (Agreement.SHORT, "short")):
        for one in given:
            if best(names, one.name) == level:
                yield Mark(f"{place}_{word}", one.quote)
                break


def _formed_in_text(names: Sequence[CompanyName], shown: Shown) -> Iterator[Mark]:
    """Yield a mark for the name with a legal form behind it, in whatever case it is written."""
    for one in names:
        spelled = r"\W+".join(map(re.escape, one.core.split()))
        pattern = re.compile(rf"(?<![^\W_]){spelled},? (?={_forms().pattern})")
        match = pattern.search(shown.folded) if len(one.core) > 1 else None
        if match is not None:
            yield Mark("legal_same", shown.folded[match.start() : match.end() + 20])
            return


@cache
def _forms() -> re.Pattern[str]:
    return re.compile(rf"(?:{either(words('names')['forms'])})(?!\w)".lower())


def _is_named(name: CompanyName, shown: Shown) -> bool:
    return any(best((name,), one.name) == Agreement.SAME for one in shown.names)


def _of_forms(
    wanted: Wanted, names: Sequence[CompanyName], legal: Sequence[Named]
) -> Iterator[Mark]:
    own = [form for one in names for form in one.forms]
    own += parse_name(f"Xyzzy {wanted.legal_form}").forms if wanted.legal_form else ()
    stated = [one for one in legal if best(names, one.name) >= Agreement.SHORT]
    answers = [(forms_agree(own, one.name.forms), one) for one in stated]
    same = next((one for answer, one in answers if answer), None)
    other = next((one for answer, one in answers if answer is False), None)
    if same is not None:
        yield Mark("same_form", same.quote)
    elif other is not None:
        yield Mark("other_form", other.quote)


def _owners(
    names: Sequence[CompanyName],
    legal: Sequence[Named],
    brands: Sequence[Named],
) -> Iterator[Mark]:
    """Yield what speaks against the owner or the name of the site."""
    levels = [(best(names, one.name), one) for one in legal]
    agreed = [one for level, one in levels if level >= Agreement.SHORT]
    branded = any(best(names, each.name) == Agreement.SAME for each in brands)
    grouped = branded and not agreed and _is_group_of(names, legal)
    if legal and not agreed:
        level, one = max(levels, key=lambda each: each[0])
        kind = "related_owner" if level == Agreement.RELATED else "other_owner"
        yield Mark("group_owner" if grouped else kind, one.quote)
    own = [one for one in (*brands, *legal) if one.is_own]
    if own and not grouped and max(best(names, one.name) for one in own) < Agreement.SHORT:
        yield Mark("other_name", own[0].quote)
    yield from _two_identities(names, legal, brands)


def _is_group_of(names: Sequence[CompanyName], given: Sequence[Named]) -> bool:
    """Whether every name adds nothing but words of groups to the row's."""
    group = frozenset(words("site_marks")["group_words"])
    return all(
        any(
            set(one.name.tokens) - set(mine.tokens) <= group
            and one.name.tokens[: len(mine.tokens)] == mine.tokens
            for mine in names
        )
        for one in given
    )


def _two_identities(
    names: Sequence[CompanyName], legal: Sequence[Named], brands: Sequence[Named]
) -> Iterator[Mark]:
    """Yield a mark if the imprint names the row's company and the home page another, or two pages
    name different owners.
    """
    of_imprint = [one for one in legal if one.kind in ("imprint", "contact", "about")]
    at_home = [one for one in (*brands, *legal) if one.kind in _HOME]
    own = [one for one in of_imprint if best(names, one.name) >= Agreement.SHORT]
    others = [
        one for one in at_home if one.place != "title" and best(names, one.name) == Agreement.OTHER
    ]
    if own and others and all(best(names, one.name) == Agreement.OTHER for one in at_home):
        yield Mark("two_identities", f"{others[0].name.shown} / {own[0].name.shown}")
    stated = [one for one in legal if best(names, one.name) == Agreement.OTHER]
    agreed = [one for one in legal if best(names, one.name) >= Agreement.SHORT]
    if agreed and any(one.kind == "imprint" for one in stated) and not own:
        one = next(one for one in stated if one.kind == "imprint")
        yield Mark("two_identities", f"{agreed[0].name.shown} / {one.name.shown}")


def _of_country(wanted: Wanted, names: Sequence[CompanyName], shown: Shown) -> Iterator[Mark]:
    if not wanted.country:
        return
    stated = [(str(one.value), one.quote) for one in shown.of("country") if one.method != "format"]
    stated += [(_of_vat(str(one.value)), one.quote) for one in shown.of("vat_id")]
    guessed = [(str(one.value), one.quote) for one in shown.of("country") if one.method == "format"]
    stated += shown.countries
    phones = [({phone_place(str(one.value))[0] or ""}, one.quote) for one in shown.of("phone")]
    phones += [(set(some), quote) for some, quote in shown.dialled]
    forms = [
        (_countries_of_forms(one.name), one.quote)
        for one in shown.names
        if one.place == "legal" and best(names, one.name) >= Agreement.SHORT
    ]
    own = wanted.country
    ending = country_of_top_level(shown.domain.rpartition(".")[2]) or ""
    agreeing = {
        "country_stated": next((quote for code, quote in (*stated, *guessed) if code == own), None),
        "country_phone": next((quote for some, quote in phones if own in some), None),
        "country_form": next((quote for some, quote in forms if own in some), None),
        "country_ending": shown.domain if ending == own else None,
        "country_named": _named_country(own, shown),
    }
    yield from (Mark(mark, quote) for mark, quote in agreeing.items() if quote is not None)
    yield from _of_another(own, agreeing, [*stated, *guessed], phones, forms, ending, shown)


def _of_another(
    own: str,
    agreeing: dict[str, str | None],
    stated: Sequence[tuple[str, str]],
    phones: Sequence[tuple[set[str], str]],
    forms: Sequence[tuple[frozenset[str], str]],
    ending: str,
    shown: Shown,
) -> Iterator[Mark]:
    """Yield a mark of another country, unless the site states the row's country too."""
    if agreeing["country_stated"] is not None:
        return
    other = next((quote for code, quote in stated if code and code != own), None)
    if other is not None:
        yield Mark("other_country", other)
        return
    if agreeing["country_phone"] is not None:
        return
    hints = [quote for some, quote in phones if some - {""} and own not in some][:1]
    hints += [quote for some, quote in forms if some and own not in some][:1]
    if ending and ending != own:
        hints.append(shown.domain)
    if hints:
        yield Mark("hints_elsewhere" if len(hints) < 2 else "other_country", hints[0])


def _named_country(own: str, shown: Shown) -> str | None:
    tokens = _WORD.findall(to_ascii(country_name(own)).lower())
    return country_name(own) if shown.mentions(tokens) else None


def _of_vat(number: str) -> str:
    prefix = number[:2].upper()
    return {"EL": "GR", "XI": "GB"}.get(prefix, prefix) if prefix.isalpha() else ""


def _countries_of_forms(name: CompanyName) -> frozenset[str]:
    known = tables().forms
    return frozenset(
        country for form in name.forms if form in known for country in known[form].countries
    )


def _of_place(wanted: Wanted, shown: Shown) -> Iterator[Mark]:
    if wanted.city:
        cities = [(str(one.value), one.quote) for one in shown.of("city")]
        own = city_named(wanted.city)
        same = next((quote for city, quote in cities if city_named(city) == own), None)
        tokens = _WORD.findall(to_ascii(wanted.city).lower())
        if same is not None or shown.mentions(tokens):
            yield Mark("same_city", same or wanted.city)
        elif cities:
            yield Mark("other_city", cities[0][1])
    if wanted.postcode:
        own = _plain(wanted.postcode)
        stated = [one for one in shown.of("postcode") if _plain(str(one.value)) == own]
        spaced = _WORD.findall(wanted.postcode.lower())
        if len(own) > 3 and (stated or shown.mentions(spaced)):
            yield Mark("same_postcode", stated[0].quote if stated else wanted.postcode)
    if wanted.street:
        tokens = _WORD.findall(to_ascii(wanted.street.split(",")[0]).lower())
        if len(tokens) > 1 and shown.mentions(tokens):
            yield Mark("same_street", wanted.street)


def _plain(text: str) -> str:
    return _NO_LETTER.sub("", text.upper())


def _of_contact(wanted: Wanted, shown: Shown) -> Iterator[Mark]:
    own = {_DIGITS.sub("", one).lstrip("0")[-9:] for one in wanted.phones} - {""}
    for one in shown.of("phone", "fax"):
        if _DIGITS.sub("", str(one.value))[-9:] in own and len(str(one.value)) > 6:
            yield Mark("same_phone", one.quote)
            break
    if any(company_domain(host) == shown.domain for host in wanted.mail_hosts):
        yield Mark("mail_of_list", shown.domain)
    hosts = [company_domain(str(one.value)) for one in shown.of("email")]
    others = [host for host in hosts if host and host != shown.domain]
    if shown.domain in hosts:
        yield Mark("own_mail", f"@{shown.domain}")
    elif others:
        yield Mark("mail_elsewhere", f"@{others[0]}")


def _of_numbers(wanted: Wanted, shown: Shown) -> Iterator[Mark]:
    if not wanted.numbers:
        return
    own = {_plain(one) for one in wanted.numbers}
    stated = list(shown.of("vat_id", "register_number", "lei"))
    for one in stated:
        if any(_same_number(mine, _plain(str(one.value))) for mine in own):
            yield Mark("same_number", one.quote)
            return
    mine = {one for one in own if len(one) > 5 and shown.mentions(_WORD.findall(one.lower()))}
    if mine:
        yield Mark("same_number", mine.pop())
    else:
        alike = [
            one
            for one in stated
            if any(_shape(_plain(str(one.value))) == _shape(number) for number in own)
        ]
        if alike:
            yield Mark("other_number", alike[0].quote)


def _same_number(mine: str, stated: str) -> bool:
    """Compare numbers; a court or a country may stand before one of them."""
    short, long = sorted((mine.lstrip("0"), stated.lstrip("0")), key=len)
    return len(short) > 4 and long.endswith(short)


def _shape(number: str) -> str:
    return "".join("9" if one.isdigit() else one for one in number)


def _of_kind(names: Sequence[CompanyName], shown: Shown) -> Iterator[Mark]:
    if set(shown.empty) & _UNREAD:
        yield Mark("no_content", ", ".join(shown.empty))
    found = list(dict.fromkeys(_phrases("directory").findall(shown.folded)))
    if len(found) >= _DIRECTORY_PHRASES:
        yield Mark("directory", ", ".join(found[:3]))
    if len(shown.mentioned) > _MANY:
        some = [one.shown for one in shown.mentioned[:3]]
        yield Mark("several_owners", f"{', '.join(some)} … ({len(shown.mentioned)})")
    if match := _phrases("franchise").search(shown.folded):
        yield Mark("franchise", match[0])
    if match := _former(names).search(shown.folded):
        yield Mark("former", match[0])
    yield from _markup(names, shown)


def _markup(names: Sequence[CompanyName], shown: Shown) -> Iterator[Mark]:
    structured = [one for one in shown.facts if one.method in ("json_ld", "microdata", "rdfa")]
    named = [
        one
        for one in shown.names
        if one.quote.startswith('"') and best(names, one.name) >= Agreement.SHORT
    ]
    if structured and named:
        yield Mark("own_markup", named[0].quote)


def _of_others(names: Sequence[CompanyName], shown: Shown) -> Iterator[Mark]:
    if shown.domain.startswith("xn--") and all(one.raw.isascii() for one in names):
        yield Mark("confusable", shown.domain)
    for domain, quote in shown.elsewhere[:1]:
        yield Mark("address_elsewhere", f"{domain}: {quote}")
    levels = [best(names, one.name) for one in shown.names]
    is_own = max(levels, default=Agreement.OTHER) == Agreement.SAME
    is_mentioned = any(shown.mentions(one.tokens) for one in names)
    match = _phrases("subsidiary").search(shown.folded)
    if match is not None and is_mentioned and not is_own:
        yield Mark("subsidiary", match[0])


def _former(names: Sequence[CompanyName]) -> re.Pattern[str]:
    spelled = either(re.escape(one.shown.lower()) for one in names[:4])
    cores = either(re.escape(one.core) for one in names[:4] if len(one.core) > 2)
    name = f"(?:{spelled}|{cores})" if cores else f"(?:{spelled})"
    patterns = [one.replace("{name}", name) for one in words("site_marks")["phrases"]["former"]]
    return re.compile(rf"(?<![^\W_])(?:{either(patterns)})(?![^\W_])")


@cache
def _phrases(kind: str) -> re.Pattern[str]:
    listed = words("site_marks")["phrases"][kind]
    return re.compile(rf"(?<![^\W_])(?:{either(listed)})(?![^\W_])")
