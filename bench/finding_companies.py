"""Invent the companies of the finding bench: their true marks, as their country writes them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
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


def _country(code: str, stated: dict[str, Any]) -> Country:
    return Country(
        code,
        stated["language"],
        stated["name"],
        tuple(stated["forms"]),
        tuple(stated["streets"]),
        tuple((postcode, city) for postcode, city in stated["cities"]),
        stated["dial"],
        (stated["imprint"][0], stated["imprint"][1]),
        tuple(stated["phrases"]),
        postcode_first=stated.get("postcode_first", True),
    )


_TABLE = yaml.safe_load(Path(__file__).with_name("finding_countries.yaml").read_text("utf-8"))
COUNTRIES = {code: _country(code, stated) for code, stated in _TABLE["countries"].items()}


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


def country_of(code: str) -> Country | None:
    """The texts of a country; None if there are none."""
    return COUNTRIES.get(code) or COUNTRIES.get(_TABLE["like"].get(code, ""))


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
