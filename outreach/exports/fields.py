"""The fields that an export profile may name, and how each is read from a company.

An unknown value is None, which becomes an empty cell. A number is written only when it is exact:
`51 to 200` people are no number of people.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leads.lexicon.places.countries import country_name
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse, Value
from outreach.exports.company import ExportCompany

#: One value, or several.
FieldValue = str | int | tuple[str, ...] | None
Read = Callable[[ExportCompany], FieldValue]

#: The bands that LinkedIn and most tools after it offer.
_BANDS = (
    (1, 10),
    (11, 50),
    (51, 200),
    (201, 500),
    (501, 1_000),
    (1_001, 5_000),
    (5_001, 10_000),
)
_LARGEST_BAND = 10_001


@dataclass(frozen=True, slots=True)
class ExportField:
    """One field: what it holds, how it is read, and the attribute whose source it has."""

    about: str
    read: Read
    attribute: str | None = None
    #: Whether it holds whole numbers only.
    number: bool = False
    #: Whether it changes by time alone: a row with another value is not a changed row.
    fades: bool = False


def _first(name: str) -> Read:
    def read(company: ExportCompany) -> FieldValue:
        value = _value(company, name)
        return None if value is None else str(value)

    return read


def _all(name: str) -> Read:
    def read(company: ExportCompany) -> FieldValue:
        folded = company.known.get(name)
        return tuple(dict.fromkeys(str(side.value) for side in folded.sides)) if folded else None

    return read


def _value(company: ExportCompany, name: str) -> Value | None:
    folded = company.known.get(name)
    return folded.value if folded else None


def _range(company: ExportCompany, name: str) -> Range | None:
    value = _value(company, name)
    if isinstance(value, MoneyRange):
        low, high = value.amount.low, value.amount.high
        return Range(_units(low), _units(high))
    return value if isinstance(value, Range) else None


def _units(cents: int | None) -> int | None:
    return None if cents is None else cents // 100


def _low(name: str) -> Read:
    return lambda company: found.low if (found := _range(company, name)) else None


def _high(name: str) -> Read:
    return lambda company: found.high if (found := _range(company, name)) else None


def _exact(name: str) -> Read:
    def read(company: ExportCompany) -> FieldValue:
        found = _range(company, name)
        return found.low if found and found.low == found.high else None

    return read


def _employees_band(company: ExportCompany) -> FieldValue:
    """The one band that holds all possible headcounts."""
    found = _range(company, "employees")
    if found is None or found.low is None:
        return None
    if found.low >= _LARGEST_BAND:
        return f"{_LARGEST_BAND}+"
    for low, high in _BANDS:
        if low <= found.low and found.high is not None and found.high <= high:
            return f"{low}-{high}"
    return None


def _website(company: ExportCompany) -> FieldValue:
    stated = _value(company, "website")
    domain = _value(company, "domain")
    return str(stated) if stated else f"https://{domain}/" if domain else None


def _country(company: ExportCompany) -> FieldValue:
    code = _value(company, "country")
    return country_name(str(code)) if code else None


def _currency(company: ExportCompany) -> FieldValue:
    value = _value(company, "turnover")
    return value.currency if isinstance(value, MoneyRange) else None


def _industries(*, words: bool) -> Read:
    def read(company: ExportCompany) -> FieldValue:
        folded = company.known.get("industry")
        values = [side.value for side in folded.sides] if folded else []
        wanted = [
            one.code if words else str(one)
            for one in values
            if isinstance(one, IndustryCode) and (one.scheme in ("text", "linkedin")) is words
        ]
        return tuple(dict.fromkeys(wanted)) or None

    return read


def _interest(name: str) -> Read:
    """A part of the interest that the company shows; empty where nothing is scored."""

    def read(company: ExportCompany) -> FieldValue:
        found: FieldValue = getattr(company.interest, name) if company.interest else None
        return None if found in ("", ()) else found

    return read


def _labelled(name: str) -> Read:
    """The same in the words of the client's CRM."""

    def read(company: ExportCompany) -> FieldValue:
        if company.interest is None:
            return None
        found = getattr(company.interest, name)
        if isinstance(found, tuple):
            return tuple(company.interest.label(one) for one in found) or None
        return company.interest.label(found) if found else None

    return read


def _technologies(company: ExportCompany) -> FieldValue:
    folded = company.known.get("technology")
    values = [side.value for side in folded.sides] if folded else []
    used = [one.slug for one in values if isinstance(one, TechnologyUse) and one.uses]
    return tuple(dict.fromkeys(used)) or None


def _social(network: str) -> Read:
    def read(company: ExportCompany) -> FieldValue:
        folded = company.known.get("social")
        links = [str(side.value) for side in folded.sides] if folded else []
        return next((link for link in links if network in link.lower()), None)

    return read


def _licences(company: ExportCompany) -> FieldValue:
    """The licences of all that is known, whatever the other columns hold of it."""
    found = {
        fact.evidence.licence
        for folded in company.known.values()
        for side in folded.sides
        for fact in side.facts
        if fact.evidence.licence
    }
    return tuple(sorted(found)) or None


def _says(channel: str) -> Read:
    def read(company: ExportCompany) -> FieldValue:
        found = company.rulings.get(channel)
        return found.says.value if found else None

    return read


def _number(about: str, read: Read, attribute: str | None = None) -> ExportField:
    return ExportField(about, read, attribute, number=True)


