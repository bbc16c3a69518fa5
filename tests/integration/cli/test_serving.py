"""Starting and stopping the server, and everything that can keep it from starting."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from deskhand.adapters.edge.rest import RestClient
from tests.forked import ended
from tests.integration.cli.command import COMMAND, PATIENCE, Server, environment, run, serving

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


def on_free_port(data: Path, **more: str) -> dict[str, str]:
    return environment(data, DESKHAND_PORT="0", **more)


@POSIX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda one: one.name)
def test_a_signal_ends_it_in_order_also_with_open_streams(number: signal.Signals, tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        client = RestClient(server.address, (tmp_path / "demo" / "key").read_text().strip())
        made = client.request("POST", "/v1/conversations", {"text": "Hello!"})
        streams = [client.follow("/v1/events"), client.follow(f"/v1/conversations/{made['id']}/events")]

        assert server.stop(number) == 0

        heard = [list(stream) for stream in streams]
        assert (heard[0], heard[1][0][1]["body"]) == ([], {"text": "Hello!"})
        assert server.complaints() == ""


@POSIX
def test_a_signal_while_it_is_still_loading_ends_it_in_order(tmp_path: Path) -> None:
    server = subprocess.Popen(
        [*COMMAND, "demo"], env=on_free_port(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + PATIENCE
    # the handler of SIGTERM is the first thing that it sets up
    while not _catches(server.pid, signal.SIGTERM):
        assert time.monotonic() < deadline
        assert server.poll() is None
        os.sched_yield()
    server.send_signal(signal.SIGTERM)
    out, err = server.communicate(timeout=PATIENCE)

    assert (server.returncode, out, err) == (0, "", "")


def _catches(pid: int, number: signal.Signals) -> bool:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        pytest.skip("this system does not tell which signals a process catches")
    (caught,) = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("SigCgt")]
    return bool(int(caught, 16) >> (number - 1) & 1)


def test_the_first_start_makes_a_key_and_later_ones_use_it(tmp_path: Path) -> None:
    with serving(tmp_path, "serve") as server:
        (told, set_up, _) = server.said
        assert set_up.startswith(f"Nobody can sign in yet. Make the first owner: {server.address}/setup?token=")
        key = (tmp_path / "key").read_text().strip()
        assert told == f"Your API key, also kept in {tmp_path / 'key'}: {key}\n"
        assert (tmp_path / "key").stat().st_mode & 0o077 == 0
        assert RestClient(server.address, key).request("GET", "/v1/me")["key"]["role"] == "owner"
        server.stop()

        server.start()
        (another, running) = server.said
        assert another.startswith("Nobody can sign in yet.")
        assert another != set_up
        assert running == f"Deskhand is running at {server.address}\n"
        assert server.run("runs").out == "No runs.\n"


def test_the_link_is_printed_until_somebody_is_in(tmp_path: Path) -> None:
    with serving(tmp_path, "serve") as server:
        token = server.said[1].rstrip().rpartition("=")[2]
        given = {"email": "ana@example.com", "name": "Ana", "password": "a sentence is a good one", "token": token}
        made = httpx2.post(f"{server.address}/v1/sign-up", json=given, headers={"x-deskhand": "dashboard"})
        assert made.status_code == 201
        server.stop()

        server.start()
        assert server.said == [f"Deskhand is running at {server.address}\n"]


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told = run(environment(tmp_path, DESKHAND_PORT=port), "serve")

    assert (told.code, told.out) == (1, "")
    assert told.err == (
        f"deskhand: Port {port} is taken: stop what uses it, or choose another one with --port or DESKHAND_PORT.\n"
    )


def test_a_database_that_is_in_use_is_told(demo: Server) -> None:
    told = run(on_free_port(demo.data), "demo")

    assert (told.code, told.out) == (1, "")
    assert f"is in use by another Deskhand process (pid {demo.process.pid})." in told.err


def test_a_database_of_a_newer_deskhand_is_told(migrated_sqlite: Path, tmp_path: Path) -> None:
    file = tmp_path / "deskhand.db"
    shutil.copyfile(migrated_sqlite, file)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    told = run(on_free_port(tmp_path), "serve")

    assert (told.code, told.out) == (1, "")
    assert told.err.startswith(f"deskhand: The database {file} has the form `9999`")


UNUSABLE = [
    ("DATABASE_URL", "mysql://u:secret@db/x", "The address of the database must begin with `sqlite:///` or"),
    ("DATABASE_URL", "postgresql://u:secret@[x", "DESKHAND_DATABASE_URL cannot be read: it should look like"),
    ("DATABASE_URL", "postgresql://u:secret@127.0.0.1:1/x", "The database x at 127.0.0.1 cannot be opened: "),
    ("DATABASE_URL", "sqlite:////", "The database / cannot be opened: "),
    ("ENCRYPTION_KEY", "c2hvcnQ=", "DESKHAND_ENCRYPTION_KEY is 5 bytes long. It must be 32 bytes in base64"),
    ("SMTP_URL", "http://u:secret@mail", "The mail server's address must begin with `smtp://` or `smtps://`."),
    ("DATA", __file__, f"The data folder {__file__} cannot be used: File exists. Choose another with --data or"),
    ("DATA", "~nobody-at-all/x", "There is no such home directory: ~nobody-at-all/x."),
    ("PORT", "65536", "`65536` is no port: give a number from 0 to 65535 with --port or DESKHAND_PORT."),
    ("HOST", "192.0.2.1", "Deskhand cannot listen on 192.0.2.1, port 0: "),
    ("HOST", "name.invalid", "Deskhand cannot listen on name.invalid, port 0: "),
]


@pytest.mark.parametrize(("name", "value", "sentence"), UNUSABLE)
def test_a_setting_that_cannot_be_used_is_told(name: str, value: str, sentence: str, tmp_path: Path) -> None:
    env = on_free_port(tmp_path, DESKHAND_MAIL_FROM="desk@example.com")

    code, out, errors = ended("deskhand", ["serve"], {**env, f"DESKHAND_{name}": value})

    assert (code, out) == (1, "")
    assert errors.startswith(f"deskhand: {sentence}")
    assert len(errors.splitlines()) == 1
    assert "secret" not in errors


def test_beyond_this_machine_it_warns_that_nothing_is_encrypted(tmp_path: Path) -> None:
    # a way to write this machine's address that does not count as one
    with serving(tmp_path, "serve", DESKHAND_HOST="127.1") as server:
        assert server.address == f"http://127.0.0.1:{server.port}"
        assert server.complaints() == (
            "Deskhand listens on 127.1, beyond this machine, and does not encrypt: "
            "put a reverse proxy with TLS in front of it.\n"
        )


def test_the_demo_stays_on_this_machine_whatever_is_set(tmp_path: Path) -> None:
    with serving(tmp_path, DESKHAND_HOST="0.0.0.0") as server:
        assert server.complaints().startswith("The demo listens on this machine only")
        with socket.socket() as probe:
            probe.settimeout(PATIENCE)
            # another address of this very machine, which a server that listens everywhere would answer
            assert probe.connect_ex(("127.0.0.2", server.port)) != 0


def test_a_start_that_was_broken_off_before_its_key_was_made_is_finished(tmp_path: Path) -> None:
    with serving(tmp_path, "serve") as server:
        server.stop()
    with sqlite3.connect(tmp_path / "deskhand.db") as connection:
        connection.execute("DELETE FROM api_keys")
    connection.close()
    (tmp_path / "key").unlink()

    with serving(tmp_path, "serve") as server:
        assert server.run("runs").code == 0
