"""What is wrong with how a provider's file reads answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leads.attributes import ATTRIBUTES
from leads.lexicon.numbers.money import CURRENCIES
from leads.lexicon.places.countries import CODES
from leads.prices import parse_price
from leads.yaml_mistakes import did_you_mean
from sources.providers.file import AnswerAt, ProviderFile, Rule
from sources.providers.question_flaws import Flaw
from sources.providers.readers import READERS


def answer_flaws(file: ProviderFile) -> Iterator[Flaw]:
    """Find what is wrong with how the answers of a provider are read."""
    if file.identity.name is None and file.identity.domain is None:
        yield Flaw("identity", "needs `name:` or `domain:`: a company must be told from another")
    for code in file.countries:
        if code not in CODES:
            yield Flaw("countries", f"{code} is no country")
    for name, places in file.answers.items():
        where = f"answers.{name}"
        yield from (Flaw(where, said) for place in places for said in _meaning(name, place))
    for at, rule in enumerate(file.errors):
        yield from (Flaw(f"errors.{at}", said) for said in _rule(rule))
    yield from _unreached(file.errors)
    yield from _price(file)
    if file.billed and (file.billed.header is None) == (file.billed.path is None):
        yield Flaw("billed", "needs `header:` or `path:`, one of them")


def _meaning(name: str, place: AnswerAt) -> Iterator[str]:
    """What does not fit the attribute of a place."""
    if name not in READERS:
        yield _no_attribute(name)
        return
    has_currency = bool(place.currency or place.currency_path)
    if place.currency and place.currency not in CURRENCIES:
        yield f"{place.currency} is no currency"
    if name == "turnover" and not has_currency:
        yield "needs `currency:` or `currency_path:`"
    if name != "turnover" and has_currency:
        yield "is no money: take the currency out"
    if name != "industry" and place.scheme != "text":
        yield "is no industry: take `scheme:` out"


def _rule(rule: Rule) -> Iterator[str]:
    compares = rule.equals is not None or rule.empty
    if rule.path is None and compares:
        yield "needs `path:` to compare"
    if rule.path and (rule.equals is None) == (not rule.empty):
        yield "needs `equals:` or `empty: true` beside `path:`"
    waits = rule.wait_header or rule.wait_path
    if waits and rule.outcome in ("no match", "not covered"):
        yield "is an answer, and nobody waits after it: take the wait out"
    if rule.status == 200 and rule.path is None:
        yield "would refuse every answer: add `path:`"


def _unreached(rules: Sequence[Rule]) -> Iterator[Flaw]:
    """Rules behind one that fits every answer of their status."""
    settled: set[int] = set()
    for at, rule in enumerate(rules):
        if rule.status in settled:
            yield Flaw(
                f"errors.{at}", f"is never reached: a line before it takes every {rule.status}"
            )
        if rule.path is None:
            settled.add(rule.status)


def _price(file: ProviderFile) -> Iterator[Flaw]:
    price = parse_price(file.price)
    if price.currency not in CURRENCIES:
        yield Flaw("price", f"{price.currency} is no currency")
    if file.billing == "nothing" and price.micros:
        yield Flaw(
            "billing", "says that nothing is paid: write `price: 0 EUR`, or what is paid for"
        )


def _no_attribute(name: str) -> str:
    if name in ATTRIBUTES:
        return "is not taken from providers"
    return f"there is no such attribute{did_you_mean(name, READERS)}"
