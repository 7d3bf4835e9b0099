"""Send statements to PostgreSQL in one way there and back, as one transaction.

By the functions of the server's library: the pipeline of the driver takes longer than a claim does.
"""

from __future__ import annotations

import select
from collections.abc import MutableMapping, Sequence
from typing import Any, TypeAlias

from psycopg import Connection, abc, pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import InvalidSqlStatementName, error_from_result

#: The statements that a connection has prepared, each with the name that the server knows.
Prepared: TypeAlias = MutableMapping[str, bytes]
#: A text, and its values in order.
Asked: TypeAlias = tuple[str, Sequence[Any]]

_DONE, _FAILED = pq.ExecStatus.PIPELINE_SYNC, pq.ExecStatus.FATAL_ERROR


def send(
    server: Connection[Any], prepared: Prepared, asked: Sequence[Asked]
) -> list[list[tuple[Any, ...]]]:
    """The rows of each statement; a failure of one undoes all of them.

    Nothing may have begun on the connection. The driver's own errors are raised.
    """
    try:
        return _send(server, prepared, asked)
    except InvalidSqlStatementName:
        # The driver lets a server forget all that is prepared when a transaction is undone.
        prepared.clear()
        return _send(server, prepared, asked)


def _send(
    server: Connection[Any], prepared: Prepared, asked: Sequence[Asked]
) -> list[list[tuple[Any, ...]]]:
    library = server.pgconn
    adapter: abc.Transformer = Transformer(server)
    given = [_dumped(adapter, values) for _, values in asked]
    new = {
        text: f"sluice {len(prepared) + place}".encode() for place, (text, _) in enumerate(asked)
    }
    new = {text: name for text, name in new.items() if text not in prepared}
    names = {**prepared, **new}
    library.enter_pipeline_mode()
    ended = False
    try:
        for text, name in new.items():
            library.send_prepare(name, text.encode())
        for (text, _), values in zip(asked, given, strict=True):
            library.send_query_prepared(names[text], values)
        library.pipeline_sync()
        found = _results(library)
        library.exit_pipeline_mode()
        ended = True
    finally:
        if not ended:
            # Nobody can say what has still to come.
            server.close()
    for one in found:
        if one.status == _FAILED:
            raise error_from_result(one, "utf-8")
    prepared.update(new)
    return [_rows(adapter, one) for one in found[len(new) :]]


def _dumped(adapter: abc.Transformer, values: Sequence[Any]) -> Sequence[Any]:
    return adapter.dump_sequence(values, [PyFormat.TEXT] * len(values))


def _results(library: pq.abc.PGconn) -> list[pq.abc.PGresult]:
    """What the server answers, until it has done all."""
    found: list[pq.abc.PGresult] = []
    waiting = select.poll()
    waiting.register(library.socket, select.POLLIN | select.POLLOUT)
    while library.flush():
        waiting.poll()
        library.consume_input()
    waiting.modify(library.socket, select.POLLIN)
    while True:
        while library.is_busy():
            waiting.poll()
            library.consume_input()
        # None ends the results of each statement.
        one = library.get_result()
        if one is None:
            continue
        if one.status == _DONE:
            return found
        found.append(one)


def _rows(adapter: abc.Transformer, result: pq.abc.PGresult) -> list[tuple[Any, ...]]:
    adapter.set_pgresult(result, set_loaders=True)
    return adapter.load_rows(0, result.ntuples, tuple)
