"""The line of something in a YAML file that is named by its path."""

from __future__ import annotations

from leads.yaml_tree import FileKind, Listing, Mapping, Node, read_tree


def line_of(text: str, file: str, kind: FileKind, path: str) -> int:
    """Find the line of what a path names, or of the last part of it that the file has.

    The steps of a path are keys and places in lists, counted from 0: `outcomes.no_answer.then`.
    """
    node = read_tree(text, file, kind)
    line = node.line
    for step in path.split("."):
        found = _step(node, step)
        if found is None:
            break
        named, node = found
        line = named.line
    return line


def _step(node: Node, step: str) -> tuple[Node, Node] | None:
    """The key or item of a step, and what it holds."""
    if isinstance(node, Mapping):
        return next(((key, inner) for key, inner in node.fields if key.text == step), None)
    if isinstance(node, Listing) and step.isdigit() and int(step) < len(node.items):
        item = node.items[int(step)]
        return item, item
    return None
