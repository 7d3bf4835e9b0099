"""A YAML file checked by a pydantic model, with the line of whatever is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from leads.errors import UsageError
from leads.yaml_mistakes import did_you_mean, mistake
from leads.yaml_spellings import spelling
from leads.yaml_tree import FileKind, Listing, Mapping, Node, Scalar, read_tree

Model = TypeVar("Model", bound=BaseModel)

#: Mistakes of one file that are named.
_SHOWN = 20
#: What pydantic says of a type of mistake, in the words of somebody who writes the file.
_PLAIN = {
    "too_short": "must have at least {min_length} entry",
    "too_long": "must have at most {max_length} entries",
    "greater_than_equal": "must be at least {ge}",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be at most {le}",
    "less_than": "must be less than {lt}",
    "model_type": "must be lines of `key: value`",
    "dict_type": "must be lines of `key: value`",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "string_type": "must be a text",
    "string_too_short": "must have at least {min_length} character",
    "string_too_long": "must have at most {max_length} characters",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_parsing": "must be a number",
    "decimal_parsing": "must be a number",
    "finite_number": "must be a number",
    "bool_parsing": "must be true or false",
    "decimal_max_places": "must have at most {decimal_places} decimal places",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "decimal_type": "must be a number",
    "bool_type": "must be true or false",
}
#: Characters of a wrong value that are repeated.
_MOST_GIVEN = 80


def read_model(text: str, file: str, kind: FileKind, model: type[Model]) -> Model:
    """Read a YAML text as a model.

    UsageError with a line `file:line: path: message` for each thing that is wrong.
    """
    tree = read_tree(text, file, kind)
    try:
        return model.model_validate(plain(tree))
    except ValidationError as error:
        raise _mistakes(
            tree, [dict[str, Any](one) for one in error.errors()], model, kind
        ) from None


def plain(node: Node) -> Any:
    """Return a tree as texts, lists and dicts, without lines."""
    if isinstance(node, Mapping):
        return {key.text: plain(inner) for key, inner in node.fields}
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text


def _mistakes(
    tree: Node, errors: Sequence[dict[str, Any]], model: type[BaseModel], kind: FileKind
) -> UsageError:
    """All mistakes as one error, in the order of the file."""
    # A list is too short for pydantic when one of its entries is wrong.
    inside = {one["loc"][:end] for one in errors for end in range(len(one["loc"]))}
    whole = [one for one in errors if one["type"] != "too_short" or one["loc"] not in inside]
    placed = [(_node_at(tree, one["loc"]), one) for one in whole]
    placed.sort(key=lambda found: found[0][0].line)
    said = [
        mistake(node, _said(node, rest, error, model)).message for (node, rest), error in placed
    ]
    lines = list(dict.fromkeys(said))
    more = [f"and {len(lines) - _SHOWN:,} more"] if len(lines) > _SHOWN else []
    return UsageError("\n".join([*lines[:_SHOWN], *more]), kind.example)


def _said(
    node: Node, rest: Sequence[int | str], error: dict[str, Any], model: type[BaseModel]
) -> str:
    if error["type"] == "missing":
        return f"`{rest[-1]}` is missing"
    if error["type"] == "extra_forbidden":
        word = str(error["loc"][-1])
        return f"there is no `{word}` here{did_you_mean(word, _keys(model))}"
    # What is wrong with a key is shown by its path.
    given = ""
    if isinstance(node, Scalar) and "[key]" not in rest:
        given = f" (given: {_short(node.text)!r})"
    return f"{_words(error)}{given}"


def _short(text: str) -> str:
    return text if len(text) <= _MOST_GIVEN else f"{text[: _MOST_GIVEN - 1]}…"


def _keys(model: type[BaseModel]) -> set[str]:
    """Every key that a file may have, in any of its parts."""
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return {key for part in parts for key in part.get("properties", ())}


def _node_at(tree: Node, path: Sequence[int | str]) -> tuple[Node, Sequence[int | str]]:
    """Find the node furthest along a path, and the steps that lead nowhere."""
    node = tree
    for place, step in enumerate(path):
        if step == 0 and not isinstance(node, Listing):
            # One entry may stand without its list.
            continue
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
    if error["type"] == "string_pattern_mismatch":
        return spelling(str(context["pattern"]))
    if error["type"] in _PLAIN:
        return _PLAIN[error["type"]].format_map(context)
    said = str(error["msg"])
    return said[0].lower() + said[1:]
