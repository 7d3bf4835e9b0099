"""The rules of an inbox as a user states them, checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from engage.signals.kinds import catalogue
from engage.signals.raised_hands import names_company
from intake.inbound import LIST
from intake.messages import OF_FORMS, USUAL, is_path
from leads.errors import UsageError
from leads.inboxes import BECOMES, COMPANY, FORM, KINDS, SIGNAL, WEBHOOK, InboxRules

#: Messages that are taken in an hour, unless the user says otherwise, and at most.
AN_HOUR: Mapping[str, int] = {WEBHOOK: 3_600, FORM: 60}
MOST_AN_HOUR = 20_000
#: The kind of a form's signal, unless the user says otherwise.
OF_FORM = "form_submitted"
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
_COLUMN = re.compile(r"[a-z][a-z0-9_]{0,59}")
_MOST_FIELDS = 30
_LONGEST_CONSENT = 2_000
_LONGEST_LIST = 100


def check_name(name: str) -> None:
    """Check that a name can be part of an address; UsageError otherwise."""
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name[:80]!r} cannot name an inbox",
            "use up to 60 small letters, digits and dashes, such as demo-requests",
        )


def checked_rules(kind: str, given: InboxRules) -> InboxRules:
    """The rules of an inbox of a kind; UsageError when they do not fit it or each other."""
    if kind not in KINDS:
        raise UsageError(f"{kind[:60]!r} is no kind of inbox", f"one of {', '.join(KINDS)}")
    if given.becomes not in BECOMES:
        raise UsageError(
            f"messages cannot become {given.becomes[:60]!r}", f"one of {', '.join(BECOMES)}"
        )
    if not 1 <= given.an_hour <= MOST_AN_HOUR:
        raise UsageError(
            f"{given.an_hour:,} messages an hour is out of range", f"1 to {MOST_AN_HOUR:,}"
        )
    _check_fields(kind, given)
    return _form(given) if kind == FORM else _webhook(given)


def fields_of(pairs: Iterable[str]) -> dict[str, str]:
    """The places of fields, such as `company=data.account.domain`; UsageError for anything else."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, is_pair, path = pair.partition("=")
        if not is_pair or name.strip() in found:
            raise UsageError(
                f"{pair[:80]!r} does not say where a field stands", "--map company=data.domain"
            )
        found[name.strip()] = path.strip()
    return found


def origin_of(text: str) -> str | None:
    """The origin of an address as browsers write it; None when it has none."""
    if not text.isascii() or len(text) > 300:
        return None
    try:
        parts = urlsplit(text.lower())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual else "")


def _webhook(given: InboxRules) -> InboxRules:
    if given.origins or given.thanks or given.consent:
        raise UsageError(
            "sites, thanks and consent are for forms", "leave out --origin, --thanks and --consent"
        )
    if (given.becomes == COMPANY) != bool(given.list_name):
        raise UsageError(
            "companies go into a list, and nothing else does", "--becomes company --list NAME"
        )
    if given.list_name == LIST or len(given.list_name) > _LONGEST_LIST:
        raise UsageError(f"{given.list_name[:80]!r} cannot name the list", "choose another name")
    if given.signal_kind and given.becomes != SIGNAL:
        raise UsageError("only a signal has a kind", "leave out --kind")
    return given


def _form(given: InboxRules) -> InboxRules:
    if given.becomes != SIGNAL or given.list_name or given.types:
        raise UsageError("a form becomes a signal", "leave out --becomes, --list and --type")
    kind = given.signal_kind or OF_FORM
    if not names_company(kind, catalogue()):
        raise UsageError(
            f"{kind[:60]!r} shows no interest", "`sluice signal kinds` lists what does"
        )
    if len(given.consent) > _LONGEST_CONSENT:
        raise UsageError("the consent is too long", f"at most {_LONGEST_CONSENT:,} characters")
    origins = _origins(given.origins)
    if given.thanks and origin_of(given.thanks) not in origins:
        raise UsageError(
            f"{given.thanks[:80]!r} is on none of the form's sites", "add its site with --origin"
        )
    return InboxRules(
        signal_kind=kind,
        fields=given.fields,
        origins=origins,
        thanks=given.thanks,
        consent=given.consent,
        an_hour=given.an_hour,
    )


def _origins(given: Sequence[str]) -> tuple[str, ...]:
    found = []
    for one in given:
        origin = origin_of(one)
        if origin is None:
            raise UsageError(f"{one[:80]!r} is no site", "such as https://www.nordwind.example")
        found.append(origin)
    if not found:
        raise UsageError(
            "a form needs the site that it is on", "--origin https://www.nordwind.example"
        )
    return tuple(dict.fromkeys(found))


def _check_fields(kind: str, given: InboxRules) -> None:
    if len(given.fields) > _MOST_FIELDS:
        raise UsageError(f"{len(given.fields)} fields are too many", f"at most {_MOST_FIELDS}")
    known = OF_FORMS if kind == FORM else tuple(USUAL[given.becomes])
    for name, path in given.fields.items():
        # A list has any columns; everything else has the fields of its kind.
        free = kind == WEBHOOK and given.becomes == COMPANY
        if not (_COLUMN.fullmatch(name) if free else name in known):
            raise UsageError(f"there is no field {name[:60]!r}", f"one of {', '.join(known)}")
        if not is_path(path):
            raise UsageError(
                f"{path[:80]!r} is no place of a field", "names with dots, such as data.domain"
            )
