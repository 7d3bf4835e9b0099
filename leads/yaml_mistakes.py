"""Mistakes in a YAML file, said as `file:line: path: message, did you mean X`."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from leads.errors import UsageError
from leads.yaml_tree import Node


def mistake(node: Node, message: str, hint: str = "") -> UsageError:
    """An error at the place of `node`, to be raised."""
    path = f"{node.path}: " if node.path else ""
    return UsageError(f"{node.file}:{node.line}: {path}{message}", hint)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`, did you mean X` for the known word that looks most like `word`; empty when none comes
    near.
    """
    near = nearest(word, known)
    return f", did you mean {near}" if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that looks most like `word`; empty when none comes near."""
    choices = {choice.casefold(): choice for choice in sorted(known)}
    near = get_close_matches(word.casefold(), choices, n=1, cutoff=0.6)
    return choices[near[0]] if near else ""
