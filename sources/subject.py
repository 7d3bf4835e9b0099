"""The company that a source is asked about, as far as it is known."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is issued once, of the scheme that issues it.

    `scheme` is `register_number`, `vat_id`, `lei`, or the scheme of a national id in upper case
    (`SIREN`, `SIRET`, `ORGNR`, `ICO`, `CIK` …); `country` is ISO 3166-1 alpha-2, empty for an LEI.
    """

    scheme: str
    country: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is known of a company that helps a source to find it."""

    #: The best name first; never empty.
    names: tuple[str, ...]
    #: ISO 3166-1 alpha-2; None: unknown.
    country: str | None = None
    city: str | None = None
    postcode: str | None = None
    street: str | None = None
    #: Registrable domains of its own.
    domains: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()

    def number(self, *schemes: str, country: str = "") -> str | None:
        """The first number of one of these schemes, of that country if one is given."""
        for scheme in schemes:
            for one in self.numbers:
                if one.scheme == scheme and country in ("", one.country):
                    return one.number
        return None
