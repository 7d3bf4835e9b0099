"""An ideal customer profile: a named, versioned file of criteria."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from leads.company_kind import CompanyIs
from leads.errors import UsageError
from leads.yaml_mistakes import did_you_mean, mistake
from leads.yaml_tree import FileKind, Listing, Mapping, Node, Scalar, read_tree
from qualify.profile.criteria import Criterion, Group, Section
from qualify.profile.grades import Grade, read_grades
from qualify.profile.grammar import read_criterion
from qualify.profile.options import choice

MAX_QUESTIONS = 200

PROFILE = FileKind(
    name="profile",
    least="write at least `icp:`, `version:` and one criterion",
    example="see `examples/worked/icp.yaml` for a complete profile",
)

_KEYS = ("icp", "version", "company_is", *Section, "grades")
#: Attributes that a profile asks about by another name.
_NAMES = {"latitude": "coordinates"}
_NAME = re.compile(r"[^\W_][\w .-]{0,79}")


@dataclass(frozen=True, slots=True)
class Icp:
    """One version of one profile."""

    name: str
    version: int
    company_is: CompanyIs
    suspect: tuple[Criterion, ...]
    prospect: tuple[Criterion, ...]
    must_not: tuple[Criterion, ...]
    score: tuple[Criterion, ...]
    #: SHA-256 of what the file says; spacing, comments, quotes and the order of keys do not change
    #: it.
    content_hash: str
    #: Names for scores, the best first.
    grades: tuple[Grade, ...] = ()

    def sections(self) -> Iterator[tuple[Section, Criterion]]:
        """Every criterion with its section, in the order of the file's sections."""
        for section in Section:
            criteria: tuple[Criterion, ...] = getattr(self, section)
            for criterion in criteria:
                yield section, criterion


def load_icp(text: str, name: str) -> Icp:
    """The profile that the YAML `text` of file `name` describes.

    UsageError `name:line: path: message, did you mean X` at the first thing that is wrong; lists in
    the path count from 1.
    """
    tree = read_tree(text, name, PROFILE)
    if not isinstance(tree, Mapping):
        raise mistake(tree, "a profile starts with its name", "write icp: NAME on the first line")
    for key, _ in tree.fields:
        if key.text not in _KEYS:
            raise mistake(
                key,
                f"no such part of a profile{did_you_mean(key.text, _KEYS)}",
                f"the parts are {', '.join(_KEYS)}",
            )
    company_is = tree.get("company_is")
    criteria = {section: _criteria(tree.get(section), section) for section in Section}
    _check_amount(tree, criteria)
    named = _with_ids(tree, criteria)
    return Icp(
        name=_name(tree),
        version=_version(tree),
        company_is=CompanyIs.LEGAL_ENTITY if company_is is None else choice(company_is, CompanyIs),
        content_hash=_hash(tree),
        grades=read_grades(tree.get("grades")),
        **{section.value: named[section] for section in Section},
    )


def _name(tree: Mapping) -> str:
    node = tree.get("icp")
    if not isinstance(node, Scalar) or not _NAME.fullmatch(node.text):
        raise mistake(
            node or tree,
            "the profile has no name, or one with odd characters",
            "write icp: followed by letters, digits and dashes",
        )
    return node.text


def _version(tree: Mapping) -> int:
    node = tree.get("version")
    text = node.text if isinstance(node, Scalar) else ""
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and int(text) > 0):
        raise mistake(
            node or tree,
            "the version is missing or no whole number from 1",
            "write version: 1, and raise it with every change",
        )
    return int(text)


def _criteria(node: Node | None, section: Section) -> tuple[Criterion, ...]:
    if node is None or (isinstance(node, Scalar) and not node.text):
        return ()
    if not isinstance(node, Listing):
        raise mistake(
            node,
            "a list of criteria belongs here",
            "put each criterion on a line of its own that starts with a dash",
        )
    return tuple(read_criterion(item, scored=section is Section.SCORE) for item in node.items)


def _check_amount(tree: Mapping, criteria: dict[Section, tuple[Criterion, ...]]) -> None:
    questions = sum(
        1 for listed in criteria.values() for criterion in listed for _ in criterion.leaves()
    )
    if not questions:
        raise mistake(
            tree,
            "the profile asks nothing",
            "add a criterion, such as suspect: [{employees: {at_least: 20}}]",
        )
    if questions > MAX_QUESTIONS:
        raise UsageError(
            f"{tree.file}: asks {questions} questions; {MAX_QUESTIONS} are the most",
            "split it into several profiles",
        )


def _with_ids(
    tree: Mapping, criteria: dict[Section, tuple[Criterion, ...]]
) -> dict[Section, tuple[Criterion, ...]]:
    """The criteria, each with an id: its own, else its attribute, numbered from the second on."""
    taken: dict[str, int] = {}
    for node in _given_ids(tree):
        if node.text in taken:
            raise mistake(
                node,
                f"the id {node.text} is used on line {taken[node.text]} already",
                "give each criterion an id of its own",
            )
        taken[node.text] = node.line
    return {
        section: tuple(
            criterion if criterion.id else _named(criterion, taken) for criterion in listed
        )
        for section, listed in criteria.items()
    }


def _given_ids(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Listing):
        for item in node.items:
            yield from _given_ids(item)
    elif isinstance(node, Mapping):
        for key, inner in node.fields:
            if key.text == "id" and isinstance(inner, Scalar):
                yield inner
            else:
                yield from _given_ids(inner)


def _named(criterion: Criterion, taken: dict[str, int]) -> Criterion:
    attributes = [name for name in criterion.attributes if name != "longitude"]
    stem = (
        criterion.test.joined.value
        if isinstance(criterion.test, Group) and len(attributes) > 1
        else _NAMES.get(attributes[0], attributes[0])
    )
    name = next(
        candidate
        for number in count(1)
        if (candidate := stem if number == 1 else f"{stem}-{number}") not in taken
    )
    taken[name] = 0
    return replace(criterion, id=name)


def _hash(tree: Node) -> str:
    return hashlib.sha256(
        json.dumps(_plain(tree), sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def _plain(node: Node) -> object:
    if isinstance(node, Mapping):
        return {key.text: _plain(inner) for key, inner in node.fields}
    if isinstance(node, Listing):
        return [_plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text
