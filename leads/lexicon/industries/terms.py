"""Industry terms of an ICP: names (`dentists`, `Maschinenbau`) or codes (`25.62`, `naics:31`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from leads.lexicon.industries import codes as codes
from leads.lexicon.industries import words as words
from leads.values import IndustryCode

_SCHEMES = {"nace": "nace2.1", "isic": "isic4"} | {scheme: scheme for scheme in codes.SCHEMES}
_BARE_CODE = re.compile(r"[A-V]|[A-V]?[0-9]{2}(?:\.?[0-9]{1,2})?")


@cache
def industry_of(term: str) -> words.Industry | None:
    """Return the industry whose name or synonym the term is."""
    known = words.industries()
    name = term.strip().casefold().replace(" ", "-")
    if name in known:
        return known[name]
    if ":" in term or _BARE_CODE.fullmatch(term.strip()):
        return None
    found = words.named(term)
    return found.industry if found else None


@cache
def split_term(term: str) -> tuple[str, str]:
    """Split a coded term into scheme and code; NACE without a revision has an empty scheme."""
    scheme, colon, code = term.strip().partition(":")
    if not colon:
        return "", codes.read_nace(term) or ""
    known = _SCHEMES.get(scheme.strip().casefold(), "")
    code = code.strip()
    if scheme.strip().casefold() == "nace":
        return "", codes.read_nace(code) or ""
    return known, (codes.read_nace(code) or "") if known in codes.NACE else code


def code_of(term: str) -> IndustryCode:
    """Return a code inside a term, as a fact about a company of that industry would have it."""
    if industry := industry_of(term):
        return IndustryCode("text", industry.words[0])
    scheme, code = split_term(term)
    if not scheme:
        scheme = "nace2.1" if codes.expand("nace2.1", code) else "nace2.0"
    return IndustryCode(scheme, code)


def check_term(term: str) -> str | None:
    """Return what is wrong with an ICP term, with the nearest word; None if it is valid."""
    if industry_of(term):
        return None

    scheme, colon, _ = term.strip().partition(":")
    if not colon and not _BARE_CODE.fullmatch(term.strip()):
        near = _nearest(words.plain(term).replace(" ", "-"), words.industries())
        return f"no such industry: {term}{near}"

    known, code = split_term(term)
    if colon and not known and scheme.strip().casefold() != "nace":
        names = ", ".join(f"{name}:…" for name in sorted(_SCHEMES))
        return f"no such scheme: {scheme}; write a plain name, a NACE code, or one of {names}"
    if known == "linkedin":
        return _check_linkedin(code)
    if known in codes.SCHEMES and known not in codes.NACE:
        is_known = codes.leaves(IndustryCode(known, code))
        return None if is_known else f"{_scheme_name(known)} has no code {code}"
    return _check_nace(known, code, term.rpartition(":")[2].strip())


def _check_linkedin(name: str) -> str | None:
    if codes.linkedin_path(name):
        return None
    return f"LinkedIn has no industry {name}{_nearest(name, codes.linkedin_names())}"


def _check_nace(revision: str, code: str, written: str) -> str | None:
    """Return what is wrong with a NACE code; an empty `revision` means either."""
    if any(codes.expand(home, code) for home in ([revision] if revision else codes.NACE)):
        return None

    moved = ""
    if revision == "nace2.1" and codes.renumbered(code):
        moved = f"; companies that had it in NACE 2.0 are in {_shown(code)}"
    return f"{_scheme_name(revision) if revision else 'NACE'} has no code {written}{moved}"


def check_revision(term: str) -> str | None:
    """Warn about a NACE code without a revision that exists in 2.0 only or changed meaning."""
    scheme, code = split_term(term)
    if industry_of(term) or scheme or not codes.expand("nace2.0", code):
        return None
    new = codes.expand("nace2.1", code)
    if not new:
        return (
            f"{term} is a code of NACE 2.0 that 2.1 has not: companies that had it are in"
            f" {_shown(code)}"
        )
    if not new.isdisjoint(codes.renumbered(code)):
        return None
    old, now = (_labelled(home, (code,), "")[0].split(maxsplit=3)[3] for home in codes.NACE)
    return (
        f"{term} is {old} in NACE 2.0 and {now} in NACE 2.1, read as the source reads it; write"
        f" nace2.0:{term} or nace2.1:{term}"
    )


def _shown(code: str) -> str:
    """Name the NACE 2.1 classes of a NACE 2.0 code: a few classes, else divisions."""
    classes = sorted(codes.renumbered(code))
    return (
        ", ".join(
            map(_dotted, classes) if len(classes) <= 6 else sorted({name[:2] for name in classes})
        )
        + " of NACE 2.1"
    )


def _nearest(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f", did you mean {near[0]}" if near else ""


def describe(term: str) -> str:
    """Describe a term in lines: codes with labels, partial matches, and matching words.

    For a term that `check_term` rejects, describe the error.
    """
    if wrong := check_term(term):
        return wrong
    if industry := industry_of(term):
        return "\n".join(_lines_of(industry))
    scheme, code = split_term(term)
    if not scheme or scheme in codes.NACE:
        lines = [term]
        for home in [scheme] if scheme else codes.NACE:
            lines += _labelled(home, (code,), "all of")
        return "\n".join(lines)
    reach = codes.leaves(IndustryCode(scheme, code))
    divisions = sorted({name[:2] for name in reach.classes}) if reach else []
    return "\n".join([term, *(_labelled(reach.home, divisions, "touches") if reach else [])])


def _lines_of(industry: words.Industry) -> list[str]:
    lines = [industry.name]
    for home in codes.NACE:
        lines += _labelled(home, industry.stated[home], "all of")
        lines += _labelled(home, industry.stated_partly[home], "part of")
    for scheme, above in industry.others.items():
        if above:
            lines.append(f"  all of {_scheme_name(scheme)} {', '.join(above)}")
    return [*lines, f"  in words: {', '.join(industry.words)}"]


def _labelled(home: str, prefixes: Iterable[str], how: str) -> list[str]:
    # Imported late: labels are only shown to people.
    from stdnum.eu import nace

    known = [prefix.replace(".", "") for prefix in prefixes if codes.expand(home, prefix)]
    labels = [
        nace.get_label(prefix, revision=home.removeprefix("nace")).strip() for prefix in known
    ]
    return [
        f"  {how} {_scheme_name(home)} {_dotted(prefix)} {label.capitalize()}"
        for prefix, label in zip(known, labels, strict=True)
    ]


def _dotted(code: str) -> str:
    return f"{code[:2]}.{code[2:]}" if len(code) > 2 else code


def _scheme_name(scheme: str) -> str:
    return {"linkedin": "LinkedIn", "sic": "US SIC", "isic4": "ISIC"}.get(
        scheme, scheme.replace("nace", "NACE ").replace("naics", "NAICS")
    )
