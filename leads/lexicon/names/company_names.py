"""Parse a company name: display form, comparable core, legal forms and numbers."""

from __future__ import annotations

import re
from typing import NamedTuple

from leads.lexicon.names.form_marks import AND, ANDS, SHORT_AND, marks
from leads.lexicon.names.form_slips import (
    with_co_corrected,
    with_forms_corrected,
    with_slip_apart,
)
from leads.lexicon.names.form_stripping import strip_forms, without_forms
from leads.lexicon.names.legal_form_table import tables
from leads.lexicon.names.legal_forms import (
    form_at_end,
    groups_of,
    legal_form,
    with_native_forms_apart,
)
from leads.lexicon.names.native_words import with_native_words_read
from leads.lexicon.names.roman_numerals import with_arabic_numbers
from leads.lexicon.places.countries import country_code
from leads.lexicon.transliterate import cleaned, compatible, to_ascii

#: Maximum characters read; a longer text is a paste accident, and its beginning is distinctive
#: enough.
LONGEST = 500

_WORD = re.compile(r"[A-Za-z0-9]+")
#: ASCII letters and single spaces, and no capital behind a small letter.
_PLAIN = re.compile(r"(?:[A-Z]++[a-z]*+|[a-z]++)(?: (?:[A-Z]++[a-z]*+|[a-z]++))*+")
#: An unclosed bracket was cut off by a column width.
_BRACKET = re.compile(r"\s*[(\[{]([^()\[\]{}]*)([)\]}]|$)\s*")
#: A form that begins with a capital right after a small letter; the letter before is checked on the
#: match, which is faster.
_CAMEL_FORM = re.compile(
    r"\B(?:g?GmbH|AG|KG|KGaA|Ltd|LLC|LLP|PLC|Inc|Corp|SARL|SA|SRL|SpA|BV|NV|AB|ApS|Oy|OOO)\b"
)
#: A whole name without spaces (`AcmeGlobalSupplyCo`): three or more capitals, each after a small
#: letter.
_CAMEL = re.compile(r"[a-z][A-Z]")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PLUS = re.compile(r"(?<=\w)\s*\+\s*(?=\w)")
#: `F.lli`, `C.ia`, `S.ta`: a word without its middle.
_DOTTED = re.compile(r"\b([A-Za-z])\.(lli|LLI|ia|IA|ta|TA|to|TO)\b")
_DIGITS = re.compile(r"\d+")


class CompanyName(NamedTuple):
    """A parsed name; `core` is empty only if the name is."""

    #: As given.
    raw: str
    #: Cleaned for display.
    shown: str
    #: For comparing: lower-case ASCII, legal forms removed at both ends, "and" for &, digits for
    #: Roman numerals.
    core: str
    #: Canonical legal forms in order from the end (`gmbh & co kg`, `ltd`), see
    #: `leads/lexicon/names/legal_forms.py`.
    forms: tuple[str, ...]
    #: Bracket content removed from `core`: countries (as ISO code), states (`in liquidation`).
    brackets: tuple[str, ...] = ()
    #: Other names of the company in the text (`Foo (formerly Bar)`, `Foo t/a Bar`), as written.
    others: tuple[str, ...] = ()
    #: Those of `forms` that stand only before the name: `SAS Dupont`, but also `SAS Institute`.
    front_forms: tuple[str, ...] = ()

    @property
    def tokens(self) -> tuple[str, ...]:
        """Return the words of `core`."""
        return tuple(self.core.split())

    @property
    def numbers(self) -> tuple[str, ...]:
        """Return every run of digits in `core`, without leading zeros."""
        return tuple(run.lstrip("0") or "0" for run in _DIGITS.findall(self.core))


def parse_name(text: str) -> CompanyName:
    """Parse any text as a company name; only its first 500 characters are read."""
    return _parse_plain(text) or _parse_any(text)


def _parse_plain(text: str) -> CompanyName | None:
    """Parse a name of ASCII letters and single spaces; None for others, and for some words.

    Most names are such, and need none of the slower steps.
    """
    if len(text) > LONGEST or not _PLAIN.fullmatch(text):
        return None
    core, known = text.lower(), marks()
    words = core.split()
    if known.tell_nothing(words):
        return CompanyName(text, text, core, ())
    if not known.depend.isdisjoint(words):
        return None
    if known.are_in(words):
        if alone := known.only_form(words):
            return CompanyName(text, text, " ".join(words[:-1]), (alone,))
        if not known.slips.isdisjoint(words):
            words = with_forms_corrected(words)
        kept, forms, state, front = without_forms(words, text)
        return CompanyName(text, text, " ".join(kept or words), forms, state, (), front)
    return CompanyName(text, text, " ".join(words), ())


