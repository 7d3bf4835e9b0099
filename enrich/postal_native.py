"""Japanese and Russian addresses in their own script: the postcode first, the house last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from unicodedata import normalize

from enrich.postal_lines import MOST, Address

_JAPANESE = re.compile(
    r"(?:〒\s{0,2})?(?P<post>\d{3}[-−－‐–ー]\d{4})[\s,、]{0,3}"
    r"(?P<region>東京都|北海道|(?:大阪|京都)府|[一-龥]{2,3}県)"
    r"(?P<city>[一-龥ぁ-んァ-ヶ]{1,6}?(?:市[一-龥]{1,3}区|郡[一-龥]{1,4}[町村]|[市区町村]))"
    r"(?P<street>[^\s,、。|]{2,40})?"
)
_KINDS = (
    r"(?:ул|улица|пр|пр-т|просп|проспект|пер|переулок|наб|набережная|ш|шоссе|б-р|бульвар|пл|площадь"
    r"|проезд|тупик|линия|аллея)"
)
_STREET = (
    rf"(?:{_KINDS}\.? ?[^\n,]{{2,40}}|[^\n,]{{2,40}} {_KINDS}\.?)(?=[,\n]|$)"
    r"(?:, ?(?:(?:д|дом|стр|строение|корп|корпус|к|оф|офис|лит|пом|вл)\.? ?)?[\d][\w/-]{0,6}"
    r"|, ?(?:лит|корп|к)\.? ?\w{1,3})*"
)
_TOWN = r"(?:г\.? ?|город )?(?P<city>[А-ЯЁ][а-яё]+(?:[- ](?:на-)?[А-ЯЁ][а-яё]+){0,2})"
_REGION = r"(?:(?P<region>[А-ЯЁ][а-яё]+ (?:область|обл\.?|край))[, ]{1,3})?"
_RUSSIAN = re.compile(
    rf"(?<!\d)(?P<post>\d{{6}}),? +(?:Россия, ?|РФ, ?)?{_REGION}{_TOWN}, ?(?P<street>{_STREET})"
)
_RUSSIAN_LAST = re.compile(
    rf"(?<!\w){_TOWN}, ?(?P<street>{_STREET}), ?(?:Россия, ?)?(?P<post>\d{{6}})(?!\d)"
)
_RUSSIA = ("Россия", "РОССИЯ", "Российская Федерация", "Russia")
_PREFECTURES = ("県", "東京都", "府", "北海道")
#: Countries with such addresses.
_SOVIET = frozenset({"RU", "BY", "KZ", "KG"})


def in_own_script(text: str, hint: str | None) -> Iterator[Address]:
    """Find `〒150-0001 東京都渋谷区神宮前1-2-3` and `123456, г. Москва, ул. Примерная, д. 5`."""
    if any(sign in text for sign in _PREFECTURES):
        for match in islice(_JAPANESE.finditer(text), MOST):
            yield _address(match, "JP", stated=True)
    is_named = any(name in text for name in _RUSSIA)
    if hint in _SOVIET or is_named:
        yield from _russian(text, hint if hint in _SOVIET else "RU", is_named=is_named)


def _russian(text: str, country: str | None, *, is_named: bool) -> Iterator[Address]:
    for pattern in (_RUSSIAN, _RUSSIAN_LAST):
        for match in islice(pattern.finditer(text), MOST):
            yield _address(match, country or "RU", stated=is_named and country == "RU")


def _address(match: re.Match[str], country: str, *, stated: bool) -> Address:
    parts = match.groupdict()
    post = re.sub(r"[−－‐–ー]", "-", normalize("NFKC", parts["post"]))
    return Address(
        parts["street"],
        post,
        parts["city"],
        parts.get("region"),
        country,
        stated=stated,
        start=match.start(),
        end=match.end(),
    )
