"""Read one entry of our own rules: its kind, its options and its test strings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enrich.detecting import literals
from enrich.detecting.expressions import PatternError, checked, explodes
from enrich.detecting.rules import FIRST_GROUP, NAMED, TEXTS, URLS, Rule
from enrich.detecting.selectors import CUT, compounds
from enrich.detecting.syntax import parsed
from enrich.detecting.tree import is_readable

#: Longest match in markup and scripts, so that it is looked for around its literal only.
LONGEST_MATCH = 600
_OPTIONS = frozenset({"sure", "version", "own", "grade", "yes", "no", "attribute", "text", "name"})
_KINDS = ("at", "path", "file", "has", "re", "selector")
_PLACES = frozenset({*URLS, "dns"})


class EntryError(ValueError):
    """What is wrong with an entry, and what to write instead."""

    def __init__(self, wrong: str, instead: str) -> None:
        super().__init__(wrong)
        self.instead = instead


def read_entry(
    slug: str, channel: str, name: str, written: Any
) -> tuple[Rule, tuple[str, ...], tuple[str, ...]]:
    """Return the rule of an entry with its positive and near-miss test strings; EntryError."""
    entry = _in_full(channel, name, written)
    kind, text = _kind(channel, entry)
    if channel == "cookies":
        # A pattern is of the name and the value: `name=value`.
        name = text.lower() if kind == "present" else "*"
    rule = Rule(
        slug=slug,
        channel=channel,
        kind=kind,
        text=_checked(channel, kind, text, entry),
        name=str(entry.get("name", name)).lower(),
        confidence=_sure(entry),
        version=_version(kind, entry),
        own=entry.get("own") == "true",
        mentions=_mentions(entry),
        element=_element(entry) if kind == "selector" else (),
    )
    yes, no = _strings(entry, "yes"), _strings(entry, "no")
    own_yes, own_no = _made(rule)
    if not (yes or own_yes) or not (no or own_no):
        raise EntryError(
            f"the kind `{kind}` has no test strings of its own",
            "write `yes:` with a value that matches and `no:` with a near miss",
        )
    return rule, yes or own_yes, no or own_no


def _in_full(channel: str, name: str, written: Any) -> Mapping[str, Any]:
    """Return an entry as a map; a plain string means what its channel says."""
    if isinstance(written, dict):
        unknown = written.keys() - _OPTIONS - set(_KINDS)
        if unknown:
            known = ", ".join((*_KINDS, *sorted(_OPTIONS)))
            raise EntryError(f"{sorted(unknown)[0]} is no option", f"write one of {known}")
        return written
    if not isinstance(written, str):
        raise EntryError(f"{written!r} is no entry", "write a text or a map")
    if channel in _PLACES and name != "txt":
        return {"path" if written.startswith("/") else "at": written}
    if channel == "dom":
        return {"selector": written}
    if channel == "portals":
        return {"at": written}
    if channel == "cookies" or not written:
        return {"name": written or name}
    return {"has": written}


def _kind(channel: str, entry: Mapping[str, Any]) -> tuple[str, str]:
    kinds = [kind for kind in _KINDS if kind in entry]
    if channel == "dom" and "selector" in entry:
        kinds = ["selector"]
    if not kinds and "name" in entry:
        return "present", str(entry["name"])
    if len(kinds) != 1:
        raise EntryError(f"has {len(kinds)} kinds", f"write exactly one of {', '.join(_KINDS)}")
    kind = kinds[0]
    fits = {
        "at": channel in _PLACES or channel == "portals",
        "path": channel in URLS,
        "file": channel in {"scriptSrc", "src"},
        "selector": channel == "dom",
        "has": channel not in {"dom", "portals"},
        "re": channel not in {"dom", "portals"},
    }[kind]
    if not fits:
        raise EntryError(f"`{kind}` is not possible in {channel}", "see docs/technologies.md")
    text = str(entry[kind])
    return ("portal" if channel == "portals" else kind), text


def _checked(channel: str, kind: str, text: str, entry: Mapping[str, Any]) -> str:
    """Return the text as a rule holds it; EntryError if it cannot be looked for."""
    if kind == "present":
        return ""
    if kind == "re":
        return _pattern(channel, text)
    if kind == "selector":
        return _selector(text)
    text = text.lower()
    if kind in {"at", "portal"}:
        _check_place(text)
    cut = CUT if channel in {"src", "href"} else ""
    if channel not in NAMED and not literals.of_text(text, cut):
        raise EntryError(f"{text!r} is too short", "write 3 characters in a row or more")
    if not text and "name" not in entry:
        raise EntryError("is empty", "write the text to find")
    return text


def _selector(text: str) -> str:
    if not text or not (compounds(text) or is_readable(text)):
        raise EntryError(f"{text!r} is no CSS selector", 'write one such as `link[href*="x"]`')
    return text


def _check_place(text: str) -> None:
    if not text.partition("/")[0].strip(".") or "//" in text:
        raise EntryError(f"{text!r} is no host with a path", "write `js.vendor.com/v3`")


def _pattern(channel: str, text: str) -> str:
    try:
        source = checked(text)
    except PatternError as error:
        raise EntryError(f"{text!r} {error}", "write a simpler pattern") from None
    tree = parsed(source)
    if explodes(tree):
        raise EntryError(
            f"{text!r} repeats a repetition, or has more than three open ones",
            "bound them: {0,80}",
        )
    if channel in TEXTS and tree.getwidth()[1] > LONGEST_MATCH:
        raise EntryError(
            f"{text!r} can match more than {LONGEST_MATCH} characters",
            "bound its repetitions: {0,200} instead of * and +",
        )
    if channel not in NAMED and not literals.of_pattern(source, CUT if channel == "href" else ""):
        raise EntryError(
            f"{text!r} has no 3 letters in a row that must occur", "add what always occurs"
        )
    return source


def _sure(entry: Mapping[str, Any]) -> int:
    text = str(entry.get("sure", "100"))
    if not text.isdigit() or not 1 <= int(text) <= 100:
        raise EntryError(f"sure is {text!r}", "write a number from 1 to 100")
    return int(text)


def _version(kind: str, entry: Mapping[str, Any]) -> str:
    if "version" in entry:
        return str(entry["version"])
    return FIRST_GROUP if kind in {"re", "file", "selector"} else ""


def _mentions(entry: Mapping[str, Any]) -> bool:
    grade = entry.get("grade", "uses")
    if grade not in {"uses", "mentions"}:
        raise EntryError(f"grade is {grade!r}", "write `mentions`, or leave it out for use")
    return bool(grade == "mentions")


def _element(entry: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return what a selector's element must be: its attribute or its text by a pattern."""
    if "attribute" not in entry and "text" not in entry:
        return ()
    wanted = str(entry.get("re") or entry.get("has") or "")
    name = "text" if "text" in entry else str(entry["attribute"]).lower()
    try:
        return ((name, checked(wanted)),)
    except PatternError as error:
        raise EntryError(f"{wanted!r} {error}", "write a simpler pattern") from None


def _strings(entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key)
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _made(rule: Rule) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the test strings that a kind makes of itself; empty for the others."""
    text = rule.text
    if rule.kind == "at" and rule.channel == "dns":
        return (f"10 {text}",), (f"10 x{text}", f"10 {text}.other.example")
    if rule.kind == "at":
        host, slash, path = text.partition("/")
        return (
            (f"https://{text}", f"//cdn.{text}"),
            (f"https://x{text}", f"https://{host}.other.example{slash}{path}"),
        )
    if rule.kind == "path":
        at = text if text.startswith("/") else f"/{text}"
        return (at, f"https://www.acme.example{at}x"), (f"https://www.other.example{at}",)
    if rule.kind == "portal":
        return (
            (f"https://acme.{text}/",),
            (f"https://www.{text}/", f"https://acme.{text}.other.example/"),
        )
    if rule.kind == "present" and rule.channel == "cookies":
        name = rule.name.rstrip("*")
        return (f"{name}=1",), (f"x{name}=1",)
    return (("1",), ("",)) if rule.kind == "present" else ((), ())
