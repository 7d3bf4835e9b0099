"""Read a unit of Sirene as an entry of the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from leads.values import MoneyRange, Range
from sources.answers import Entry
from sources.registers.data_files import document
from sources.registers.facts_of_entry import Statements
from sources.registers.headcounts import people_of
from sources.registers.industry_codes import NEW, OLD, nace_code
from sources.registers.json_fields import day, record, text, texts, whole
from sources.registers.seat import Seat, plain_postcode

_TABLES = "france.yaml"
_SIREN = 9
#: A unit that employs nobody may be one of which nobody knows.
_PRESUMED = 0.8
_CENTS = 100
_MOST_NAMES = 5


def is_person(unit: Mapping[str, Any]) -> bool:
    """Whether the unit is a person in business."""
    return text(unit, "nature_juridique").startswith(tuple(document(_TABLES)["people"]))


def entry_of(unit: Mapping[str, Any], today: date, *, asked_by_key: bool) -> Entry | None:
    """Read a unit; None for a person, and for what has no SIREN or name."""
    siren = text(unit, "siren")
    name = _shown(unit, "nom_raison_sociale") or _shown(unit, "nom_complet")
    if is_person(unit) or len(siren) != _SIREN or not siren.isdigit() or not name:
        return None
    facts, seat = Statements(), _seat(unit)
    others = _other_names(unit, name)
    facts.add("register_number", siren, "siren", siren)
    facts.add("legal_name", name, "nom_raison_sociale", name)
    for field, other in others:
        facts.add("alias", other, field, other)
    _state_what_it_is(facts, unit)
    _state_size(facts, unit, today)
    if seat.country == "FR":
        facts.add("country", "FR", "siren", siren)
    seat.state(
        facts,
        city="siege.libelle_commune",
        postcode="siege.code_postal",
        street="siege.libelle_voie",
    )
    _state_coordinates(facts, unit)
    return Entry(
        country="FR",
        number=siren,
        name=name,
        other_names=tuple(other for _, other in others),
        city=seat.city,
        postcode=seat.postcode,
        street=seat.street,
        facts=facts.all(),
        url=f"https://annuaire-entreprises.data.gouv.fr/entreprise/{siren}",
        asked_by_key=asked_by_key,
    )


def _shown(value: Any, *path: str) -> str:
    """A text, unless its owner does not let it be shown."""
    found = text(value, *path)
    return "" if found.upper() in document(_TABLES)["hidden"] else found


def _other_names(unit: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    """Other names, each with its field."""
    written = [
        ("sigle", text(unit, "sigle")),
        ("siege.nom_commercial", text(unit, "siege", "nom_commercial")),
        *(("siege.liste_enseignes", one) for one in texts(unit, "siege", "liste_enseignes")),
    ]
    hidden = document(_TABLES)["hidden"]
    kept = {one: field for field, one in written if one and one.upper() not in hidden}
    return [(field, one) for one, field in kept.items() if one != name][:_MOST_NAMES]


def _state_what_it_is(facts: Statements, unit: Mapping[str, Any]) -> None:
    known = document(_TABLES)
    nature = text(unit, "nature_juridique")
    facts.add("legal_form", _form(nature), "nature_juridique", nature)
    state = text(unit, "etat_administratif")
    closed = day(unit, "date_fermeture")
    as_of = closed if state == "C" else None
    facts.add("status", known["statuses"].get(state), "etat_administratif", state, as_of=as_of)
    made = day(unit, "date_creation")
    if made is not None:
        facts.add("founded", Range(made.year, made.year), "date_creation", made)
    for field, likely in (("activite_principale_naf25", NEW), ("activite_principale", OLD)):
        code = text(unit, field)
        facts.add("industry", nace_code(code, likely), field, code)
    if (shown := text(unit, "statut_diffusion")) not in ("", "O"):
        # Whoever limits what Sirene shows refuses to be prospected (Code de commerce, A123-96).
        facts.add("objection", "all", "statut_diffusion", shown)


def _form(nature: str) -> str:
    forms = document(_TABLES)["forms"]
    return next((forms[nature[:size]] for size in (4, 2) if nature[:size] in forms), "")


def _state_size(facts: Statements, unit: Mapping[str, Any], today: date) -> None:
    """State headcount and turnover of the company, each of its own year."""
    band = text(unit, "tranche_effectif_salarie")
    people = people_of(band, document(_TABLES)["bands"])
    if people is not None:
        year = whole(unit, "annee_tranche_effectif_salarie")
        facts.add(
            "employees",
            people,
            "tranche_effectif_salarie",
            f"{band} ({year})" if year else band,
            as_of=_year_end(year, today),
            confidence=_PRESUMED if band == "NN" else 0.95,
        )
    _state_turnover(facts, unit, today)


def _state_turnover(facts: Statements, unit: Mapping[str, Any], today: date) -> None:
    """State the turnover of the last year that has one; a loss of sales is no turnover."""
    years: list[tuple[date, int]] = []
    for written, row in record(unit, "finances").items():
        end = _year_end(whole(written), today)
        sales = whole(row, "ca")
        if end is not None and sales is not None and sales >= 0:
            years.append((end, sales))
    if years:
        end, sales = max(years)
        cents = sales * _CENTS
        facts.add(
            "turnover",
            MoneyRange(Range(cents, cents), "EUR"),
            f"finances.{end.year}.ca",
            sales,
            as_of=end,
        )


def _year_end(year: int | None, today: date) -> date | None:
    return date(year, 12, 31) if year is not None and 1900 < year <= today.year else None


def _seat(unit: Mapping[str, Any]) -> Seat:
    seat = record(unit, "siege")
    parts = [_shown(seat, field) for field in ("numero_voie", "type_voie", "libelle_voie")]
    return Seat(
        country="" if text(seat, "code_pays_etranger") else "FR",
        city=_shown(seat, "libelle_commune"),
        postcode=plain_postcode(_shown(seat, "code_postal"), "FR"),
        street=" ".join(part for part in parts if part) if parts[2] else "",
    )


def _state_coordinates(facts: Statements, unit: Mapping[str, Any]) -> None:
    for attribute, most in (("latitude", 90), ("longitude", 180)):
        written = text(unit, "siege", attribute)
        if _is_degrees(written, most):
            facts.add(attribute, written, f"siege.{attribute}", written)


def _is_degrees(written: str, most: int) -> bool:
    whole_part, _, rest = written.removeprefix("-").partition(".")
    digits = whole_part.isascii() and whole_part.isdigit() and len(whole_part) <= 3
    return digits and (rest.isdigit() or not rest) and int(whole_part) < most
