"""Talking in the terminal and from a pipe."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deskhand.adapters.edge.rest import RestClient
from tests.fake_model import KEY, MODEL, calls
from tests.integration.cli.command import COMMAND, PATIENCE, Server, serving
from tests.integration.cli.files import procedure
from tests.integration.cli.test_live import client, conversation_of
from tests.model_beside import ModelBeside, model_beside

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


def test_an_answer_says_where_it_stands_and_what_comes_with_it_is_declined_in_a_word(demo: Server) -> None:
    told = demo.run("chat", stdin="How do I clean a wool rug?\nNo\n")

    assert told.code == 0
    assert told.lines[2].startswith("agent  A stain comes out with lukewarm water")
    assert told.lines[3].startswith("       [1] Looking after your things: http://127.0.0.1:")
    assert told.lines[3].endswith("/care#cleaning-wool-rugs-and-blankets")
    assert told.lines[4:7] == [
        "agent  I can help you with this: Send the care guide. Shall I?",
        "       (yes / no)",
        "you    no",
    ]
    assert statuses(demo, told.out) == ["declined"]


def test_an_offer_that_was_passed_over_can_still_be_accepted(demo: Server) -> None:
    told = demo.run("chat", stdin="How do I clean a wool rug?\nHow can I pay?\n/accept\nmia@example.com\n/accept\n")

    assert told.code == 1
    assert told.err == "deskhand: Nothing is offered right now.\n"
    assert told.lines[-4:-1] == [
        "agent  Which e-mail address shall I send it to?",
        "you    mia@example.com",
        "agent  I'll send the care guide to mia@example.com. Shall I go ahead? Please answer yes or no.",
    ]
    assert statuses(demo, told.out) == ["ignored", "accepted"]


def test_thumbs_go_to_what_was_said_last_and_a_thumb_down_brings_an_offer(demo: Server) -> None:
    told = demo.run("chat", stdin="How can I pay?\n/good\n/bad no crypto\n/decline\n")

    assert told.code == 0
    assert told.lines[4:9] == [
        "you    (thumbs up)",
        "you    (thumbs down: no crypto)",
        "agent  I can help you with this: Call back. Shall I?",
        "       (yes / no)",
        "you    no",
    ]
    given = [one["body"] for one in log(demo, told.out) if one["kind"] == "feedback"]
    said = next(one["seq"] for one in log(demo, told.out) if one["kind"] == "say")
    assert given == [
        {"reaction": "positive", "about": said},
        {"reaction": "negative", "about": said, "reason": "no crypto"},
    ]


def test_what_stands_in_the_menu_is_started_by_its_number(demo: Server) -> None:
    told = demo.run("chat", stdin="/menu\n/menu 7\n/menu 1\n/help\n")

    assert told.code == 1
    assert told.err == "deskhand: There is no number 7 in the menu: it has 1 to 4.\n"
    assert told.lines[1] == "1. Send the care guide"
    assert told.lines[5:7] == [
        "you    Send the care guide",
        "agent  Which e-mail address shall I send it to?",
    ]
    assert "/good, /bad REASON: a thumb for what the agent said last; the reason may be left out" in told.lines


def test_what_the_teams_assistant_says_is_not_for_the_customer(demo: Server) -> None:
    conversation = str(client(demo).request("POST", "/v1/conversations", {})["id"])
    wish = {"agent": "desk", "text": "Where is order A1003?"}
    client(demo).request("POST", f"/v1/conversations/{conversation}/assist", wish)

    told = demo.run("chat", "--conversation", conversation, stdin="How can I pay?\n")

    assert told.lines[1] == "you    How can I pay?"
    assert "A1003" not in told.out


def log(demo: Server, out: str) -> list[Any]:
    """The whole log of the conversation that a chat was in."""
    return list(client(demo).request("GET", f"/v1/conversations/{conversation_of(out)}/entries")["items"])


def statuses(demo: Server, out: str) -> list[str]:
    """What became of the offers."""
    return [one["body"]["status"] for one in log(demo, out) if one["kind"] == "offer_closed"]


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

    def test_an_answer_is_seen_while_a_model_writes_it(
        self, demo: Server, written: Callable[[ModelBeside], str]
    ) -> None:
        with model_beside() as model, Terminal(demo, "chat", "--conversation", written(model)) as terminal:
            first, rest = (
                "By card or on invoice.",
                "That leaves time to look at everything at home, before it is paid for.",
            )
            answer = f"{first} {rest} Would you like to know anything else about it?"
            model.say(calls(answer={"text": answer, "cites": ["questions#2"]}, pauses=True))
            terminal.until("you> ")
            terminal.type("How can I pay?\n")
            terminal.until(f"\r\x1b[2Kagent  {first}")
            assert rest not in terminal.plain
            model.go_on()
            terminal.until(f"\r\x1b[2Kagent  {answer}")
            terminal.until("[1] Questions and answers")
            terminal.type("/quit\n")
            assert terminal.code() == 0

    @pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
    def test_a_key_ends_it(self, key: str, demo: Server) -> None:
        with Terminal(demo, "chat") as terminal:
            terminal.until("you> ")
            terminal.type(key)
            if not terminal.ends_within(5):
                terminal.type(key)  # Python sees a signal only with the next key if it came just before the waiting
            assert terminal.code() == 0
            assert "Traceback" not in terminal.plain


@pytest.fixture
def written(demo: Server) -> Iterator[Callable[[ModelBeside], str]]:
    """A conversation with an agent that has a model; both are gone afterwards."""
    yield partial(written_by, demo)
    client(demo).request("DELETE", "/v1/agents/writer")
    client(demo).request("DELETE", "/v1/models/paced")


def written_by(demo: Server, model: ModelBeside) -> str:
    server = client(demo)
    hosts = server.request("GET", "/v1/settings/internal-hosts")["hosts"]
    server.request("PUT", "/v1/settings/internal-hosts", {"hosts": [*hosts, model.fake.host]})
    paced = {"provider": "compatible", "model": MODEL, "base_url": model.fake.url, "key": KEY}
    server.request("PUT", "/v1/models/paced", paced)
    server.request("PUT", "/v1/agents/writer", {"name": "Writer", "model": "paced"})
    return str(server.request("POST", "/v1/conversations", {"agent": "writer"})["id"])


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

    def ends_within(self, seconds: float) -> bool:
        """Whether it has ended before so much time is over."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self._process.returncode is not None

    def code(self) -> int:
        """The exit code, once it has ended."""
        return self._process.wait(PATIENCE)


def _take_terminal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests may ignore it
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
