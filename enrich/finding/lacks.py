"""Why nothing was found for a row, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from enrich.finding.candidates import candidates
from enrich.finding.labels import LONGEST_NAME, is_only_form
from enrich.finding.scripts import latin_part, unread
from enrich.finding.wanted import Wanted
from leads.lexicon.names.company_names import parse_name
from leads.visit_outcomes import Outcome, Unvisited

#: What a visit that ended so says, and what helps.
_SAYS: dict[str, str] = {
    Outcome.ROBOTS_DENIED: "robots.txt of {site} forbids it: look yourself",
    Outcome.OPTED_OUT: "the owner of {site} wants no visits: look yourself",
    Outcome.TOO_LARGE: "the page of {site} is too large to read: look yourself",
    Outcome.NOT_HTML: "{site} shows no page of text: look yourself",
    Outcome.EMPTY: "{site} shows no text: look yourself",
    Outcome.HTTP_ERROR: "{site} answered with an error ({reason}): look yourself",
    Outcome.ROBOTS_UNKNOWN: "a visit another time: robots.txt of {site} could not be read",
    Outcome.TIMEOUT: "a visit another time: {site} did not answer in time",
    Outcome.UNREACHABLE: "a visit another time: {site} did not answer",
    Unvisited.UNFINISHED: "a visit another time: {site} was not visited to the end",
    Unvisited.RESTING: "a visit another time: {site} is left alone for now ({reason})",
    Outcome.ASKED_TO_WAIT: "a visit another time: {site} asked to wait",
}
_LOOPS = "{site} redirects in a circle: look yourself"
#: What visits say of a site that asked to wait.
_UNTIL = "no visit before "
_OF_NAME = "the company's website, e-mail address or another name in the list"
_LATIN = "its name in Latin letters, website or e-mail address in the list"


def why_no_candidate(wanted: Wanted) -> str:
    """Say why no domain can be made of a row; empty if one can."""
    if candidates(wanted, 1):
        return ""
    name = wanted.name[:LONGEST_NAME]
    if not name.strip():
        return "the row names no company"
    if not any(map(str.isalnum, name)):
        return "the name has neither letters nor digits"
    if why := why_unread(wanted):
        return why
    parsed = parse_name(name)
    if is_only_form(parsed) and parsed.forms:
        return "the name says nothing but a legal form"
    return "no domain can be made of the name"


def why_unread(wanted: Wanted) -> str:
    """Say why the letters of a name are not spelled as a domain; empty if they, or an alias, are."""
    names = (wanted.name, *wanted.aliases)
    scripts = [unread(one, wanted.country) for one in names]
    if all(script and not latin_part(one) for one, script in zip(names, scripts, strict=True)):
        return f"{scripts[0]} letters do not tell how the name is read"
    return ""


def lacks_of_name(wanted: Wanted) -> str:
    """Say what the list could state besides, so that a site is found."""
    return _LATIN if why_unread(wanted) else _OF_NAME


def lacks_of_sites(visits: Iterable[tuple[str, str, str]]) -> tuple[str, ...]:
    """Say what helps with sites whose pages were not seen; each as domain, outcome and reason."""
    return tuple(dict.fromkeys(_lacks(visits)))


def _lacks(visits: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for site, outcome, reason in visits:
        _, asked, until = reason.partition(_UNTIL)
        if asked and outcome != Outcome.OK:
            yield f"a visit after {until}: {site} asked to wait"
        elif outcome == Outcome.HTTP_ERROR and reason.endswith("redirects"):
            yield _LOOPS.format(site=site)
        elif outcome in _SAYS:
            yield _SAYS[outcome].format(site=site, reason=reason or outcome)
