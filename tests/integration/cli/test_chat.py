"""Talking in the terminal and from a pipe."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deskhand.adapters.edge.rest import RestClient
from tests.integration.cli.command import COMMAND, PATIENCE, Server, serving
from tests.integration.cli.files import procedure
from tests.integration.cli.test_live import client, conversation_of

CHOOSE = procedure(
    "Choose a lamp",
    [
        {"id": "ask", "kind": "collect", "variable": "size", "prompt": "Which size?", "choices": ["Small", "Large"]},
        {
            "id": "order",
            "kind": "internal",
            "action": "tag_session",
            "parameters": {"tag": "lamp"},
            "confirm": "Do you want it",
        },
        {"id": "done", "kind": "message", "text": "The {{size}} one\nis yours."},
    ],
)


def choosing(demo: Server) -> str:
    """A conversation that waits for a choice."""
    server: RestClient = client(demo)
    if not any(row["slug"] == "choose-a-lamp" for row in server.request("GET", "/v1/procedures")["items"]):
        server.request("POST", "/v1/procedures", {"document": CHOOSE})
        server.request("POST", "/v1/procedures/choose-a-lamp/publish", {})
    conversation = str(server.request("POST", "/v1/conversations", {})["id"])
    server.request("POST", f"/v1/conversations/{conversation}/start", {"procedure": "choose-a-lamp"})
    return conversation


def test_a_choice_that_is_written_is_a_click(demo: Server) -> None:
    conversation = choosing(demo)

    told = demo.run("chat", "--conversation", conversation, stdin="large\nyes\n")

    assert told.code == 0
    assert told.lines[1:3] == ["agent  Which size?", "       (Small / Large)"]
    assert told.lines[3] == "you    Large"
    assert told.lines[4].startswith("agent  Do you want it")
    assert told.lines[5:] == ["       (yes / no)", "you    yes", "agent  The Large one", "       is yours."]
    entries = client(demo).request("GET", f"/v1/conversations/{conversation}/entries")["items"]
    assert [entry["kind"] for entry in entries if entry["kind"] in ("said", "clicked")] == ["clicked", "clicked"]


def test_a_choice_that_is_no_longer_open_is_a_message(demo: Server) -> None:
    told = demo.run("chat", "--conversation", choosing(demo), stdin="Large\nno\nLarge\n")

    assert told.code == 0
    assert told.lines.count("you    Large") == 2


def test_a_conversation_is_gone_on_with(demo: Server) -> None:
    first = demo.run("chat", stdin="Where is my order?\n")
    conversation = conversation_of(first.out)

    second = demo.run("chat", "--conversation", conversation, stdin="A1003\n")

    assert second.lines[: len(first.lines)] == first.lines
    assert second.lines[len(first.lines)] == "you    A1003"
    assert "is currently:" in second.lines[len(first.lines) + 1]
    missing = demo.run("chat", "--conversation", conversation[:-1] + ("0" if conversation[-1] != "0" else "1"))
    assert (missing.code, missing.out) == (1, "")
    assert missing.err.startswith("deskhand: There is no such ")


def test_quitting_leaves_the_rest_unsaid(demo: Server) -> None:
    told = demo.run("chat", "--language", "de", stdin="\n\n/quit\nI want a refund\n")

    assert told.code == 0
    assert len(told.lines) == 1


def test_a_message_that_is_declined_is_told_and_the_rest_is_sent(demo: Server) -> None:
    told = demo.run("chat", stdin=b"x" * 10_001 + b"\nWhere is my \xff order?\n")

    assert told.code == 1
    assert told.err == "deskhand: `text` may have at most 10,000 characters.\n"
    assert told.lines[-1] == "agent  What's your order number?"


def test_a_talk_outlives_a_server_that_is_killed(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        talk = subprocess.Popen(
            [*COMMAND, "chat"], env=server.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert talk.stdin is not None
        assert talk.stdout is not None
        talk.stdin.write("I want a refund\n")
        talk.stdin.flush()
        heard = [talk.stdout.readline() for _ in range(4)]
        assert heard[-1] == "agent  What's your order number?\n"

        server.stop(signal.SIGKILL)
        talk.stdin.write("A1001\n")
        talk.stdin.flush()
        server.start()
        out, _ = talk.communicate("It arrived broken\n", timeout=PATIENCE)

    assert talk.returncode == 0
    assert out.splitlines() == [
        "you    A1001",
        "agent  What's the reason for the refund?",
        "you    It arrived broken",
        "agent  A colleague is checking this for you. I'll write here as soon as they have decided.",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
class TestTerminal:
    """A person at a terminal."""

    def test_answers_come_while_the_next_message_is_written(self, demo: Server) -> None:
        with Terminal(demo, "chat") as terminal:
            terminal.until("you> ")
            terminal.type("I want a refund\nA1001\nIt arrived broken\n")
            terminal.until("A colleague is checking")
            terminal.until("you> ")
            terminal.type("thank y")
            terminal.until("thank y")
            conversation = conversation_of(terminal.plain)
            (approval,) = client(demo).request("GET", f"/v1/approvals?conversation={conversation}")["items"]
            client(demo).request("POST", f"/v1/approvals/{approval['id']}/approve")
            # the answer takes the line's place, and what was typed so far stands below it
            terminal.until("\r\x1b[2Kagent  Your refund request has been submitted")
            terminal.until("\nyou> thank y")
            terminal.type("\x15/quit\n")
            assert terminal.code() == 0

    @pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
    def test_a_key_ends_it(self, key: str, demo: Server) -> None:
        with Terminal(demo, "chat") as terminal:
            terminal.until("you> ")
            terminal.type(key)
            assert terminal.code() == 0
            assert "Traceback" not in terminal.plain


class Terminal:
    """A command on a pseudo-terminal."""

    def __init__(self, server: Server, *words: str) -> None:
        self._ours, theirs = os.openpty()
        self._process = subprocess.Popen(
            [*COMMAND, *words],
            env={**server.env, "TERM": "xterm"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(theirs)
        self._read = ""
        self._done = 0

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    @property
    def plain(self) -> str:
        """All that was shown, without the dimming of the first line."""
        return self._read.removeprefix("\x1b[2m")

    def type(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def until(self, text: str) -> None:
        """Wait until this is shown, after what was waited for before."""
        deadline = time.monotonic() + PATIENCE
        while (at := self._read.find(text, self._done)) < 0:
            ready, _, _ = select.select([self._ours], [], [], deadline - time.monotonic())
            assert ready, f"{text!r} was never shown: {self._read[self._done :]!r}"
            self._read += os.read(self._ours, 10_000).decode()
        self._done = at + len(text)

    def code(self) -> int:
        """The exit code, once it has ended."""
        return self._process.wait(PATIENCE)


def _take_terminal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests may ignore it
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
