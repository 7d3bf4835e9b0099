"""Make the true sites of the finding bench, in several languages and layouts."""

from __future__ import annotations

import json
import random
from html import escape

from bench.finding_companies import Company

#: Path to HTML.
Site = dict[str, str]


def document(language: str, title: str, body: str, data: str = "") -> str:
    """A whole page."""
    head = f"<title>{escape(title)}</title>{data}"
    return f'<!doctype html><html lang="{language}"><head>{head}</head><body>{body}</body></html>'


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
            "/": _page(one, one.brand, [_filler(one, rng), f"<footer>{address(one, rng)}</footer>"])
        }
    return {"/": home, path: imprint(one, rng)}


def imprint(one: Company, rng: random.Random) -> str:
    """A page that names the owner."""
    return _page(
        one,
        f"{one.country.imprint[1]} - {one.brand}",
        [f"<h1>{one.country.imprint[1]}</h1>", address(one, rng)],
    )


def address(one: Company, rng: random.Random) -> str:
    """The lines of an imprint, in one of several layouts."""
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
    return document(one.country.language, title, "".join(parts), data)
