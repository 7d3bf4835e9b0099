"""What is wrong with the question of a provider's file: its address, its placeholders, its key."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from leads.yaml_mistakes import did_you_mean
from sources.providers.address import flaw_of_url
from sources.providers.file import ProviderFile
from sources.providers.key_like import has_key, is_secret_name
from sources.providers.template import KEY, NO_NUMBERS, PLACEHOLDERS, marks, without_marks

#: Providers that are free and need no file.
BUILT_IN = frozenset({"wikidata"})
#: Headers that the connection sets, or that would make it another one.
_NOT_OURS = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "cookie",
        "expect",
        "host",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    }
)
#: What may stand before a key.
_KEY_SCHEMES = frozenset({"", "bearer", "basic", "token", "apikey", "key"})
#: Variables that hold secrets of this installation.
_OURS = "SLUICE_"
#: Variables that every process has, and that hold no key.
_EVERYWHERE = frozenset(
    {"HOME", "HOSTNAME", "LANG", "LOGNAME", "PATH", "PWD", "SHELL", "TERM", "TMPDIR", "USER"}
)
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,63}", re.ASCII)


class Flaw(NamedTuple):
    """What is wrong at a path of the file, lists counted from 0."""

    path: str
    message: str


def question_flaws(file: ProviderFile) -> Iterator[Flaw]:
    """Find what is wrong with how a provider is asked."""
    if file.provider in BUILT_IN:
        yield Flaw("provider", f"{file.provider} is a free source of Sluice: take another name")
    yield from _address(file)
    yield from _headers(file)
    yield from _query(file)
    yield from _company(file)
    yield from _body(file)
    yield from _key(file)


def _address(file: ProviderFile) -> Iterator[Flaw]:
    if flaw := flaw_of_url(file.url):
        yield Flaw("url", flaw)
    if has_key(file.url.removeprefix("https://")):
        yield Flaw("url", f"holds something that looks like a key; a key goes into a header: {KEY}")
    if KEY in file.url:
        yield Flaw("url", "may not hold the key: addresses are logged; put it into a header")
    yield from _unknown("url", file.url)
    wanted = {_mark_of(one) for one in file.asks_by}
    for mark in sorted(marks(file.url) & set(PLACEHOLDERS)):
        if wanted != {mark}:
            yield Flaw("url", f"needs {{{mark}}}, which `asks_by:` does not make sure of")


def _headers(file: ProviderFile) -> Iterator[Flaw]:
    for name, value in file.headers.items():
        where = f"headers.{name}"
        if name.casefold() in _NOT_OURS:
            yield Flaw(where, "may not be set by a file")
        if not (value.isascii() and value.isprintable()):
            yield Flaw(where, "must be plain ASCII")
        if marks(value):
            yield Flaw(where, "may hold no placeholder but the key: write it under `query:`")
        elif any(sign in without_marks(value) for sign in "{}"):
            yield Flaw(where, f"has a bracket that is no placeholder; the key is {KEY}")
        yield from _secret(where, name, value)


def _query(file: ProviderFile) -> Iterator[Flaw]:
    for name, value in file.query.items():
        yield from _unknown(f"query.{name}", value)
        yield from _secret(f"query.{name}", name, value)


def _company(file: ProviderFile) -> Iterator[Flaw]:
    """Whether a question says which company it is about."""
    said = [marks(one) for one in (*file.query.values(), file.url, file.body or "")]
    named = frozenset[str]().union(*said)
    if not named:
        yield Flaw("url", "the question names no company: put {domain} or {name} into `query:`")
    for mark in sorted({_mark_of(one) for one in file.asks_by} - named):
        yield Flaw("asks_by", f"nothing in the question holds {{{mark}}}")


def _body(file: ProviderFile) -> Iterator[Flaw]:
    if file.body is None:
        return
    if file.method != "POST":
        yield Flaw("body", "needs `method: POST`")
    try:
        tree = json.loads(file.body)
    except (ValueError, RecursionError):
        yield Flaw("body", "is no JSON")
        return
    for name, text in _texts("", tree):
        yield from _unknown("body", text)
        yield from _secret("body", name, text)


def _key(file: ProviderFile) -> Iterator[Flaw]:
    used = any(
        KEY in one for one in (*file.headers.values(), *file.query.values(), file.body or "")
    )
    if used and file.key is None:
        yield Flaw("url", f"{KEY} is used, and `key:` names no environment variable")
    if file.key is not None and not _VARIABLE.fullmatch(file.key):
        yield Flaw("key", "must name an environment variable, such as ACME_API_KEY")
    elif file.key is not None and file.key.startswith(_OURS):
        yield Flaw(
            "key", "names a setting of Sluice: take a variable of its own, like ACME_API_KEY"
        )
    elif file.key in _EVERYWHERE:
        yield Flaw("key", f"{file.key} holds no key: take a variable of its own, like ACME_API_KEY")
    if file.key is not None and not used:
        yield Flaw("key", f"the key is used nowhere: write {KEY} into a header")


def _unknown(where: str, template: str) -> Iterator[Flaw]:
    for mark in sorted(marks(template) - set(PLACEHOLDERS)):
        near = did_you_mean(mark, PLACEHOLDERS)
        yield Flaw(where, f"there is no placeholder {{{mark}}}{near}")
    if where != "body" and any(sign in without_marks(template) for sign in "{}"):
        yield Flaw(where, f"has a bracket that is no placeholder; placeholders: {_every()}")


def _secret(where: str, name: str, value: str) -> Iterator[Flaw]:
    """What is called a key must be the key of the environment."""
    rest = value.replace(KEY, "").strip().casefold()
    if is_secret_name(name) and (KEY not in value or rest not in _KEY_SCHEMES):
        yield Flaw(where, f"a key may not stand in a file: write {KEY}")
    elif has_key(value.replace(KEY, "")):
        yield Flaw(where, f"holds something that looks like a key: write {KEY}")


def _every() -> str:
    return ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)


def _mark_of(asked_by: str) -> str:
    return asked_by if asked_by in NO_NUMBERS else "number"


def _texts(name: str, node: Any) -> Iterator[tuple[str, str]]:
    """Every text of a JSON document, with the name of its field."""
    if isinstance(node, dict):
        for key, one in node.items():
            yield from _texts(key, one)
    elif isinstance(node, list):
        for one in node:
            yield from _texts(name, one)
    elif isinstance(node, str):
        yield name, node
