"""Make the sites of the finding bench: true ones in several languages and layouts, and decoys."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from stdnum import get_cc_module

from leads.lexicon.names.company_names import parse_name


@dataclass(frozen=True, slots=True)
class Country:
    """What sites of a country look like."""

    code: str
    language: str
    name: str
    forms: tuple[str, ...]
    streets: tuple[str, ...]
    #: Postcode and city as one line.
    cities: tuple[tuple[str, str], ...]
    dial: str
    imprint: tuple[str, str]
    phrases: tuple[str, ...]
    #: Whether the postcode stands before the city.
    postcode_first: bool = True


COUNTRIES = {
    one.code: one
    for one in (
        Country(
            "US",
            "en",
            "USA",
            ("Inc.", "LLC", "Corp."),
            ("{n} Market Street", "{n} Main St, Suite 200", "{n} W 27th Street"),
            (
                ("CA 94105", "San Francisco"),
                ("TX 78701", "Austin"),
                ("NY 10001", "New York"),
                ("MA 02110", "Boston"),
            ),
            "+1 415 555 01{d2}",
            ("/legal", "Legal"),
            (
                "We help teams ship faster.",
                "Trusted by thousands of customers.",
                "Built for people who care about their work.",
            ),
            postcode_first=False,
        ),
        Country(
            "GB",
            "en",
            "United Kingdom",
            ("Limited", "Ltd", "plc"),
            ("{n} High Street", "Unit {n}, Station Road", "{n} Queen Street"),
            (
                ("EC1V 9AV", "London"),
                ("LS1 4AP", "Leeds"),
                ("M2 5DB", "Manchester"),
                ("BS1 6QF", "Bristol"),
            ),
            "+44 20 7946 0{d3}",
            ("/legal-notice", "Legal notice"),
            (
                "Serving customers across the country.",
                "A family business with a long history.",
                "Our people make the difference.",
            ),
            postcode_first=False,
        ),
        Country(
            "DE",
            "de",
            "Deutschland",
            ("GmbH", "AG", "GmbH & Co. KG"),
            ("Hauptstraße {n}", "Industrieweg {n}", "Am Markt {n}"),
            (("10115", "Berlin"), ("80331", "München"), ("34117", "Kassel"), ("20095", "Hamburg")),
            "+49 30 1234{d3}",
            ("/impressum", "Impressum"),
            (
                "Wir entwickeln Lösungen für den Mittelstand.",
                "Qualität aus einer Hand.",
                "Seit vielen Jahren Ihr Partner.",
            ),
        ),
        Country(
            "FR",
            "fr",
            "France",
            ("SAS", "SARL", "SA"),
            ("{n} rue de la République", "{n} avenue Victor Hugo"),
            (("75002", "Paris"), ("69002", "Lyon"), ("33000", "Bordeaux")),
            "+33 1 70 18 {d2} {d2}",
            ("/mentions-legales", "Mentions légales"),
            ("Nous accompagnons les entreprises.", "Une équipe à votre écoute."),
        ),
        Country(
            "ES",
            "es",
            "España",
            ("S.L.", "S.A."),
            ("Calle Mayor {n}", "Avenida de América {n}"),
            (("28013", "Madrid"), ("08002", "Barcelona"), ("46002", "Valencia")),
            "+34 910 {d3} {d3}",
            ("/aviso-legal", "Aviso legal"),
            ("Soluciones para empresas.", "Un equipo cercano y profesional."),
        ),
        Country(
            "IT",
            "it",
            "Italia",
            ("S.r.l.", "S.p.A."),
            ("Via Roma {n}", "Corso Italia {n}"),
            (("20121", "Milano"), ("00187", "Roma"), ("10121", "Torino")),
            "+39 02 8088 {d4}",
            ("/note-legali", "Note legali"),
            ("Soluzioni per le imprese.", "Passione e qualità."),
        ),
        Country(
            "NL",
            "nl",
            "Nederland",
            ("B.V.",),
            ("Keizersgracht {n}", "Stationsweg {n}"),
            (("1015 CJ", "Amsterdam"), ("3011 AA", "Rotterdam"), ("3511 AB", "Utrecht")),
            "+31 20 8{d3}{d3}",
            ("/colofon", "Colofon"),
            ("Wij helpen bedrijven groeien.", "Uw partner in techniek."),
        ),
        Country(
            "CA",
            "en",
            "Canada",
            ("Inc.", "Ltd."),
            ("{n} King Street West", "{n} Granville Street"),
            (("ON M5H 1A1", "Toronto"), ("BC V6C 1T2", "Vancouver")),
            "+1 416 555 01{d2}",
            ("/legal", "Legal"),
            ("Proudly Canadian.", "We build tools for teams."),
            postcode_first=False,
        ),
        Country(
            "IN",
            "en",
            "India",
            ("Private Limited", "Pvt. Ltd."),
            ("{n} MG Road", "{n}, 4th Cross, Indiranagar"),
            (("560001", "Bengaluru"), ("400001", "Mumbai"), ("110001", "New Delhi")),
            "+91 80 4{d3} {d4}",
            ("/contact", "Contact"),
            ("Products loved by millions.", "Made with care."),
            postcode_first=False,
        ),
        Country(
            "BR",
            "pt",
            "Brasil",
            ("Ltda.", "S.A."),
            ("Rua Augusta, {n}", "Avenida Paulista, {n}"),
            (("01305-000", "São Paulo"), ("20040-002", "Rio de Janeiro")),
            "+55 11 4{d3}-{d4}",
            ("/contato", "Contato"),
            ("Soluções para a sua empresa.", "Tecnologia brasileira."),
        ),
        Country(
            "SE",
            "sv",
            "Sverige",
            ("AB",),
            ("Storgatan {n}", "Drottninggatan {n}"),
            (("111 51", "Stockholm"), ("411 06", "Göteborg")),
            "+46 8 12 34 {d2} {d2}",
            ("/kontakt", "Kontakt"),
            ("Vi hjälper företag att växa.", "Svensk kvalitet."),
        ),
        Country(
            "PL",
            "pl",
            "Polska",
            ("Sp. z o.o.", "S.A."),
            ("ul. Marszałkowska {n}", "ul. Długa {n}"),
            (("00-001", "Warszawa"), ("30-001", "Kraków")),
            "+48 22 {d3} {d2} {d2}",
            ("/kontakt", "Kontakt"),
            ("Rozwiązania dla firm.", "Sprawdzony partner."),
        ),
    )
}
#: Where a country has no own texts, those of a similar one.
_LIKE = {
    "AU": "GB",
    "IE": "GB",
    "NZ": "GB",
    "SG": "GB",
    "AT": "DE",
    "CH": "DE",
    "MX": "ES",
    "AR": "ES",
    "CO": "ES",
    "CL": "ES",
    "PT": "BR",
    "BE": "FR",
}


@dataclass(frozen=True, slots=True)
class Company:
    """A made-up company behind a site: its true marks."""

    brand: str
    legal: str
    country: Country
    street: str
    postcode: str
    city: str
    phone: str
    vat: str
    mail_domain: str


#: Path to HTML.
Site = dict[str, str]


def country_of(code: str) -> Country | None:
    """The texts of a country; None if there are none."""
    return COUNTRIES.get(code) or COUNTRIES.get(_LIKE.get(code, ""))


def company(name: str, country: Country, domain: str, rng: random.Random) -> Company:
    """Invent the marks of a company."""
    parsed = parse_name(name)
    form = rng.choice(country.forms)
    legal = (
        name
        if parsed.forms
        else f"{name}{', ' if form == 'Inc.' and rng.random() < 0.5 else ' '}{form}"
    )
    if not parsed.forms and rng.random() < 0.2:
        legal = f"{name} {rng.choice(('Technologies', 'Group', 'Labs', 'Services'))} {form}"
    postcode, city = rng.choice(country.cities)
    return Company(
        brand=name,
        legal=legal,
        country=country,
        street=rng.choice(country.streets).format(n=rng.randint(1, 180)),
        postcode=postcode,
        city=city,
        phone=_digits(country.dial, rng),
        vat=_vat(country.code, rng),
        mail_domain=domain,
    )


def _document(language: str, title: str, body: str, data: str = "") -> str:
    head = f"<title>{escape(title)}</title>{data}"
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{body}</body></html>'


def _digits(pattern: str, rng: random.Random) -> str:
    for width in (4, 3, 2):
        while f"{{d{width}}}" in pattern:
            text = str(rng.randrange(10**width)).zfill(width)
            pattern = pattern.replace(f"{{d{width}}}", text, 1)
    return pattern


def _vat(code: str, rng: random.Random) -> str:
    module = (
        get_cc_module(code.lower(), "vat")
        if code in ("DE", "FR", "ES", "IT", "NL", "SE", "PL", "GB")
        else None
    )
    if module is None or code in ("ES", "NL", "FR"):
        return ""
    width = {"DE": 9, "IT": 11, "SE": 12, "PL": 10, "GB": 9}[code]
    for _ in range(4_000):
        text = "".join(rng.choice("0123456789") for _ in range(width))
        text = f"{text[:10]}01" if code == "SE" else text
        if module.is_valid(f"{code}{text}"):
            return f"{code}{text}"
    return ""


def true_site(one: Company, rng: random.Random) -> Site:
    """The company's own site, in one of several layouts."""
    layout = rng.random()
    path, label = one.country.imprint
    home = _page(
        one,
        f"{one.brand}{rng.choice((' | ', ' – ', ' - '))}{rng.choice(one.country.phrases)}",
        [
            f"<h1>{escape(rng.choice((one.brand, rng.choice(one.country.phrases))))}</h1>",
            *(f"<p>{escape(text)}</p>" for text in one.country.phrases),
            _filler(one, rng),
            f'<footer><a href="{path}">{label}</a> © {rng.randint(2019, 2026)} ',
            f"{escape(one.legal if rng.random() < 0.5 else one.brand)}</footer>",
        ],
        with_json=layout < 0.3,
    )
    if layout > 0.85:
        return {
            "/": _page(
                one, one.brand, [_filler(one, rng), f"<footer>{_address(one, rng)}</footer>"]
            )
        }
    return {"/": home, path: imprint(one, rng)}


