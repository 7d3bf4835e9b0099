"""Legal forms beside a name: written out, or in a line of their own under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from enrich.document import Document
from enrich.name_parts import (
    SEPARATOR,
    agrees_with_host,
    form_pattern,
    has_form,
    last_capitalised,
    name_in,
)
from enrich.other_parties import is_of_other_party
from enrich.signs import listed
from enrich.tables import either, words
from leads.lexicon.names.company_names import CompanyName
from leads.lexicon.names.legal_forms import legal_form
from leads.lexicon.transliterate import to_ascii

_MOST = 20
#: Names that end in a short form are read elsewhere.
_SHORT = 5
#: Maximum letters between a word of a form and its ends.
_AROUND = 80
#: How far a name may be from the form, and a labelled name from a labelled form.
_REACH, _NEAR = 110, 400
_QUOTED = re.compile(r" ?[:,]? ?[\"'„“«‚‘»] ?(?P<name>[^\n\"'“”«»‘’]{2,60}) ?[\"'“”»‘’«]")
_BEHIND = re.compile(r" (?P<name>[^\W_a-zà-ž][^\n,;:()|]{1,60})")
_PREVIOUS_LINE = re.compile(r"(?:^|\n)(?P<line>[^\n]{2,80})\n\Z")


@dataclass(frozen=True, slots=True)
class SpelledName:
    """A name and the legal form beside it, with the span of both in the text."""

    name: CompanyName
    form: str
    start: int
    end: int


def spelled_names(document: Document) -> Iterator[SpelledName]:
    """Yield names whose legal form is written out or labelled (`Acme, société anonyme`)."""
    if document.mentions(listed("names", "form_label_heads")):
        yield from _labelled(document)
    for match in _written_out(document):
        found = _beside(document, match)
        if found is not None and not is_of_other_party(document, found.start):
            yield found


def _written_out(document: Document) -> list[re.Match[str]]:
    """Return the forms near a word that they contain: faster than a search of the whole text."""
    found: dict[int, re.Match[str]] = {}
    folded = document.folded
    for head in filter(document.has, words("names")["spelled_heads"]):
        for at in document.places(head, _MOST):
            for match in _forms().finditer(folded, max(0, at - _AROUND), at + _AROUND):
                found.setdefault(match.end(), match)
    kept: list[re.Match[str]] = []
    for match in sorted(found.values(), key=lambda one: (one.start(), -one.end())):
        if not kept or match.start() >= kept[-1].end():
            kept.append(match)
    return kept[:_MOST]


def _beside(document: Document, match: re.Match[str]) -> SpelledName | None:
    """Find the name before the form, on the line above, or after it."""
    form = _form_of(match)
    text, start, end = document.text, match.start(), match.end()
    line = max(text.rfind("\n", 0, start) + 1, text.rfind("\t", 0, start) + 1, start - _REACH)
    if not text[line:start].strip(" (–—-"):
        above = _on_the_line_above(document, line, end, form)
        return above or _behind(document, start, end, form)
    if end - start <= _SHORT:
        return None

    joint = _joint().search(document.folded, line, start)
    before = SEPARATOR.split(text[line : joint.start() if joint else start])[-1]
    written = last_capitalised(before.rstrip(" ,;"))
    if not written or (joint is None and written.casefold() in words("names")["articles"]):
        return _behind(document, start, end, form)
    # "Acme Aktiengesellschaft" is the whole name; a comma would make the form a description.
    name = name_in(written if joint else f"{written} {text[start:end]}")
    if name is None or not (joint or has_form(name)):
        return None
    return SpelledName(name, form, max(line, text.rfind(written[:3], line, start)), end)


def _on_the_line_above(document: Document, line: int, end: int, form: str) -> SpelledName | None:
    """Read a name that stands alone above its form, if the domain or a label says so."""
    above = _PREVIOUS_LINE.search(document.text, max(0, line - 90), line)
    if above is None:
        return None
    label = _label("name_labels").match(document.folded, above.start("line"), above.end("line"))
    at = label.end() if label else above.start("line")
    name = name_in(document.text[at : above.end("line")])
    if name is None or has_form(name) or len(name.tokens) > 6:
        return None
    return SpelledName(name, form, at, end) if label or agrees_with_host(name, document) else None


def _behind(document: Document, start: int, end: int, form: str) -> SpelledName | None:
    """Read a name after the form if it is quoted, or spelled by the domain."""
    quoted = _QUOTED.match(document.text, end)
    match = quoted or _BEHIND.match(document.text, end)
    if match is None:
        return None
    name = name_in(match["name"] if quoted else _first_capitalised(match["name"]))
    if name is None or not (quoted or agrees_with_host(name, document)):
        return None
    return SpelledName(name, form, start, match.end("name"))


def _first_capitalised(written: str) -> str:
    taken: list[str] = []
    for word in written.split():
        if word[0].islower() and word not in words("names")["joints"]:
            break
        taken.append(word)
    return " ".join(taken)


def _labelled(document: Document) -> Iterator[SpelledName]:
    """Read `Raison sociale: Acme` beside `Forme juridique: SAS`, in either order."""
    for label in _label("form_labels").finditer(document.folded):
        form = _form_at(document, label.end())
        start = max(0, label.start() - _NEAR)
        names = [
            *_label("name_labels").finditer(document.folded, start, label.start()),
            *_label("name_labels").finditer(document.folded, label.end(), label.end() + 200),
        ]
        for one in names[-1:] if form else ():
            line_end = document.text.find("\n", one.end())
            line = document.text[one.end() : line_end if line_end >= 0 else None]
            name = name_in(re.split(r"[\t|]", line[:90])[0])
            if name is not None and not has_form(name) and form:
                yield SpelledName(name, form, one.end(), one.end() + len(line))
                return


def _form_at(document: Document, at: int) -> str | None:
    """Return the canonical form written at a position, spelled out or short."""
    spelled = _forms().match(document.folded, at)
    if spelled is not None:
        return _form_of(spelled)
    short = form_pattern().match(f" {document.text[at : at + 40]}", 1) or re.match(
        r"[^\n\t,;(]{2,40}", document.text[at : at + 40]
    )
    known = legal_form(short[0]) if short else None
    return known.name if known else None


def _form_of(match: re.Match[str]) -> str:
    return _names()[str(match.lastgroup)]


@cache
def _names() -> Mapping[str, str]:
    """Name the groups of the pattern: a canonical form can have spaces."""
    return {f"f{place}": form for place, form in enumerate(words("names")["spelled_forms"])}


@cache
def _forms() -> re.Pattern[str]:
    """Match every form that is written out, and a short one that a capital follows."""
    table = words("names")["spelled_forms"]
    groups = [
        f"(?P<{group}>{either(map(_with_or_without_accents, table[form]))})"
        for group, form in _names().items()
    ]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(groups)})(?![^\W_])")


def _with_or_without_accents(pattern: str) -> str:
    return "".join(map(_any_accent, pattern)).replace(" ", r"[ \u00a0]")


def _any_accent(letter: str) -> str:
    plain = letter if letter.isascii() or not letter.isalpha() else to_ascii(letter).lower()
    return f"(?:{letter}|{plain}['’]?)" if plain != letter and len(plain) == 1 else letter


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf" ?(?:{either(words('names')['form_joints'])}) ?\Z")


@cache
def _label(kind: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{either(words('names')[kind])}) ?(?:[:\t]|\n(?=[^\n:]+\n)) ?"
    )
