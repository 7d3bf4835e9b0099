"""The facts of some companies in one file, read by mapping it into memory.

The file is a head in JSON, then arrays. Each array has a checksum, which is compared when it is
read, so a file that was cut off or changed is noticed.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from leads.attributes import Kind, attribute
from leads.codec import from_json, to_json
from leads.values import Value
from qualify.bulk.frames import Column, Frames

#: Goes up when the content or its meaning changes.
FORMAT = 1
_MAGIC = b"SLUICE COLUMNS\n\0"
_HEAD = struct.Struct("<QI")
#: Arrays begin at multiples of it.
_ALIGNED = 64
#: The bytes of a company's id.
WIDTH = 16
_ARRAYS = tuple(one.name for one in fields(Column) if one.name not in ("name", "vocabulary"))
_TYPES = {
    "company": np.int32,
    "source": np.int32,
    "method": np.int8,
    "scope": np.int8,
    "moment": np.int64,
    "as_of": np.int32,
    "confidence": np.int16,
    "code": np.int32,
    "low": np.int64,
    "high": np.int64,
}

Bytes = NDArray[np.uint8]


class DamagedPartError(Exception):
    """A file of columns is not as it was written."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some companies, oldest first, with their facts."""

    #: One row of 16 bytes a company.
    ids: Bytes
    frames: Frames


def write_part(file: Path, part: Part) -> None:
    """Write companies and their facts to a new file that only its owner may read."""
    arrays: list[NDArray[Any]] = []
    head = {
        "format": FORMAT,
        "size": part.frames.size,
        "sources": list(part.frames.sources),
        "confidences": part.frames.confidences.tolist(),
        "ids": _placed(arrays, part.ids),
        "columns": {
            name: {
                "vocabulary": _words(column),
                "arrays": {one: _placed(arrays, getattr(column, one)) for one in _ARRAYS},
            }
            for name, column in part.frames.columns.items()
        },
    }
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as out:
        text = json.dumps(head).encode()
        out.write(_MAGIC + _HEAD.pack(len(text), zlib.crc32(text)) + text)
        for one in arrays:
            _align(out)
            out.write(np.ascontiguousarray(one).data)


def _placed(arrays: list[NDArray[Any]], one: NDArray[Any]) -> list[int]:
    """The length and the checksum of an array that is written after those before it."""
    arrays.append(one)
    return [one.nbytes, zlib.crc32(np.ascontiguousarray(one).data)]


def _align(out: IO[bytes]) -> None:
    out.write(b"\0" * (-out.tell() % _ALIGNED))


def _words(column: Column) -> list[Any]:
    if attribute(column.name).kind is Kind.MONEY:
        return [str(one) for one in column.vocabulary]
    return [to_json(one) for one in column.vocabulary]


def read_part(file: Path, attributes: Collection[str]) -> Part:
    """Map the facts about some attributes; DamagedPartError when the file is not as it was written."""
    try:
        with file.open("rb") as source:
            content = mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ)
        return _Reader(content).part(attributes)
    except (OSError, ValueError, KeyError, TypeError, IndexError, struct.error) as error:
        raise DamagedPartError(f"{file}: {error}") from error


class _Reader:
    def __init__(self, content: mmap.mmap) -> None:
        start = len(_MAGIC) + _HEAD.size
        length, checksum = _HEAD.unpack(content[len(_MAGIC) : start])
        text = content[start : start + length]
        if content[: len(_MAGIC)] != _MAGIC or zlib.crc32(text) != checksum:
            raise ValueError("its head is damaged")
        self._content, self._at = content, start + length
        self._head: Mapping[str, Any] = json.loads(text)
        if self._head["format"] != FORMAT:
            raise ValueError("another version wrote it")

    def part(self, attributes: Collection[str]) -> Part:
        ids = self._array(self._head["ids"], np.uint8, wanted=True)
        columns = {}
        for name, said in self._head["columns"].items():
            wanted = name in attributes
            arrays = {
                one: self._array(said["arrays"][one], _TYPES[one], wanted=wanted) for one in _ARRAYS
            }
            if wanted:
                words = tuple(_word(name, one) for one in said["vocabulary"])
                columns[name] = Column(name=name, vocabulary=words, **arrays)
        sure = np.array(self._head["confidences"], dtype=np.float64)
        frames = Frames(self._head["size"], columns, tuple(self._head["sources"]), sure)
        return Part(ids.reshape(-1, WIDTH), frames)

    def _array(self, placed: list[int], of: type, *, wanted: bool) -> NDArray[Any]:
        """The next array; one that is not wanted is not compared with its checksum."""
        length, checksum = placed
        start = self._at + -self._at % _ALIGNED
        self._at = start + length
        found = np.frombuffer(self._content, np.uint8, length, start)
        if wanted and zlib.crc32(found.data) != checksum:
            raise ValueError("an array is damaged")
        return found.view(of)


def _word(name: str, document: Any) -> Value:
    return str(document) if attribute(name).kind is Kind.MONEY else from_json(name, document)
