"""One process owns a SQLite file: a second one is refused before it does harm."""

import os
import sys
from pathlib import Path
from typing import IO

from deskhand.adapters.sql.urls import InUse

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


def own_file(path: Path) -> IO[str]:
    """Lock `<path>.lock` until the file that this gives is closed, or the process ends. Raises InUse."""
    lock = open(f"{path}.lock", "a+", encoding="utf-8")  # noqa: SIM115 (open as long as the database is)
    try:
        if sys.platform == "win32":
            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        owner = _owner(lock)
        lock.close()
        raise InUse(
            f"{path} is in use by another Deskhand process ({owner}). "
            "Stop that one first, or talk to it: the command line can, through its address."
        ) from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock


def _owner(lock: IO[str]) -> str:
    if sys.platform == "win32":  # the locked file cannot be read
        return "pid unknown"
    lock.seek(0)
    return f"pid {lock.read().strip() or 'unknown'}"
