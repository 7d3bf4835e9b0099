"""Make the decoys of the finding bench: sites that look like those of a company, and are not."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from html import escape

from bench.finding_companies import COUNTRIES, Company, Country, company
from bench.finding_sites import Site, address, document, imprint, true_site


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
    return {"/": document("", domain, f"<h1>{escape(domain)}</h1><p>{escape(text)}</p>")}


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
        f"<h1>{escape(one.legal)}</h1>{address(replace(one, mail_domain=domain), rng)}",
        f"<p>{words[1]}</p><h2>{words[2]}</h2><ul>{others}</ul>",
        "<footer><a href='/imprint'>Imprint</a></footer>",
    ]
    home = document("en", f"{one.brand} - {words[0]}", "".join(body))
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
