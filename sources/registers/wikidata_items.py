"""Read one item of Wikidata that is a company.

Shape: an entity of `action=wbgetentities`, as the Wikibase data model documents it. Founders,
managers and owners are never read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from leads.facts import Scope
from leads.lexicon.domains import company_domain
from leads.lexicon.numbers.money import MINOR_UNITS
from leads.lexicon.places.countries import country_code
from leads.values import IndustryCode, MoneyRange, Range
from sources.answers import Entry
from sources.registers.data_files import document
from sources.registers.facts_of_entry import Statements
from sources.registers.json_fields import record, records, text
from sources.registers.wikidata_statements import (
    amount_of,
    as_of,
    best,
    is_item,
    item_of,
    last_day,
    latest,
    unit_of,
    value_of,
    written,
)

_CLASS, _COUNTRY, _SEAT, _INDUSTRY, _PARENT = "P31", "P17", "P159", "P452", "P749"
_NAMES, _WEBSITE, _EMPLOYEES, _REVENUE = "P1448", "P856", "P1128", "P2139"
_FOUNDED, _DISSOLVED = "P571", "P576"
#: Properties whose values are items: their names are asked for with one request.
_NAMED = (_COUNTRY, _SEAT, _INDUSTRY, _PARENT)
_MOST_EACH = 5
#: Anybody may edit Wikidata.
_SURE = 0.8


def is_company(item: Any) -> bool:
    """Whether an item is of a class of companies."""
    companies = frozenset(document("wikidata.yaml")["companies"])
    return any(item_of(one) in companies for one in best(item, _CLASS))


def named_items(item: Any) -> list[str]:
    """The items that the statements of an item name."""
    found = (item_of(one) for field in _NAMED for one in best(item, field)[:_MOST_EACH])
    return list(dict.fromkeys(filter(None, found)))


def numbers_of(item: Any) -> Iterator[tuple[str, str, str, str]]:
    """The numbers of an item: property, scheme, country and number."""
    for field, known in document("wikidata.yaml")["numbers"].items():
        for one in best(item, field)[:_MOST_EACH]:
            number = written(one)
            if number:
                yield field, known["scheme"], known.get("country", ""), number


def names_of(item: Any) -> list[str]:
    """The names of an item, its label first, in every language that was asked for."""
    labels = [text(one, "value") for one in record(item, "labels").values()]
    official = [written(one) for one in best(item, _NAMES)[:_MOST_EACH]]
    aliases = [
        text(one, "value")
        for language in record(item, "aliases")
        for one in records(item, "aliases", language)[:_MOST_EACH]
    ]
    return list(dict.fromkeys(filter(None, [*labels, *official, *aliases])))


def entry_of(item: Any, names: Mapping[str, str], *, by_key: bool) -> Entry | None:
    """Read an item, with the names of the items that it refers to; None if it has no name."""
    own = names_of(item)
    identity = text(item, "id")
    if not own or not is_item(identity):
        return None

    says = Statements(confidence=_SURE)
    country = _state_country(says, item, names)
    number = _state_numbers(says, item, country)
    _state_names(says, item, own)
    city = _state_seat(says, item, names)
    domain = _state_website(says, item)
    _state_size(says, item)
    _state_life(says, item)
    _state_items(says, item, names)
    return Entry(
        country=country,
        number=number,
        name=own[0],
        other_names=tuple(own[1:]),
        city=city,
        domain=domain,
        facts=says.all(),
        url=f"https://www.wikidata.org/wiki/{identity}",
        asked_by_key=by_key,
    )


def _state_country(says: Statements, item: Any, names: Mapping[str, str]) -> str:
    """State the country, if the item names one only."""
    found = [names.get(item_of(one), "") for one in best(item, _COUNTRY)]
    codes = {country_code(name) for name in found if name}
    code = codes.pop() if len(codes) == 1 else None
    says.add("country", code, f"country ({_COUNTRY})", ", ".join(found))
    return code or ""


def _state_numbers(says: Statements, item: Any, country: str) -> str:
    """State the numbers; return that in the national register of the country, if it is known."""
    own = ""
    for field, scheme, of, number in numbers_of(item):
        is_register = "register" in document("wikidata.yaml")["numbers"][field]
        plain = number if scheme == "lei" else number.replace(" ", "")
        if scheme == "lei":
            says.add("lei", plain.upper(), field, number)
        elif scheme != "register_number":
            says.add("national_id", f"{scheme} {plain}", field, number)
        if is_register and of == country:
            says.add("register_number", plain, field, number)
            own = own or plain
    return own


def _state_names(says: Statements, item: Any, own: list[str]) -> None:
    for one in best(item, _NAMES)[:_MOST_EACH]:
        name = written(one)
        says.add("legal_name", name, f"official name ({_NAMES})", name)
    says.add("name", own[0], "label", own[0])
    for alias in own[1:]:
        says.add("alias", alias, "alias", alias)


def _state_seat(says: Statements, item: Any, names: Mapping[str, str]) -> str:
    """State the city of the headquarters, if the item names one only."""
    cities = {names.get(item_of(one), "") for one in best(item, _SEAT)} - {""}
    city = cities.pop() if len(cities) == 1 else ""
    says.add("city", city, f"headquarters location ({_SEAT})", city)
    return city


def _state_website(says: Statements, item: Any) -> str:
    first = ""
    for one in best(item, _WEBSITE)[:_MOST_EACH]:
        url = written(one)
        domain = company_domain(url) if url else None
        if domain:
            says.add("website", url, f"official website ({_WEBSITE})", url)
            says.add("domain", domain, f"official website ({_WEBSITE})", url)
            first = first or domain
    return first


def _state_size(says: Statements, item: Any) -> None:
    """State employees and revenue, which Wikidata holds of the whole group."""
    staff = latest(best(item, _EMPLOYEES))
    count = amount_of(staff) if staff else None
    if staff and count is not None and not unit_of(staff) and count == int(count):
        people = Range(int(count), int(count))
        says.add(
            "employees",
            people,
            f"employees ({_EMPLOYEES})",
            int(count),
            as_of=as_of(staff),
            scope=Scope.GROUP,
        )
    revenue = latest(best(item, _REVENUE))
    amount = amount_of(revenue) if revenue else None
    currency = document("wikidata.yaml")["currencies"].get(unit_of(revenue)) if revenue else None
    if revenue and amount is not None and currency:
        minor = int(amount * MINOR_UNITS)
        says.add(
            "turnover",
            MoneyRange(Range(minor, minor), currency),
            f"total revenue ({_REVENUE})",
            f"{amount} {currency}",
            as_of=as_of(revenue),
            scope=Scope.GROUP,
        )


def _state_life(says: Statements, item: Any) -> None:
    """State the year of inception, and that the company is dissolved."""
    begun = [last_day(value_of(one)) for one in best(item, _FOUNDED)]
    years = {one.year for one in begun if one}
    if years:
        span = Range(min(years), max(years))
        says.add("founded", span, f"inception ({_FOUNDED})", ", ".join(map(str, sorted(years))))
    for one in best(item, _DISSOLVED)[:1]:
        ended = last_day(value_of(one))
        said = ended.isoformat() if ended else "at an unknown time"
        says.add("status", "dissolved", f"dissolved ({_DISSOLVED})", said, as_of=ended)


def _state_items(says: Statements, item: Any, names: Mapping[str, str]) -> None:
    """State industries and the parent by the names of their items."""
    for one in best(item, _INDUSTRY)[:_MOST_EACH]:
        words = names.get(item_of(one), "")
        if words:
            says.add("industry", IndustryCode("text", words), f"industry ({_INDUSTRY})", words)
    parents = [names.get(item_of(one), "") for one in best(item, _PARENT)]
    parent = parents[0] if len(parents) == 1 else ""
    says.add("parent", parent, f"parent organization ({_PARENT})", parent)
