"""Processes that are forked from one that has imported everything: a start costs milliseconds instead of seconds."""

import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping
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
    runpy.run_module("deskhand.cli.main", run_name="__main__", alter_sys=True)
