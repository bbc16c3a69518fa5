"""Processes that are forked from one that has imported everything: a start costs milliseconds instead of seconds."""

import multiprocessing
import os
import runpy
import sys
import tempfile
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([
    "deskhand.cli.main", "deskhand.cli.serving", "deskhand.demo.setup", "deskhand.demo.shop",
    "deskhand.demo.shop_serving", "deskhand.demo.site.visit",
    "deskhand.api.app", "deskhand.bootstrap",
    "deskhand.adapters.sql.sqlite_opening", "deskhand.adapters.sql.postgres_opening",
    "uvicorn.protocols.http.auto", "uvicorn.protocols.websockets.auto", "uvicorn.lifespan.off", "uvicorn.loops.uvloop",
])  # fmt: skip


def command(words: list[str], out: Connection, errors: Path, environment: Mapping[str, str] = {}) -> None:
    """Be `deskhand` with these words, as it would be started: what it says goes to the pipe and the file."""
    os.environ.update(environment)
    with errors.open("w") as file:
        os.dup2(out.fileno(), 1)
        os.dup2(file.fileno(), 2)
    out.close()
    sys.stdout = os.fdopen(1, "w", buffering=1)
    sys.stderr = os.fdopen(2, "w", buffering=1)
    sys.argv = ["deskhand", *words]
    runpy.run_module("deskhand", run_name="__main__", alter_sys=True)


def output(module: str, *words: str) -> str:
    """What a program says that is run to its end; raises RuntimeError with its errors when it fails."""
    code, out, errors = ended(module, words)
    if code:
        raise RuntimeError(f"{module} ended with {code}:\n{errors}")
    return out


def ended(module: str, words: Sequence[str], environment: Mapping[str, str] = {}) -> tuple[int, str, str]:
    """Run a program to its end: its exit code, what it said, and its errors."""
    with tempfile.TemporaryDirectory() as folder:
        out, errors = Path(folder, "out"), Path(folder, "errors")
        process = CONTEXT.Process(target=_program, args=[module, words, environment, out, errors])
        process.start()
        process.join()
        assert process.exitcode is not None
        return process.exitcode, out.read_text(), errors.read_text()


def _program(module: str, words: Sequence[str], environment: Mapping[str, str], out: Path, errors: Path) -> None:
    os.environ.update(environment)
    with out.open("w") as said, errors.open("w") as wrong:
        os.dup2(said.fileno(), 1)
        os.dup2(wrong.fileno(), 2)
    sys.stdout = os.fdopen(1, "w", buffering=1)
    sys.stderr = os.fdopen(2, "w", buffering=1)
    sys.argv = [module, *words]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