FIELDS: Mapping[str, ExportField] = {
    "company_id": ExportField("Sluice's id of the company", lambda one: str(one.company_id)),
    "name": ExportField("the company's name", lambda one: one.name),
    "legal_name": ExportField("its name with the legal form", _first("legal_name"), "legal_name"),
    "legal_form": ExportField("its legal form", _first("legal_form"), "legal_form"),
    "domain": ExportField("its domain, such as acme.example", _first("domain"), "domain"),
    "domains": ExportField("all its domains", _all("domain"), "domain"),
    "website": ExportField("the address of its site", _website, "domain"),
    "email": ExportField("its first mailbox", _first("email"), "email"),
    "emails": ExportField("all its mailboxes", _all("email"), "email"),
    "phone": ExportField("its first phone number, such as +4930…", _first("phone"), "phone"),
    "phones": ExportField("all its phone numbers", _all("phone"), "phone"),
    "linkedin": ExportField("its LinkedIn page", _social("linkedin.com"), "social"),
    "facebook": ExportField("its Facebook page", _social("facebook.com"), "social"),
    "street": ExportField("street and number", _first("street"), "street"),
    "postcode": ExportField("postcode", _first("postcode"), "postcode"),
    "city": ExportField("city", _first("city"), "city"),
    "region": ExportField("state, county or region", _first("region"), "region"),
    "country": ExportField("country as a code, such as DE", _first("country"), "country"),
    "country_name": ExportField("country as an English name", _country, "country"),
    "employees": ExportField("headcount in words", _first("employees"), "employees"),
    "employees_number": _number("headcount, if exact", _exact("employees"), "employees"),
    "employees_low": _number("the least headcount", _low("employees"), "employees"),
    "employees_high": _number("the highest headcount", _high("employees"), "employees"),
    "employees_band": ExportField("headcount band, such as 51-200", _employees_band, "employees"),
    "turnover": ExportField("turnover in words", _first("turnover"), "turnover"),
    "turnover_number": _number("turnover, if exact", _exact("turnover"), "turnover"),
    "turnover_low": _number("the least turnover", _low("turnover"), "turnover"),
    "turnover_high": _number("the highest turnover", _high("turnover"), "turnover"),
    "currency": ExportField("the currency of the turnover", _currency, "turnover"),
    "industry": ExportField("industries in words", _industries(words=True), "industry"),
    "industry_code": ExportField("industry codes", _industries(words=False), "industry"),
    "technologies": ExportField("technologies it uses", _technologies, "technology"),
    "founded": _number("year of foundation", _exact("founded"), "founded"),
    "status": ExportField("active, insolvent, dissolved …", _first("status"), "status"),
    "register_number": ExportField("register number", _first("register_number"), "register_number"),
    "vat_id": ExportField("VAT id", _first("vat_id"), "vat_id"),
    "lei": ExportField("LEI", _first("lei"), "lei"),
    "parent": ExportField("its parent company", _first("parent"), "parent"),
    "licences": ExportField("licences of what registers and providers say of it", _licences),
    "phone_policy": ExportField("allow, review or deny: calls to it", _says("phone")),
    "email_policy": ExportField("allow, review or deny: e-mail to it", _says("email")),
    "post_policy": ExportField("allow, review or deny: letters to it", _says("post")),
    "social_policy": ExportField("allow, review or deny: messages to it", _says("social")),
    "stage": ExportField("its stage in the campaign", lambda one: one.stage.value),
    "reason": ExportField("why it is at that stage", lambda one: one.reason),
    "fit_worst": _number("the worst score", lambda one: one.score_worst),
    "fit_best": _number("the best score", lambda one: one.score_best),
    "grade": ExportField("the grade of the worst score", lambda one: one.grade),
    # Empty where the campaign scores no signals.
    "engagement": ExportField(
        "engagement from 0 to 100", _interest("engagement"), number=True, fades=True
    ),
    "temperature": ExportField("cold, warm or hot", _interest("temperature")),
    "temperature_label": ExportField(
        "the temperature in the client's words", _labelled("temperature")
    ),
    "grid": ExportField("grade of the fit and column of the temperature", _interest("grid")),
    "qualifications": ExportField("MQL, SQL …", _interest("qualifications")),
    "qualification_labels": ExportField(
        "the qualifications in the client's words", _labelled("qualifications")
    ),
    "lead_stage": ExportField("the stage of a lead: mql, sql …", _interest("lead_stage")),
    "lead_stage_label": ExportField(
        "the stage of a lead in the client's words", _labelled("lead_stage")
    ),
    "score_reason": ExportField("the signals that weigh the most", _interest("reason"), fades=True),
    "unknown": ExportField(
        "what the profile asks and nobody knows", lambda one: _many(one.waits_for)
    ),
    "doubted": ExportField(
        "what the company said is not so: employees, industry …", lambda one: _many(one.doubted)
    ),
    "relationship": ExportField(
        "how it stands with the campaign", lambda one: one.relationship.value
    ),
    "queue": ExportField("its state in the queue", lambda one: one.queue or None),
    "held_by": ExportField("the SDR who holds it", lambda one: one.held_by),
    "last_disposition": ExportField("the last disposition", lambda one: one.last_disposition),
    "last_note": ExportField("the last note", lambda one: one.last_note or None),
    "lists": ExportField("the lists that name it", lambda one: _many(one.lists)),
}


def _many(values: object) -> FieldValue:
    return tuple(values) or None  # type: ignore[arg-type]