def imprint(one: Company, rng: random.Random) -> str:
    """A page that names the owner."""
    return _page(
        one,
        f"{one.country.imprint[1]} - {one.brand}",
        [f"<h1>{one.country.imprint[1]}</h1>", _address(one, rng)],
    )


def _address(one: Company, rng: random.Random) -> str:
    place = (
        f"{one.postcode} {one.city}"
        if one.country.postcode_first
        else f"{one.city}, {one.postcode}"
    )
    lines = [one.legal, one.street, place]
    if rng.random() < 0.5:
        lines.append(one.country.name)
    if rng.random() < 0.75:
        lines.append(f"Tel: {one.phone}")
    if rng.random() < 0.7:
        lines.append(f"E-Mail: info@{one.mail_domain}")
    if one.vat and rng.random() < 0.6:
        lines.append(f"{'USt-IdNr.' if one.country.code == 'DE' else 'VAT'}: {one.vat}")
    joint = rng.choice(("<br>", "</p><p>", "</div><div>"))
    return f"<div><p>{joint.join(map(escape, lines))}</p></div>"


def _filler(one: Company, rng: random.Random) -> str:
    return "".join(
        f"<p>{escape(rng.choice(one.country.phrases))} {escape(one.brand)}.</p>"
        for _ in range(rng.randint(1, 5))
    )


