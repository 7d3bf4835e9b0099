"""What is known of a company whose site is wanted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A domain that something other than the name points to, and what points there."""

    domain: str
    because: str
    #: How likely it is the company's own site, in log-odds over a domain of exactly its name.
    weight: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The row of a company: its name, and what the list or its records say besides."""

    name: str
    #: Other names: aliases, former names, trading names.
    aliases: tuple[str, ...] = ()
    #: ISO 3166-1 alpha-2.
    country: str = ""
    city: str = ""
    postcode: str = ""
    street: str = ""
    #: E.164 or bare digits.
    phones: tuple[str, ...] = ()
    #: Hosts of e-mail addresses.
    mail_hosts: tuple[str, ...] = ()
    #: A number that is issued once: register number or VAT id.
    numbers: tuple[str, ...] = ()
    #: A legal form stated beside the name.
    legal_form: str = ""
    leads: tuple[Lead, ...] = ()
