"""Read a unit of Enhetsregisteret as an entry of the register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from leads.values import Range
from sources.answers import Entry
from sources.registers.data_files import document
from sources.registers.facts_of_entry import Statements
from sources.registers.headcounts import MOST_PEOPLE
from sources.registers.industry_codes import NEW, nace_code
from sources.registers.json_fields import day, part, record, text, texts, whole
from sources.registers.seat import Seat, plain_postcode, state_site

_TABLES = "norway.yaml"
_DIGITS = 9
#: The register publishes no headcount from 1 to 4.
_WITHHELD = 4
_LESS_SURE = 0.8


def is_person(unit: Any) -> bool:
    """Whether the unit is a person in business."""
    return text(unit, "organisasjonsform", "kode") in document(_TABLES)["people"]


def entry_of(unit: Any, *, asked_by_key: bool) -> Entry | None:
    """Read a unit, also the little that is left of a deleted one; None without number and name."""
    number, name = text(unit, "organisasjonsnummer"), text(unit, "navn")
    if len(number) != _DIGITS or not number.isdigit() or not name or is_person(unit):
        return None
    facts, seat = Statements(), _seat(unit)
    facts.add("register_number", number, "organisasjonsnummer", number)
    facts.add("legal_name", name, "navn", name)
    _state_what_it_is(facts, unit)
    _state_headcount(facts, unit)
    field = "forretningsadresse"
    seat.state(
        facts,
        country=f"{field}.landkode",
        city=f"{field}.poststed",
        postcode=f"{field}.postnummer",
        street=f"{field}.adresse",
    )
    domain = state_site(facts, text(unit, "hjemmeside"), "hjemmeside")
    return Entry(
        country="NO",
        number=number,
        name=name,
        city=seat.city,
        postcode=seat.postcode,
        street=seat.street,
        domain=domain,
        facts=facts.all(),
        url=f"https://virksomhet.brreg.no/nb/oppslag/enheter/{number}",
        asked_by_key=asked_by_key,
    )


def _state_what_it_is(facts: Statements, unit: Mapping[str, Any]) -> None:
    form = text(unit, "organisasjonsform", "kode")
    facts.add("legal_form", document(_TABLES)["forms"].get(form), "organisasjonsform.kode", form)
    _state_status(facts, unit)
    made = day(unit, "stiftelsesdato")
    if made is not None:
        facts.add("founded", Range(made.year, made.year), "stiftelsesdato", made)
    for field in ("naeringskode1", "naeringskode2", "naeringskode3"):
        code = text(unit, field, "kode")
        facts.add("industry", nace_code(code, NEW), f"{field}.kode", code)
    if part(unit, "registrertIMvaregisteret") is True:
        number = text(unit, "organisasjonsnummer")
        written = f"true, organisasjonsnummer: {number}"
        facts.add("vat_id", f"NO{number}MVA", "registrertIMvaregisteret", written)


def _state_status(facts: Statements, unit: Mapping[str, Any]) -> None:
    for row in document(_TABLES)["statuses"]:
        flag = part(unit, row["flag"])
        ended = day(unit, row["flag"])
        if flag is True or ended is not None:
            as_of = day(unit, row["day"])
            written = ended or "true"
            facts.add("status", row["status"], row["flag"], written, as_of=as_of)
            return
        if flag not in (None, False):
            # Whatever it means, nobody can say that the company is active.
            return
    if part(unit, "konkurs") is False:
        facts.add("status", "active", "konkurs", "false")


def _state_headcount(facts: Statements, unit: Mapping[str, Any]) -> None:
    """State the headcount; one that is left out is withheld from 1 to 4, or none."""
    if day(unit, "slettedato") is not None:
        return
    people = whole(unit, "antallAnsatte")
    if people is not None:
        if 0 <= people <= MOST_PEOPLE:
            facts.add("employees", Range(people, people), "antallAnsatte", people)
        return
    if part(unit, "antallAnsatte") is not None:
        return
    registered = part(unit, "harRegistrertAntallAnsatte")
    if registered is True:
        field = "harRegistrertAntallAnsatte"
        facts.add("employees", Range(1, _WITHHELD), field, "true, antallAnsatte left out")
    else:
        few = Range(0, _WITHHELD)
        facts.add("employees", few, "antallAnsatte", "left out", confidence=_LESS_SURE)


def _seat(unit: Mapping[str, Any]) -> Seat:
    address = record(unit, "forretningsadresse")
    country = text(address, "landkode")
    # A line with `c/o` names a person more often than not.
    lines = [one for one in texts(address, "adresse") if not one.lower().startswith("c/o")]
    return Seat(
        country=country if len(country) == 2 and country.isupper() else "",
        city=text(address, "poststed"),
        postcode=plain_postcode(text(address, "postnummer"), country or "NO"),
        street=", ".join(lines),
    )