def _page(one: Company, title: str, parts: list[str], *, with_json: bool = False) -> str:
    data = ""
    if with_json:
        node = {
            "@context": "https://schema.org",
            "@type": "Organization",
            "name": one.brand,
            "legalName": one.legal,
            "url": f"https://{one.mail_domain}/",
            "telephone": one.phone,
            "address": {
                "@type": "PostalAddress",
                "streetAddress": one.street,
                "addressLocality": one.city,
                "postalCode": one.postcode,
                "addressCountry": one.country.code,
            },
        }
        data = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    return _document(one.country.language, title, "".join(parts), data)


def _other_country(country: Country, rng: random.Random) -> Country:
    return rng.choice(
        [
            one
            for one in COUNTRIES.values()
            if one.code not in (country.code, {"US": "CA", "CA": "US"}.get(country.code))
        ]
    )


_OTHERS = (
    "Brightfield",
    "Kestrel Row",
    "Ostwind",
    "Calder & Finch",
    "Novaterra",
    "Pinecrest",
    "Halvorsen",
    "Lumen Bay",
)


def namesake(one: Company, domain: str, rng: random.Random) -> Site:
    """Another company of that name, in another country."""
    return true_site(company(one.brand, _other_country(one.country, rng), domain, rng), rng)


def parked(one: Company, domain: str, rng: random.Random) -> Site:
    """A parked or for-sale page."""
    text = rng.choice(
        (
            f"{domain} is for sale. Buy this domain today.",
            f"The domain {domain} is parked free. Related searches: {one.brand}",
            f"Diese Domain steht zum Verkauf: {domain}",
            f"Ce nom de domaine est à vendre : {domain}",
            f"Welcome to nginx! {domain}",
        )
    )
    return {"/": _document("", domain, f"<h1>{escape(domain)}</h1><p>{escape(text)}</p>")}


