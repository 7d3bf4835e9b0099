"""A YAML file checked by a pydantic model, with the line of whatever is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from leads.errors import UsageError
from leads.yaml_mistakes import did_you_mean, mistake
from leads.yaml_tree import FileKind, Listing, Mapping, Node, Scalar, read_tree

Model = TypeVar("Model", bound=BaseModel)


def read_model(text: str, file: str, kind: FileKind, model: type[Model]) -> Model:
    """Read a YAML text as a model.

    UsageError `file:line: path: message` at the first thing that is wrong.
    """
    tree = read_tree(text, file, kind)
    try:
        return model.model_validate(plain(tree))
    except ValidationError as error:
        first = dict[str, Any](error.errors()[0])
        raise _mistake(tree, first, kind) from None


def plain(node: Node) -> Any:
    """Return a tree as texts, lists and dicts, without lines."""
    if isinstance(node, Mapping):
        return {key.text: plain(inner) for key, inner in node.fields}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


def _mistake(tree: Node, error: dict[str, Any], kind: FileKind) -> UsageError:
    node, rest = _node_at(tree, error["loc"])
    if error["type"] == "missing":
        return mistake(node, f"`{rest[0]}` is missing", kind.example)
    if error["type"] == "extra_forbidden":
        return mistake(node, f"there is no `{error['loc'][-1]}` here", kind.example)

    given = f" (given: {node.text!r})" if isinstance(node, Scalar) else ""
    return mistake(node, f"{_words(error)}{given}", kind.example)


def _node_at(tree: Node, path: Sequence[int | str]) -> tuple[Node, Sequence[int | str]]:
    """Find the node furthest along a path, and the steps that lead nowhere."""
    node = tree
    for place, step in enumerate(path):
        inner = _inner(node, step)
        if inner is None:
            return node, path[place:]
        node = inner
    return node, ()


def _inner(node: Node, step: int | str) -> Node | None:
    if isinstance(node, Mapping):
        return node.get(str(step))
    if isinstance(node, Listing) and isinstance(step, int):
        return node.items[step]
    return None


def _words(error: dict[str, Any]) -> str:
    """Say what is wrong; a value of few choices names the nearest one."""
    context = error.get("ctx", {})
    if error["type"] in ("enum", "literal_error"):
        choices = [
            one.strip("' ") for one in str(context["expected"]).replace(" or ", ",").split(",")
        ]
        near = did_you_mean(str(error["input"]), choices)
        return f"must be one of {', '.join(choices)}{near}"
    if error["type"] == "value_error":
        return str(context["error"])
    said = str(error["msg"])
    return said[0].lower() + said[1:]
