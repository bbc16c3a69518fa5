"""SQLite's one writer commits what waits for it together, a savepoint each.

Several jobs go to a thread of their own, so that the event loop goes on while the disk works. A job that is alone is
done at once where the disk is quick: two changes of thread took longer than its whole commit.
"""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from deskhand.domain.errors import DeskhandError
from deskhand.domain.phrases import phrase
from deskhand.ports.stores import StorageFailed, Taken, Unstorable

BATCH = 256
"""So many jobs are committed together at most."""

QUICK = 0.001
"""Seconds that a commit may usually take for the event loop to wait for it."""

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
        self._waiting: list[Job] = []
        self._usual = 0.0
        """Seconds that a commit took lately, the newest ones counting most."""
        self._anew = False
        self._handed_over = 0
        """Batches that the thread has and that were not delivered yet."""
        self._queue: SimpleQueue[list[Job] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="deskhand-writer", daemon=True)
        self._closed: asyncio.Future[None] | None = None
        self._thread.start()

    async def submit(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Have this done in a transaction. Raises what it raises, or StorageFailed where the commit fails."""
        if self._closed is not None:
            raise StorageFailed("The database is closed.")
        job = Job(work, self._loop.create_future())
        self._waiting.append(job)
        if len(self._waiting) == 1:
            # whatever else is ready to run comes first, and may bring jobs to commit together with this one
            self._loop.call_soon(self._dispatch)
        result: T = await job.done
        return result

    async def close(self) -> None:
        """Finish what waits, then stop."""
        if self._closed is None:
            self._closed = self._loop.create_future()
            self._dispatch()
            self._queue.put(None)
        await asyncio.shield(self._closed)
        self._thread.join()

    def start_log_anew(self) -> None:
        """After the next commit, carry over what is left of the write-ahead log, and begin it again."""
        self._anew = True

    def _dispatch(self) -> None:
        """Do a lone job at once, or hand all that wait to the thread."""
        batch, self._waiting = self._waiting, []
        if len(batch) == 1 and self._handed_over == 0 and self._usual < QUICK:
            _deliver(self._timed(batch))
        elif batch:
            self._handed_over += 1
            self._queue.put(batch)

    def _run(self) -> None:
        going = True
        while going:
            batches, going = self._next()
            outcomes = self._timed([job for batch in batches for job in batch]) if batches else []
            self._loop.call_soon_threadsafe(self._delivered, outcomes, len(batches), going)

    def _next(self) -> tuple[list[list[Job]], bool]:
        """All that waits, and whether more may come."""
        batches: list[list[Job]] = []
        batch = self._queue.get()
        while batch is not None:
            batches.append(batch)
            if sum(map(len, batches)) >= BATCH:
                return batches, True
            try:
                batch = self._queue.get_nowait()
            except Empty:
                return batches, True
        return batches, False

    def _delivered(self, outcomes: list[Outcome], batches: int, going: bool) -> None:
        self._handed_over -= batches
        _deliver(outcomes)
        if not going and self._closed is not None:
            self._closed.set_result(None)

    def _timed(self, batch: list[Job]) -> list[Outcome]:
        begin = time.perf_counter()
        outcomes = self._commit(batch)
        self._usual += (time.perf_counter() - begin - self._usual) / 8
        if self._anew:
            self._anew = False
            self._begin_log_anew()
        return outcomes

    def _begin_log_anew(self) -> None:
        """Only whoever writes can do this without waiting for somebody else's turn to end."""
        try:
            self._connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()
        except sqlite3.Error as error:
            # what was committed stands: the log goes on growing until the next try
            told = {"message": "The log could not be begun anew.", "exception": error}
            self._loop.call_soon_threadsafe(self._loop.call_exception_handler, told)

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
            failed = StorageFailed(
                phrase("The database could not write, and kept nothing of it: {fault}.", fault=error)
            )
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
            return Taken(phrase("The database refuses what is there already: {fault}.", fault=error))
        case sqlite3.Error():
            return StorageFailed(phrase("The database could not write, and kept nothing of it: {fault}.", fault=error))
        case UnicodeEncodeError():
            return Unstorable()
    return error


def _deliver(outcomes: list[Outcome]) -> None:
    for job, result, problem in outcomes:
        if job.done.done():  # whoever waited was cancelled; the write stands
            continue
        if problem is not None:
            job.done.set_exception(problem)
        else:
            job.done.set_result(result)
