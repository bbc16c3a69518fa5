"""Several statements as one message to PostgreSQL, all of them or none.

The driver's own pipeline wakes the socket once for every statement, which cost more than half of a turn's time. Here
everything is encoded first and leaves in one piece; the server runs it as one implicit transaction, which ends with
the sync behind the last statement. A connection that breaks in between never sent the sync, so nothing is kept.
"""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import AsyncConnection, errors, pq
from psycopg.abc import PQGen
from psycopg.pq.abc import PGconn, PGresult
from psycopg.waiting import WAIT_R, WAIT_RW, Ready

from deskhand.adapters.sql.database import Row

Statement = tuple[bytes, Sequence[Any]]
"""SQL with `$1`, `$2`, …, and the values."""

_READERS: dict[int, Callable[[bytes], Any]] = {
    16: lambda raw: raw == b"\1",
    17: bytes,
    20: lambda raw: int.from_bytes(raw, "big", signed=True),
    21: lambda raw: int.from_bytes(raw, "big", signed=True),
    23: lambda raw: int.from_bytes(raw, "big", signed=True),
    25: bytes.decode,
    1043: bytes.decode,
}
"""How the types of our columns come in binary, by PostgreSQL's numbers for them: boolean, bytea, integers, texts."""

_numbers = count(1)
_prepared: WeakKeyDictionary[AsyncConnection[Any], set[bytes]] = WeakKeyDictionary()


async def run_together(connection: AsyncConnection[Any], statements: Sequence[Statement]) -> list[Row]:
    """Run the statements in one transaction and one round trip, and give the rows of the last one.

    Raises the driver's error of the first that fails.
    """
    try:
        return await _run(connection, statements)
    except errors.InvalidSqlStatementName:
        # the driver takes all prepared statements back after some of its own; nothing of ours was kept
        _prepared.pop(connection, None)
        return await _run(connection, statements)


async def _run(connection: AsyncConnection[Any], statements: Sequence[Statement]) -> list[Row]:
    encoded = [(_name(sql), sql, *_encode(values)) for sql, values in statements]
    known = _prepared.setdefault(connection, set())
    pgconn = connection.pgconn
    try:
        async with connection.lock:
            pgconn.enter_pipeline_mode()
            sent: list[bytes | None] = []
            for name, sql, values, formats in encoded:
                if name not in known and name not in sent:
                    pgconn.send_prepare(name, sql)
                    sent.append(name)
                pgconn.send_query_prepared(name, values, formats, result_format=pq.Format.BINARY)
                sent.append(None)
            pgconn.pipeline_sync()
            results = await connection.wait(_exchange(pgconn))
            pgconn.exit_pipeline_mode()
    except BaseException:
        # in the middle of an exchange nobody can say what comes next: the pool makes a new connection
        await connection.close()
        raise
    # what was prepared before a statement failed stays prepared, whatever becomes of the transaction
    known.update(name for name, result in zip(sent, results, strict=True) if name and _went_well(result))
    failed = next((result for result in results if result.status == pq.ExecStatus.FATAL_ERROR), None)
    if failed is not None:
        raise errors.error_from_result(failed, "utf-8")
    return _rows(results[-1])


def _went_well(result: PGresult) -> bool:
    return result.status == pq.ExecStatus.COMMAND_OK


def _exchange(pgconn: PGconn) -> PQGen[list[PGresult]]:
    """Send what is buffered, and read results until the sync comes back."""
    while pgconn.flush():
        ready = yield WAIT_RW
        if ready & Ready.R:
            pgconn.consume_input()
    results: list[PGresult] = []
    while True:
        while pgconn.is_busy():
            yield WAIT_R
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is None:
            continue  # between the results of two statements
        if result.status == pq.ExecStatus.PIPELINE_SYNC:
            return results
        results.append(result)


def _rows(result: PGresult) -> list[Row]:
    readers = [_READERS[result.ftype(column)] for column in range(result.nfields)]
    return [
        tuple(
            None if (value := result.get_value(row, column)) is None else read(value)
            for column, read in enumerate(readers)
        )
        for row in range(result.ntuples)
    ]


@cache
def _name(sql: bytes) -> bytes:
    return b"turn_%d" % next(_numbers)


def _encode(values: Sequence[Any]) -> tuple[list[bytes | None], list[int]]:
    """The values as the wire takes them: bytes in binary, everything else as text whose type the column decides."""
    encoded = [value if value is None or isinstance(value, bytes) else str(value).encode() for value in values]
    return encoded, [int(isinstance(value, bytes)) for value in values]


def numbered(sql: str) -> bytes:
    """The statement with `$1`, `$2`, … in place of each `?`."""
    first, *others = sql.split("?")
    return (first + "".join(f"${number}{part}" for number, part in enumerate(others, 1))).encode()
