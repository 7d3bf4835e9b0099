"""JSON as text, for columns that hold JSON: who has the text need not make values of it."""

from __future__ import annotations


class WrittenJson(str):
    """A JSON document as it is written; it is stored as it is."""

    __slots__ = ()