def group_parent(one: Company, domain: str, rng: random.Random) -> Site:
    """The site of a group that lists the company among others."""
    stem = one.brand.split()[0]
    parent = company(
        f"{stem} {rng.choice(('Holding', 'Group', 'International Group'))}",
        rng.choice((one.country, _other_country(one.country, rng))),
        domain,
        rng,
    )
    site = true_site(replace(parent, brand=parent.brand), rng)
    listed = "".join(
        f"<li>{escape(name)}</li>"
        for name in (
            one.legal,
            f"{rng.choice(_OTHERS)} {one.country.forms[0]}",
            f"{stem} Leasing {one.country.forms[0]}",
        )
    )
    heading = rng.choice(("Our companies", "Subsidiaries", "Unsere Unternehmen"))
    more = f"<h2>{heading}</h2><ul>{listed}</ul></body>"
    site["/"] = site["/"].replace("</body>", more)
    return site


def directory(one: Company, domain: str, rng: random.Random) -> Site:
    """A page of a directory about the company."""
    owner = company(f"{rng.choice(_OTHERS)} Media", one.country, domain, rng)
    others = "".join(
        f"<li>{escape(name)} {one.country.forms[0]}, {one.city}</li>"
        for name in rng.sample(_OTHERS, 5)
    )
    words = rng.choice(
        (
            ("Business directory", "Claim this listing", "Similar companies"),
            ("Firmenverzeichnis", "Eintrag bearbeiten", "Ähnliche Firmen"),
            ("Company profiles", "Write a review", "Browse companies"),
        )
    )
    body = [
        f"<h1>{escape(one.legal)}</h1>{_address(replace(one, mail_domain=domain), rng)}",
        f"<p>{words[1]}</p><h2>{words[2]}</h2><ul>{others}</ul>",
        "<footer><a href='/imprint'>Imprint</a></footer>",
    ]
    home = _document("en", f"{one.brand} - {words[0]}", "".join(body))
    return {"/": home, "/imprint": imprint(owner, rng)}


def franchise(one: Company, domain: str, rng: random.Random) -> Site:
    """The site of a franchise partner."""
    postcode, city = rng.choice(one.country.cities)
    partner = replace(
        company(f"{rng.choice(_OTHERS)} Retail", one.country, domain, rng),
        postcode=postcode,
        city=city,
    )
    words = rng.choice(
        (
            f"An independently owned and operated franchise of {one.brand}.",
            f"Franchise partner of {one.brand}",
            f"Ihr Franchisenehmer von {one.brand}",
        )
    )
    branded = replace(partner, brand=f"{one.brand} {city}")
    site = true_site(branded, rng)
    site["/"] = site["/"].replace("</body>", f"<p>{escape(words)}</p></body>")
    return site


def former_owner(one: Company, domain: str, rng: random.Random) -> Site:
    """A site that another company runs at a domain the company once had."""
    other = company(
        rng.choice(_OTHERS),
        rng.choice((one.country, _other_country(one.country, rng))),
        domain,
        rng,
    )
    site = true_site(other, rng)
    words = rng.choice(
        (
            f"Formerly {one.brand}.",
            f"{one.brand} was acquired in 2021.",
            f"This website previously belonged to {one.brand}.",
            f"Guides and tips. Old posts by {one.brand} are archived.",
        )
    )
    site["/"] = site["/"].replace("</body>", f"<p>{escape(words)}</p></body>")
    return site


def copied_imprint(one: Company, domain: str, rng: random.Random) -> Site:
    """Another company's site whose imprint was copied from the company."""
    other = company(rng.choice(_OTHERS), one.country, domain, rng)
    site = true_site(replace(other), rng)
    path = one.country.imprint[0]
    if path not in site:
        site["/"] = site["/"].replace(
            "</body>", f'<a href="{path}">{one.country.imprint[1]}</a></body>'
        )
    site[path] = imprint(one, rng).replace(f" - {escape(one.brand)}", f" - {escape(other.brand)}")
    return site


DECOYS: dict[str, Callable[[Company, str, random.Random], Site]] = {
    one.__name__: one
    for one in (namesake, parked, group_parent, directory, franchise, former_owner, copied_imprint)
}
