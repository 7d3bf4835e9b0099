"""ISO 3166-1 alpha-2 codes from names, codes and flags in lists.

Names come from `leads/lexicon/data/countries.tsv` (thirteen European languages) and
`leads/lexicon/data/country_aliases.yaml`. An ambiguous text (`Congo`) gives None. `Georgia` alone
is the country, since country columns hold no states (`leads.lexicon.places.locations` knows the
state). `Korea` alone is South Korea.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from leads.lexicon.reference import document, rows
from leads.lexicon.transliterate import to_ascii

#: The codes of ISO 3166-1, and XK for Kosovo.
CODES = frozenset(
    """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG
    CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL
    GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA
    LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP
    NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW""".split()  # noqa: E501, SIM905 - a list of 250 strings would be 250 lines
)
_LONGEST_TEXT = 100
#: Unless in capitals, these mean "none" or "no".
_WORDS = frozenset({"na", "no"})
_NOT_WORD = re.compile(r"[\W_]+")
_JOINTS = re.compile(r"[()\[\]/|;:]|\s[-–—]\s|,")
_STATE = (
    r"(?:federal |federative |islamic |bolivarian |hellenic"
    r" )?(?:republic|kingdom|principality|grand duchy|sultanate|commonwealth) of"
)
_FORMAL = re.compile(rf"{_STATE} (?:the )?(?P<after>.+)|(?P<before>.+) {_STATE}(?: the)?")
#: International vehicle signs of one letter, of the countries whose lists use them.
_VEHICLE_SIGNS = {
    "A": "AT",
    "B": "BE",
    "D": "DE",
    "E": "ES",
    "F": "FR",
    "H": "HU",
    "I": "IT",
    "L": "LU",
    "N": "NO",
    "P": "PT",
    "S": "SE",
}
_FLAG_A = 0x1F1E6
_SHOWN = {
    "CD": "DR Congo",
    "CG": "Congo (Brazzaville)",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
}


def country_code(text: str) -> str | None:
    """Parse a country from its code (`NA`, `NAM`), name, alias (`U.S.A.`, `England`) or flag, or
    None.

    A code may accompany the name (`DE - Germany`, `Germany (DE)`) if both agree. Lower-case `na`
    and `no` are words.
    """
    return _read(text.strip()) if len(text) <= _LONGEST_TEXT else None


def column_country(text: str) -> str | None:
    """Parse a cell of a country column: also the sign of vehicles, such as `D` and `A`.

    Elsewhere a single letter says nothing.
    """
    return country_code(text) or _VEHICLE_SIGNS.get(text.strip())


def country_name(code: str) -> str:
    """Return the English name of an alpha-2 code; any other text is returned unchanged."""
    return _english().get(code, code)


@lru_cache(maxsize=1 << 14)
def _read(text: str) -> str | None:
    found = _one(text)
    if found is not None:
        return found
    parts = [part for part in _JOINTS.split(text) if part.strip()]
    if len(parts) < 2:
        return None
    codes = {_one(part.strip()) for part in parts}
    return codes.pop() if len(codes) == 1 else None


def _one(text: str) -> str | None:
    if text.upper() in CODES and (text.isupper() or text.lower() not in _WORDS):
        return text.upper()
    if code := _code_of_flag(text):
        return code if code in CODES else None
    if text in _alpha3():
        return _alpha3()[text]

    names = _names()
    key = compared(text)
    if key in names:
        return names[key] or None
    formal = _FORMAL.fullmatch(key) if " of" in key else None
    return names.get(formal["after"] or formal["before"]) if formal else None


def _code_of_flag(text: str) -> str:
    """Return the two letters of a flag, which need not be a country's; "" for other texts."""
    if len(text) != 2 or not all(0 <= ord(letter) - _FLAG_A < 26 for letter in text):
        return ""
    return "".join(chr(ord(letter) - _FLAG_A + ord("A")) for letter in text)


def compared(text: str) -> str:
    """Normalise a name: `U.S.A.` equals `USA`, `Côte d'Ivoire` equals `COTE D IVOIRE`."""
    text = to_ascii(text).casefold().replace("&", " and ")
    if "." in text:
        # Dots inside initials join them (u.s.a.); dots after a short word part separate (st.
        # lucia).
        text = re.sub(r"(?<=\b\w)\.(?=\s?\w\b)\s?", "", text).replace(".", " ")
    key = _NOT_WORD.sub(" ", text).strip()
    return key.removeprefix("the ")


def country_names() -> Mapping[str, str]:
    """Return the code by name, as `compared` writes it; "" for an ambiguous name."""
    return _names()


@cache
def _names() -> dict[str, str]:
    """Return the code by normalised name; "" for an ambiguous name."""
    names: dict[str, str] = {}
    for code, _, _, in_languages in rows("countries.tsv"):
        names |= {compared(name): code for name in in_languages.split("|")}
    for code, aliases in document("country_aliases.yaml").items():
        names |= {compared(alias): "" if code == "ambiguous" else code for alias in aliases}
    return names


@cache
def _alpha3() -> dict[str, str]:
    return {alpha3: code for code, alpha3, _, _ in rows("countries.tsv")}


@cache
def _english() -> dict[str, str]:
    return {code: name for code, _, name, _ in rows("countries.tsv")} | _SHOWN