def _parse_any(text: str) -> CompanyName:
    shown = cleaned(text[:LONGEST])
    plain = shown
    if not plain.isascii():
        native = compatible(plain)
        plain = to_ascii(with_native_words_read(with_native_forms_apart(native), native))
    brackets: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    if "(" in plain or "[" in plain or "{" in plain:
        plain, brackets, others = _without_brackets(plain)
    words, plain = _split(with_co_corrected(plain))
    if others == () and not tables().first_of_renames.isdisjoint(words):
        first, others = _without_other_names(plain)
        if others:
            words, plain = _split(first)
    words = with_forms_corrected(words)
    kept, forms, state, front = without_forms(words, plain)
    if not kept:
        kept = words
    tokens = _with_initials_joined(kept) if len(kept) > 1 and 1 in map(len, kept) else kept
    tokens = with_arabic_numbers(tokens)
    core = " ".join(tokens) or shown.casefold()
    return CompanyName(text, shown, core, forms, brackets + state, others, front)


def _split(plain: str) -> tuple[list[str], str]:
    """Return the folded words, and the text with their original spelling."""
    if "&" in plain:
        plain = plain.replace("&", " and ")
    if "." in plain:
        plain = _DOTTED.sub(r"\1\2", plain)
    if "+" in plain:
        plain = _PLUS.sub(" and ", plain)
    if "'" in plain or "`" in plain:
        plain = plain.replace("'", "").replace("`", "")
    # `Acme Ltd` is a title, and has no capital inside a word.
    if not plain.istitle() and _CAMEL.search(plain):
        plain = _without_humps(plain)

    words = _WORD.findall(plain.lower())
    if len(words) > 2 and not ANDS.isdisjoint(words):
        _write_and(words, plain)
    return words, plain


def _write_and(words: list[str], plain: str) -> None:
    """Replace each word between others that means "and" in its language."""
    written = _WORD.findall(plain)
    for at in range(1, len(words) - 1):
        word = words[at]
        if word in AND or (
            word in SHORT_AND
            and len(words[at + 1]) > 1
            and (written[at] == word or plain.isupper())
        ):
            words[at] = "and"


def _without_humps(plain: str) -> str:
    """Insert spaces before a glued legal form, or between the words of a glued name."""
    plain = with_slip_apart(plain)
    camel = _CAMEL_FORM.search(plain)
    if camel and plain[camel.start() - 1].islower() and not _is_of_name(camel, plain):
        plain = f"{plain[: camel.start()]} {plain[camel.start() :]}"
    return (
        _HUMP.sub(" ", plain)
        if " " not in plain and len(plain) > 11 and len(_HUMP.findall(plain)) > 1
        else plain
    )


def _is_of_name(camel: re.Match[str], plain: str) -> bool:
    """Check for Corp that another form follows: `OreCorp Ltd` is a name with its form."""
    behind = plain[camel.end() :].strip(" .,")
    return camel[0] == "Corp" and bool(behind) and legal_form(behind) is not None


def _without_brackets(plain: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Remove brackets with a country, state or other name; unwrap brackets around other words."""
    dropped: list[str] = []
    others: list[str] = []

    def replace(match: re.Match[str]) -> str:
        inner = match.group(1).strip()
        if not match.group(2) and match.start() > 0:
            return " "
        rename = tables().renames_in_brackets.match(inner)
        if rename and rename.end() < len(inner):
            others.append(inner[rename.end() :])
            return " "
        if "".join(_WORD.findall(inner.lower())) in tables().states:
            dropped.append(inner.lower())
            return " "
        whole = len(inner) > 3 and inner.lower() not in tables().parts_of_countries
        code = country_code(inner) if whole else None
        if code:
            dropped.append(code)
            return " "
        return f" {inner} "

    opened = _BRACKET.sub(replace, plain)
    return (opened, tuple(dropped), tuple(others)) if _WORD.search(opened) else (plain, (), ())


def _without_other_names(plain: str) -> tuple[str, tuple[str, ...]]:
    """Split `Foo Ltd formerly Bar Ltd`, `Foo t/a Bar`, `Foo dba Bar` into first and other names."""
    parts = [part.strip(" ,;:") for part in tables().renames.split(plain)]
    if len(parts) > 1 and parts[0]:
        return parts[0], tuple(part for part in parts[1:] if part)

    found = tables().renames_behind_forms.search(plain)
    if found is None:
        return plain, ()
    head, other = plain[: found.start()], plain[found.end() :].strip(" ,;:")
    return (head, (other,)) if _are_two_names(head, other) else (plain, ())


def _are_two_names(head: str, other: str) -> bool:
    """Check that both texts are names, and the first ends in a form that is no ordinary word.

    `Mogara BV ex Betona`; but not `Eat Co Now Ltd`.
    """
    words, others = _WORD.findall(head.lower()), _WORD.findall(other.lower())
    form = form_at_end(words, len(words), head) if len(words) > 1 else None
    if form is None or not groups_of(form[1]) or not others:
        return False
    return strip_forms(others, len(others), other)[1] > 0


def _with_initials_joined(words: list[str]) -> list[str]:
    """Join runs of single letters into one word: `i b m` becomes `ibm`."""
    joined: list[str] = []
    run = ""
    for word in words:
        if len(word) == 1 and word.isalpha():
            run += word
            continue
        if run:
            joined.append(run)
            run = ""
        joined.append(word)
    return [*joined, run] if run else joined
