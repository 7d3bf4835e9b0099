"""A YAML file as a tree of texts, lists and mappings that remember their line and path.

Nothing is resolved: `NO` is the text NO and `62.10` keeps its zero, because the field that holds a
text says how it is read. What makes YAML dangerous or surprising is refused: anchors and aliases
(bombs), tags, merge keys, duplicate keys, several documents, great size and depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from leads.errors import UsageError

MAX_CHARACTERS = 256_000
MAX_DEPTH = 24

#: What the parser says, and what that means to who wrote the file.
_PLAIN_WORDS = (
    ("\\t", "there is a tab where spaces belong"),
    (
        "that cannot start any token",
        "a text that starts with a character like @, % or ` must be in quotes",
    ),
    ("while scanning an alias", "a text that starts with * must be in quotes"),
    ("while scanning an anchor", "a text that starts with & must be in quotes"),
    (
        "mapping values are not allowed",
        (
            "there is a colon where none belongs: check the spaces before this line, or put the text"
            " in quotes"
        ),
    ),
    ("expected <block end>", "this line starts further right or left than the lines it belongs to"),
    ("could not find expected ':'", "a colon is missing after the word"),
    ("while scanning a quoted scalar", "a quote is opened and never closed"),
    (
        "unexpected end of stream",
        "the file ends in the middle of something: a quote or a bracket is never closed",
    ),
    ("expected ',' or", "a bracket is never closed, or a comma is missing"),
    ("control characters", "this character is not allowed in the file"),
    ("special characters", "this character is not allowed in the file"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKind:
    """What a file is called in errors, and the way out of an unreadable one."""

    #: Such as `profile`.
    name: str
    #: The least that such a file holds.
    least: str
    #: Where a complete one is.
    example: str


@dataclass(frozen=True, slots=True)
class Node:
    """Something at a line of a file: `path` is the way to it, such as `suspect[2].employees`, lists
    counted from 1.
    """

    file: str
    line: int
    path: str


@dataclass(frozen=True, slots=True)
class Scalar(Node):
    """One text as written, without its quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Listing(Node):
    """A list."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Mapping(Node):
    """Keys with what they hold, in the order of the file."""

    fields: tuple[tuple[Scalar, Node], ...]

    def get(self, key: str) -> Node | None:
        """What `key` holds, None when it is not there."""
        return next((node for name, node in self.fields if name.text == key), None)


def read_tree(text: str, file: str, kind: FileKind) -> Node:
    """The one document of a YAML text; UsageError with file and line for whatever it may not hold."""
    if len(text) > MAX_CHARACTERS:
        raise UsageError(
            f"{file}: is longer than {MAX_CHARACTERS:,} characters, which no {kind.name} needs",
            "split it, or check that it is the right file",
        )
    try:
        events = yaml.parse(text.removeprefix("\ufeff"), Loader=yaml.SafeLoader)
        return _document(events, file, kind)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = f"{error.context or ''} {error.problem or ''}"
        raise _unreadable(file, mark.line + 1 if mark else 1, problem, kind) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _unreadable(file, line, error.reason, kind) from None


def _unreadable(file: str, line: int, problem: str, kind: FileKind) -> UsageError:
    words = next((plain for said, plain in _PLAIN_WORDS if said in problem), problem.strip())
    return UsageError(f"{file}:{line}: cannot be read as YAML: {words}", kind.example)


def _line(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _document(events: Iterator[Event], file: str, kind: FileKind) -> Node:
    for event in events:
        if isinstance(event, DocumentStartEvent):
            break
    else:
        raise UsageError(f"{file}: is empty", kind.least)
    root = _node(events, next(events), file, "", 0)
    next(events)
    if isinstance(extra := next(events), DocumentStartEvent):
        raise UsageError(
            f"{file}:{_line(extra)}: a second document starts here",
            f"take the line `---` out; one file holds one {kind.name}",
        )
    return root


def _node(events: Iterator[Event], event: Event, file: str, path: str, depth: int) -> Node:
    line = _line(event)
    where = f"{file}:{line}: {path}: " if path else f"{file}:{line}: "
    if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor is not None):
        raise UsageError(
            f"{where}anchors (&) and aliases (*) are not allowed",
            "write the text out, in quotes if it starts with & or *",
        )
    if getattr(event, "tag", None) is not None:
        raise UsageError(
            f"{where}tags (!) are not allowed",
            "put the text in quotes if it starts with an exclamation mark",
        )
    if depth > MAX_DEPTH:
        raise UsageError(
            f"{where}lists and groups are nested more than {MAX_DEPTH} deep",
            "flatten them",
        )
    if isinstance(event, SequenceStartEvent):
        return Listing(file, line, path, _items(events, file, path, depth))
    if isinstance(event, MappingStartEvent):
        return Mapping(file, line, path, _fields(events, file, path, depth))
    assert isinstance(event, ScalarEvent)
    return Scalar(file, line, path, event.value.strip())


def _items(events: Iterator[Event], file: str, path: str, depth: int) -> tuple[Node, ...]:
    items: list[Node] = []
    while not isinstance(event := next(events), SequenceEndEvent):
        items.append(_node(events, event, file, f"{path}[{len(items) + 1}]", depth + 1))
    return tuple(items)


def _fields(
    events: Iterator[Event], file: str, path: str, depth: int
) -> tuple[tuple[Scalar, Node], ...]:
    fields: dict[str, tuple[Scalar, Node]] = {}
    while not isinstance(event := next(events), MappingEndEvent):
        key = _node(events, event, file, path, depth + 1)
        if not isinstance(key, Scalar):
            raise UsageError(
                f"{file}:{key.line}: a word and a colon belong here, not a list or a group"
            )
        if key.text in fields:
            first = fields[key.text][0].line
            raise UsageError(
                f"{file}:{key.line}: {key.text} is given twice (first on line {first})",
                "keep one of them",
            )
        inner = f"{path}.{key.text}" if path else key.text
        fields[key.text] = (
            Scalar(file, key.line, inner, key.text),
            _node(events, next(events), file, inner, depth + 1),
        )
    return tuple(fields.values())
