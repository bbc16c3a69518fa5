"""SQLite's one writer: a thread that commits what waits for it together, a savepoint each."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from deskhand.domain.errors import DeskhandError
from deskhand.ports.stores import StorageFailed, Taken, Unstorable

BATCH = 256
"""So many jobs are committed together at most."""

T = TypeVar("T")
Outcome = tuple["Job", Any, BaseException | None]


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """Something to write, and who waits for it."""

    work: Callable[[sqlite3.Connection], Any]
    done: asyncio.Future[Any]


class Writer:
    """Runs jobs on its connection; a job's result is there once it is committed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="deskhand-writer", daemon=True)
        self._closed: asyncio.Future[None] | None = None
        self._thread.start()

    async def submit(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Have this done in a transaction. Raises what it raises, or StorageFailed where the commit fails."""
        if self._closed is not None:
            raise StorageFailed("The database is closed.")
        job = Job(work, self._loop.create_future())
        self._queue.put(job)
        result: T = await job.done
        return result

    async def close(self) -> None:
        """Finish what waits, then stop."""
        if self._closed is None:
            self._closed = self._loop.create_future()
            self._queue.put(None)
        await asyncio.shield(self._closed)
        self._thread.join()

    def _run(self) -> None:
        going = True
        while going:
            batch, going = self._next()
            outcomes = self._commit(batch) if batch else []
            self._loop.call_soon_threadsafe(_deliver, outcomes, None if going else self._closed)

    def _next(self) -> tuple[list[Job], bool]:
        """All that waits, and whether more may come."""
        batch: list[Job] = []
        job = self._queue.get()
        while job is not None:
            batch.append(job)
            if len(batch) == BATCH:
                return batch, True
            try:
                job = self._queue.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _commit(self, batch: list[Job]) -> list[Outcome]:
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            outcomes = [self._attempt(job) for job in batch]
            connection.execute("COMMIT")
            return outcomes
        except (sqlite3.Error, _Left) as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            failed = StorageFailed(f"The database could not write, and kept nothing of it: {error}.")
            return [(job, None, failed) for job in batch]

    def _attempt(self, job: Job) -> Outcome:
        """One job in its savepoint; whatever goes wrong goes to whoever waits for it."""
        connection = self._connection
        connection.execute("SAVEPOINT turn")
        try:
            result, problem = job.work(connection), None
        except Exception as error:
            result, problem = None, error
            if not connection.in_transaction:  # a full disk ends the transaction, and with it what was done before
                raise _Left(str(error)) from error
            connection.execute("ROLLBACK TO turn")
        connection.execute("RELEASE turn")
        return job, result, problem and _said(problem)


class _Left(Exception):
    """The connection left the transaction in the middle of a batch."""


def _said(error: Exception) -> Exception:
    """The error in the words of the stores."""
    match error:
        case DeskhandError():
            return error
        case sqlite3.IntegrityError():
            return Taken(f"The database refuses what is there already: {error}.")
        case sqlite3.Error():
            return StorageFailed(f"The database could not write, and kept nothing of it: {error}.")
        case UnicodeEncodeError():
            return Unstorable()
    return error


def _deliver(outcomes: list[Outcome], closed: asyncio.Future[None] | None) -> None:
    for job, result, problem in outcomes:
        if job.done.done():  # whoever waited was cancelled; the write stands
            continue
        if problem is not None:
            job.done.set_exception(problem)
        else:
            job.done.set_result(result)
    if closed is not None:
        closed.set_result(None)
