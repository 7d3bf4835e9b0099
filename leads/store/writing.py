"""Statements as drivers take them, each written once for each length of its lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from json import loads
from typing import Any, TypeAlias

from sqlalchemy import (
    JSON,
    CompoundSelect,
    Delete,
    Dialect,
    Float,
    Insert,
    Integer,
    LargeBinary,
    Select,
    Update,
)
from sqlalchemy.dialects import registry
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.types import TypeEngine

Question: TypeAlias = Select[*tuple[Any, ...]] | CompoundSelect[Any]
Statement: TypeAlias = Question | ReturningUpdate[*tuple[Any, ...]] | Insert
Change: TypeAlias = Update | Delete
Row: TypeAlias = Sequence[Any]
Turn: TypeAlias = Callable[[Any], Any]
#: How each driver wants the places of values marked.
_MARKS = {"sqlite": "named", "postgresql": "numeric_dollar"}


@dataclass(frozen=True, slots=True)
class Written:
    """A statement as a driver takes it."""

    text: str
    #: The names of its values, for one of a list the list's name with the place in it, and what
    #: makes the driver's value.
    values: tuple[tuple[str, tuple[str, int] | None, Turn | None], ...]
    #: Whether the driver wants the values in order; else by name.
    in_order: bool
    #: Values that belong to the statement.
    fixed: Mapping[str, Any]
    #: What makes Python's value, for the columns that need it.
    columns: tuple[tuple[int, Turn], ...]
    #: Whether a server sends the values as they are: as text, bytes are twice as long.
    binary: bool

    def given(self, values: Mapping[str, Any]) -> Any:
        """Values as the driver takes them."""
        found = []
        for name, listed, turn in self.values:
            if listed:
                value = values[listed[0]][listed[1]]
            else:
                value = values[name] if name in values else self.fixed[name]
            found.append(turn(value) if turn else value)
        if self.in_order:
            return found
        return {one[0]: value for one, value in zip(self.values, found, strict=True)}

    def found(self, row: Row) -> Row:
        """A row with Python's values."""
        if not self.columns:
            return row
        values = list(row)
        for place, turn in self.columns:
            values[place] = turn(values[place])
        return values


@lru_cache(maxsize=512)
def names(statement: Question) -> tuple[str, ...]:
    """The names of the columns that a statement finds."""
    return tuple(one.name for one in statement.exported_columns)


@lru_cache(maxsize=512)
def lists(statement: Statement | Change, database: str) -> tuple[str, ...]:
    """The names of the lists that a statement wants."""
    binds = statement.compile(dialect=_dialect(database)).binds
    return tuple(name for name, one in binds.items() if one.expanding and one.required)


@lru_cache(maxsize=512)
def written(statement: Statement | Change, database: str, lengths: tuple[int, ...] = ()) -> Written:
    """The statement for lists of these lengths."""
    dialect = _dialect(database)
    compiled = statement.compile(dialect=dialect)
    length = dict(zip(lists(statement, database), lengths, strict=True))
    wanted = [name for name, one in compiled.binds.items() if one.required]
    drafted = {name: [None] * length[name] if name in length else None for name in wanted}
    state = compiled.construct_expanded_state(drafted)
    #: The list that each value of one comes from, with its place there.
    listed = {
        one: (name, place)
        for name, several in state.parameter_expansion.items()
        for place, one in enumerate(several)
    }

    def value(name: str) -> tuple[str, tuple[str, int] | None, Turn | None]:
        source = listed.get(name, (name, 0))
        turn = _for_driver(compiled.binds[source[0]].type, dialect)
        return name, source if source[0] in length else None, turn

    return Written(
        text=state.statement,
        values=tuple(map(value, state.positiontup or state.parameters)),
        in_order=state.positiontup is not None,
        fixed={name: one for name, one in state.parameters.items() if name not in wanted},
        columns=_columns(statement, dialect),
        binary=_are_bytes(statement),
    )


def _are_bytes(statement: Statement | Change) -> bool:
    """Whether a statement finds bytes, and numbers beside them at most."""
    kinds = {type(one.type) for one in statement.exported_columns}
    return LargeBinary in kinds and kinds <= {LargeBinary, Integer}


def _columns(statement: Statement | Change, dialect: Dialect) -> tuple[tuple[int, Turn], ...]:
    turns = enumerate(_from_driver(one.type, dialect) for one in statement.exported_columns)
    return tuple((place, turn) for place, turn in turns if turn)


@cache
def _dialect(database: str) -> Dialect:
    driver = {"sqlite": "sqlite.pysqlite", "postgresql": "postgresql.psycopg"}[database]
    made: Dialect = registry.load(driver)(paramstyle=_MARKS[database])
    return made


def _for_driver(type_: TypeEngine[Any], dialect: Dialect) -> Turn | None:
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _from_driver(type_: TypeEngine[Any], dialect: Dialect) -> Turn | None:
    if isinstance(type_, Float):
        # Both drivers make a float of it; SQLAlchemy would first ask which type the server has.
        return None
    if isinstance(type_, JSON) and dialect.name == "sqlite":
        return _read_json
    return type_.dialect_impl(dialect).result_processor(dialect, None)


def _read_json(text: str | float | None) -> Any:
    """The value of a JSON text. Most are short texts without escapes: to parse one takes longer
    than to find it.
    """
    if not isinstance(text, str):
        # SQLite stores the text of a number as a number.
        return text
    if text[:1] == '"' == text[-1:] and "\\" not in text and text != '"':
        return text[1:-1]
    return loads(text)
