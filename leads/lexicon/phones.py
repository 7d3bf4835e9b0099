"""Normalise telephone numbers to E.164."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from types import ModuleType

from leads.lexicon.reference import document

_LONGEST_TEXT = 100
_FEWEST_DIGITS = 5
#: `Tel.:`, `Phone (office)`, `T` before a number.
_LABEL = re.compile(r"^[^\d+(]*(?:\([^\d)]*\))?[^\d+(]*")
_EXTENSION = re.compile(
    r"[\s,;]*(?:\bext(?:ension)?\b|(?<![^\W\d_])x|\bdw\b|\bdurchwahl\b|\bposte\b|\bint(?:erne|erno)?\b|\bwewn?\b"
    r"|\btst\b|\btoestel\b|\banexo\b|\bramal\b|\bдоб\b|\blinka\b|\bklapka\b|\bmellék\b|\bdahili\b|\banknytning\b|\blok(?:al)?\b|#)"
    r"[\s.:-]*\d{1,6}\s*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"[;,|\n]|\s/\s|\bor\b|\boder\b|\bou\b|\band\b|\bund\b|(?<=\d)\s+(?=\+)")
#: Other extensions of the same number: `23125-0 / -99`, `231251 01/02`.
_ALTERNATIVES = re.compile(
    r"(?:\s*/\s*-?\s*\d{1,4})+(?:\s*[-–]\s*\d{1,4})?$|\s*(?:\.{2,}|…|\bbis\b|\bdo\b|\bto\b|\bà\b)\s*-?\s*\d{1,4}$"
)
#: The national nought that is not dialled from abroad, also where a country has none.
_NATIONAL_NOUGHT = re.compile(r"^((?:\+|00)\s?\d{1,3}[\s.-]*)\(0\)\s*")
#: A phone number that a spreadsheet converted to a number.
_DECIMAL = re.compile(r"\.0$")
#: An international number without remarks, as most exports write it. No country's code begins with 0.
_BARE = re.compile(r"\+[1-9][0-9 ]{6,24}[0-9]")
#: Around the clock: `24h`, `24/7`.
_ALL_DAY = re.compile(
    r"[\s,;(]+24\s?(?:h|hrs?|hours?|std\.?|stunden|heures|horas|ore|/\s?7)\b.*$", re.IGNORECASE
)
#: A number that the word behind it calls a fax: `030 77012340 (Fax)`.
_FAX_BEHIND = re.compile(r"\(\s*([^\W\d_]+)[^()]*\)\s*$")
#: Text after the last digit: `(New York)`, `office`.
_REMARK = re.compile(r"\D+$")
_DATE = re.compile(r"\d{4}([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2\d{4}")
_LETTER = re.compile(r"[^\W\d_]")
_FULL_WIDTH_PLUS = str.maketrans(
    {
        "＋": "+",
        "\u200b": None,
        "\u00a0": " ",
        "\u202a": None,
        "\u202c": None,
        "\u2060": None,
        "\ufeff": None,
    }
)


def parse_phone(text: str, country: str | None = None, *, fax: bool = False) -> str | None:
    """Return the first number in E.164 (`+49301234567`) without extension; None if invalid.

    A number that the text calls a fax is none, unless `fax` asks for it.

    International spellings (`+49 (0)30 …`, `0049 30 …`) need no country. A national number is read
    as one of `country` (alpha-2), and is None without it. A number must fit its country's numbering
    plan; a plausible length is not enough.
    """
    if len(text) > _LONGEST_TEXT:
        return None
    if _BARE.fullmatch(text):
        return _bare(text)
    plain = _without_hours(text.translate(_FULL_WIDTH_PLUS).strip())
    code = country.upper() if country else None
    return next(
        (found for part in _labelled(plain, fax=fax) if (found := _parse(part, code))), None
    )


def countries_of_code(code: int) -> tuple[str, ...]:
    """Return the countries (alpha-2) of a dialling code, the main one first; none if unknown."""
    countries: tuple[str, ...] = _plans().countries_of_code(code)
    return countries


def phone_country(number: str) -> str | None:
    """Return the country (alpha-2) of a number in E.164; None if it cannot be read or has none."""
    country: str | None = _plans().phone_country(number)
    return country


def phone_zones(number: str) -> tuple[str, ...]:
    """Return the time zones of the area code of a number in E.164; none if it cannot be read."""
    zones: tuple[str, ...] = _plans().phone_zones(number)
    return zones


def _without_hours(text: str) -> str:
    text = _ALL_DAY.sub("", text)
    return _hours().sub("", text) if any(map(str.isalpha, text)) else text


def _labelled(text: str, *, fax: bool) -> list[str]:
    """Return the parts without those called a fax; with `fax`, those called a fax first."""
    if not any(map(str.isalpha, text)) or not _fax_label().search(text):
        return [text]
    text = _both_labels().sub("Tel. ", text)
    if (number := _called_fax(text)) is not None:
        return [number] if fax else []
    parts = [part for part in _labels().split(text) if part]
    called = [part for part in parts if _fax_label().match(part)]
    others = [part for part in parts if part not in called]
    return [*called, *others] if fax else others


def _called_fax(text: str) -> str | None:
    """Return the number before `(Fax)`; None without such a remark."""
    behind = _FAX_BEHIND.search(text)
    is_fax = behind is not None and _fax_label().fullmatch(behind[1])
    return text[: behind.start()] if behind and is_fax else None


@cache
def _fax_label() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_])(?:{_any(document('phones.yaml')['fax'])})(?![^\W\d_])", re.I)


@cache
def _both_labels() -> re.Pattern[str]:
    """`Tel./Fax:` before one number for both."""
    words = document("phones.yaml")
    joint = r"\.?(?:\s?[/&+]\s?|\s(?:und|and|et|e|y|en|i|og|och)\s)"
    phone, fax = rf"(?:{_any(words['phone'])})", rf"(?:{_any(words['fax'])})"
    return re.compile(
        rf"(?<![^\W\d_])(?:{phone}{joint}{fax}|{fax}{joint}{phone})(?![^\W\d_])\.?:?\s*", re.I
    )


@cache
def _labels() -> re.Pattern[str]:
    """A place before a label."""
    words = document("phones.yaml")
    labels = _any([*words["fax"], *words["phone"]])
    return re.compile(rf"(?<![^\W\d_])(?=(?:{labels})(?![^\W\d_]))", re.I)


@cache
def _hours() -> re.Pattern[str]:
    """The hours at the end of a text: `8-17 Uhr`, `Mo-Fr 9-18`."""
    words = document("phones.yaml")
    time = r"\d{1,2}(?:[:.h]\d{2})?"
    unit = rf"(?:{_any(words['hours'])})"
    return re.compile(
        rf"[\s,;(]+{time}\s?{unit}?\s?(?:-|–|to|bis|à|a|do)\s?{time}\s?{unit}\b.*$"
        rf"|[\s,;(]+(?:{_any(words['days'])})\b\.?\s?(?:-|–|to|bis|à|a)\s?(?:{_any(words['days'])})\b.*$",
        re.I,
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1 << 14)
def _bare(text: str) -> str | None:
    number: str | None = _plans().valid_bare(text)
    return number


@lru_cache(maxsize=1 << 14)
def _parse(text: str, country: str | None) -> str | None:
    if found := _number(text, country):
        return found
    # A single number that its plan does not know was looked at already: plans are slow.
    parts = [part for part in _SEVERAL.split(text) if part != text]
    return next((found for part in parts if (found := _number(part, country))), None)


def _number(text: str, country: str | None) -> str | None:
    text = _REMARK.sub("", _EXTENSION.sub("", _DECIMAL.sub("", _LABEL.sub("", text, count=1))))
    if (
        sum(letter.isdigit() for letter in text) < _FEWEST_DIGITS
        or _LETTER.search(_ALTERNATIVES.sub("", text))
        or _DATE.fullmatch(text)
    ):
        return None
    found = _without_alternatives(text, country) or _plans().valid(text, country)
    if found is None and (abroad := _NATIONAL_NOUGHT.sub(r"\1", text)) != text:
        return _number(abroad, country)
    if found is None and text.lstrip("( ").startswith("00"):
        found = _plans().valid("+" + text.lstrip("( ")[2:], None)
    return found


def _without_alternatives(text: str, country: str | None) -> str | None:
    """Return the first of several extensions: `030 23125-0 / -99` is +49 30 231250."""
    first = _ALTERNATIVES.sub("", text)
    return _plans().valid(first, country) if first != text else None


@cache
def _plans() -> ModuleType:
    # Imported late: the plans take 0.1 s to load, and most columns hold no number.
    from leads.lexicon import phone_plans

    return phone_plans
