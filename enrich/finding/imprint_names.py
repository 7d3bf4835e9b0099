"""Names without a legal form above the address of an imprint: the owner, as a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich.finding.names_agree import Agreement, best
from enrich.finding.sight import Sight
from enrich.name_parts import has_form, name_in
from leads.lexicon.names.company_names import CompanyName

#: Lines above the one with the postcode: name, person, street.
_ABOVE = 4
_MOST_LINES, _MOST_WORDS = 400, 6
#: A line that a postcode begins, or ends as in Britain.
_POSTCODE = re.compile(
    r"(?:[A-Z]{1,3}-)?\d{2,5}(?:[ -]\d{2,4})?\s[^\W\d_]|.{0,40}[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}$"
)


def other_owner_named(sight: Sight) -> str:
    """Return the name by which an imprint names another owner than the row; "" if it does not.

    That is a name which begins with the row's and goes on (`Nordlicht Beratung` for `Nordlicht
    GmbH`), where no imprint has the row's name itself.
    """
    others = ""
    for name in _named(sight):
        level = best(sight.names, name)
        if level is Agreement.SAME:
            return ""
        if level and not others and _goes_on(sight, name):
            others = name.shown
    return others


def _goes_on(sight: Sight, name: CompanyName) -> bool:
    sizes = [len(one.tokens) for one in sight.names if name.tokens[: len(one.tokens)] == one.tokens]
    return any(size < len(name.tokens) for size in sizes)


def _named(sight: Sight) -> Iterator[CompanyName]:
    for page in sight.shown.pages:
        if page.kind == "imprint":
            lines = [one for one in page.text.split("\n")[:_MOST_LINES] if one.strip()]
            yield from _above_addresses(lines)


def _above_addresses(lines: list[str]) -> Iterator[CompanyName]:
    for at, line in enumerate(lines):
        if not _POSTCODE.match(line.strip()[:80]):
            continue
        for above in lines[max(0, at - _ABOVE) : at]:
            name = name_in(above) if len(above.split()) <= _MOST_WORDS else None
            if name is not None and (has_form(name) or not any(map(str.isdigit, above))):
                yield name
