"""Commands on a running server: the whole job, publishing, decisions, and servers that are not as they should be."""

import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from deskhand.adapters.edge.rest import RestClient
from tests.integration.cli.command import Server, deskhand, run
from tests.integration.cli.files import procedure, write

SAY = {"id": "say", "kind": "message", "text": "Hello!"}


def conversation_of(said: str) -> str:
    found = re.match(r"(conv_[0-9a-f]{32}) ", said)
    assert found, said
    return found[1]


def client(demo: Server) -> RestClient:
    return RestClient(demo.address, (demo.data / "demo" / "key").read_text().strip())


def test_a_refund_from_the_first_word_to_the_ticket(demo: Server) -> None:
    talked = run(demo.env, "chat", stdin="I want a refund\nA1001\nIt arrived broken\n")
    assert (talked.code, talked.err) == (0, "")
    conversation = conversation_of(talked.out)
    assert talked.lines[1:] == [
        "you    I want a refund",
        "agent  I can help you with a refund. Let me gather some information.",
        "agent  What's your order number?",
        "you    A1001",
        "agent  What's the reason for the refund?",
        "you    It arrived broken",
        "agent  A colleague is checking this for you. I'll write here as soon as they have decided.",
    ]
    (waiting,) = run(demo.env, "runs", "--conversation", conversation, "--json").json
    assert (waiting["status"], waiting["waiting"]) == ("running", "approval")

    listed = run(demo.env, "approvals")
    assert listed.code == 0
    assert "Refund Request Handler: Open a refund ticket for order #A1001: It arrived broken" in listed.out
    approval = approval_of(demo, conversation)
    assert f"{approval}  pending" in listed.lines
    shown = run(demo.env, "approvals", "show", approval)
    assert f"    conversation: {conversation}" in shown.lines
    assert "    create ticket:" in shown.lines
    assert "        subject: Refund: Order #A1001" in shown.lines

    approved = run(demo.env, "approvals", "approve", approval)
    assert approved.code == 0
    assert approved.lines[0] == f"{approval}: approved."
    assert re.fullmatch(
        r"    the customer was told: Your refund request has been submitted \(Ticket #\d+\)\. "
        r"We'll process it within 2 business days\.",
        approved.lines[1],
    )
    done = run(demo.env, "runs", "--status", "completed", "--conversation", conversation)
    assert "refund-request-handler v1" in done.out
    assert "submitted" in done.out
    assert f"{approval}  approved" in run(demo.env, "approvals", "--all").lines
    again = run(demo.env, "approvals", "approve", approval)
    assert (again.code, again.out, again.err) == (1, "", "deskhand: demo approved this already.\n")


def test_an_approval_is_edited_from_the_terminal(demo: Server) -> None:
    conversation = conversation_of(demo.run("chat", stdin="I want a refund\nA1001\nToo loud\n").out)
    approval = approval_of(demo, conversation)
    assert "    can be edited: order_id (text), refund_reason (text)" in demo.run("approvals", "show", approval).lines

    assert demo.run("approvals", "approve", approval, "--set", "refund_reason").code == 2
    wrong = demo.run("approvals", "approve", approval, "--set", "order=A1002")
    assert (wrong.code, wrong.out) == (1, "")
    assert "`order` cannot be edited" in wrong.err

    edited = demo.run("approvals", "approve", approval, "--set", "refund_reason=Too loud, by 3 dB")
    assert edited.lines[0] == f"{approval}: edited and approved."
    shown = demo.run("approvals", "show", approval).lines
    assert "    edited by demo: refund_reason Too loud → Too loud, by 3 dB" in shown
    assert "        description: Reason given by the customer: Too loud, by 3 dB" in shown


def approval_of(demo: Server, conversation: str) -> str:
    rows = demo.run("approvals", "--json").json
    (found,) = [row["id"] for row in rows if row["conversation"] == conversation]
    return str(found)


def test_a_rejected_approval_hands_over(demo: Server) -> None:
    conversation = conversation_of(demo.run("chat", stdin="I want a refund\nA1001\nToo loud\n").out)
    approval = approval_of(demo, conversation)

    assert demo.run("approvals", "reject", approval).code == 2
    rejected = demo.run("approvals", "reject", approval, "--reason", "Twice this month")

    assert rejected.lines[0] == f"{approval}: rejected."
    assert "Twice this month" not in "".join(rejected.lines[1:])
    (run_,) = demo.run("runs", "--conversation", conversation, "--json").json
    assert run_["status"] == "escalated"
    assert "by demo: Twice this month" in demo.run("approvals", "list", "--all").out


@contextmanager
def silent_server() -> Iterator[str]:
    """A server that takes a request and hangs up: nobody can say whether it did what it was told."""
    listener = socket.create_server(("127.0.0.1", 0))

    def hang_up() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)

    thread = Thread(target=hang_up)
    thread.start()
    try:
        yield f"127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def test_an_unknown_outcome_is_told(demo: Server) -> None:
    server = client(demo)
    hosts = server.request("GET", "/v1/settings/internal-hosts")["hosts"]
    with silent_server() as host:
        server.request("PUT", "/v1/settings/internal-hosts", {"hosts": [*hosts, host]})
        steps = [{"id": "book", "kind": "call", "method": "POST", "url": f"http://{host}/book"}, SAY]
        document = procedure("Book a call", steps)
        server.request("POST", "/v1/procedures", {"document": document})
        server.request("POST", "/v1/procedures/book-a-call/publish", {})

        def unknown() -> tuple[str, str]:
            conversation = server.request("POST", "/v1/conversations", {})["id"]
            start = f"/v1/conversations/{conversation}/start?wait=60"
            assert server.request("POST", start, {"procedure": "book-a-call"})["settled"]
            return conversation, approval_of(demo, conversation)

        def status(conversation: str) -> str:
            (row,) = server.request("GET", f"/v1/runs?conversation={conversation}")["items"]
            return str(row["status"])

        conversation, approval = unknown()
        assert "did it happen?" in demo.run("approvals").out
        assert demo.run("approvals", "approve", approval).code == 1
        again = demo.run("approvals", "retry", approval)
        assert again.lines[0] == f"{approval}: sent again."
        second = approval_of(demo, conversation)
        assert second != approval
        happened = demo.run("approvals", "happened", second)
        assert happened.lines == [f"{second}: it happened.", "    the customer was told: Hello!"]
        assert status(conversation) == "completed"

        conversation, approval = unknown()
        taken = demo.run("approvals", "take-over", approval, "--reason", "I call them")
        assert taken.lines[0] == f"{approval}: taken over."
        assert status(conversation) == "escalated"


def test_a_procedure_is_published_only_where_it_changed(demo: Server, tmp_path: Path) -> None:
    document = procedure("Greeting", [SAY])
    file = write(tmp_path / "greeting.yaml", document)

    first = demo.run("publish", file)
    assert (first.code, first.out, first.err) == (0, f"{file}: `greeting` is published as version 1.\n", "")
    same = demo.run("publish", file)
    assert (same.code, same.out, same.err) == (0, f"{file}: `greeting` is unchanged since version 1.\n", "")
    assert demo.run("publish", "--again", file).out == f"{file}: `greeting` is published as version 2.\n"

    changed = write(file, {**document, "steps": [{**SAY, "text": "Good day!"}]})
    (told,) = demo.run("publish", changed, "--json").json
    assert told == {"file": str(file), "slug": "greeting", "version": 3, "changed": True}


def test_a_file_with_errors_is_not_published(demo: Server, tmp_path: Path) -> None:
    lame = write(tmp_path / "lame.yaml", procedure("Lame", [{**SAY, "text": "{{total}}"}]))
    strange = write(tmp_path / "strange.yaml", procedure("Strange", [{**SAY, "kind": "mesage"}]))
    call = {"id": "look", "kind": "call", "action": "nobody-knows", "on_error": "say"}
    alone = write(tmp_path / "alone.yaml", procedure("Alone", [call, SAY]))
    sound = write(tmp_path / "sound.yaml", procedure("Sound", [SAY]))

    told = demo.run("publish", lame, strange, alone, sound, tmp_path / "missing.yaml")

    assert told.code == 1
    assert told.out == f"{sound}: `sound` is published as version 1.\n"
    errors = [line for line in told.err.splitlines() if ": warning: " not in line]
    assert sorted(line.rsplit("/")[-1][:45] for line in errors) == [
        "alone.yaml: look: there is no action `nobody-",
        "lame.yaml: say: nothing ever sets `total`; co",
        "missing.yaml: procedure: this cannot be read:",
        "strange.yaml: say: `mesage` is no step kind; ",
    ]


def test_what_a_procedure_runs_is_published_before_it(demo: Server, tmp_path: Path) -> None:
    step = {"id": "run", "kind": "procedure", "procedure": "z-inner"}
    outer = write(tmp_path / "a-outer.yaml", procedure("A outer", [step]))
    inner = write(tmp_path / "z-inner.yaml", procedure("Z inner", [SAY]))

    told = demo.run("publish", outer, inner)

    assert told.code == 0
    assert [line.split(": `")[1] for line in told.lines] == [
        "z-inner` is published as version 1.",
        "a-outer` is published as version 1.",
    ]


def test_lists_are_for_programs_too(demo: Server) -> None:
    assert demo.run("runs", "--limit", "0").err == "deskhand: `limit` must be at least 1.\n"
    assert demo.run("runs", "--procedure", "never-ran").out == "No runs.\n"
    assert demo.run("runs", "--procedure", "never-ran", "--json").json == []
    strange = demo.run("runs", "--status", "strange")
    assert (strange.code, strange.out) == (1, "")
    assert strange.err.startswith("deskhand: `status` must be 'running', 'completed'")
    assert demo.run("approvals", "show", "../keys").code == 1


def test_no_server_is_told_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])

    for words in (["runs"], ["approvals"], ["chat"], ["runs", "--key", "dh_x"]):
        told = deskhand(*words, DESKHAND_PORT=port)
        assert (told.code, told.out) == (1, "")
        assert told.err == (
            f"deskhand: No Deskhand answers at http://127.0.0.1:{port} (Connection refused): "
            "start one with `deskhand serve`, or say where it is with --url.\n"
        )
    assert "is no server's address" in deskhand("runs", "--url", "ftp://x").err


def test_a_key_is_asked_for_where_there_is_none(demo: Server) -> None:
    told = deskhand("runs", "--url", demo.address)
    assert told.err == "deskhand: The server takes an API key: give one with --key or DESKHAND_KEY.\n"
    wrong = deskhand("runs", "--url", demo.address, "--key", "dh_wrong")
    assert wrong.err == "deskhand: The server does not take this API key: give another with --key.\n"
    strange = deskhand("runs", "--url", demo.address, DESKHAND_KEY="dh_\u00e9")
    assert strange.err == "deskhand: The API key holds characters that no key has: copy it anew.\n"


def test_of_two_keys_the_one_that_opens_the_server_is_taken(demo: Server, tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "key").write_text("dh_of_another_server\n")
    (tmp_path / "key").write_text((demo.data / "demo" / "key").read_text())

    assert deskhand("approvals", "--url", demo.address, DESKHAND_DATA=str(tmp_path)).code == 0


class Stranger(BaseHTTPRequestHandler):
    """Some other web server; it remembers what it was sent."""

    status = 200
    seen: list[str | None] = []

    def do_GET(self) -> None:
        self.seen.append(self.headers["Authorization"])
        self.send_response(self.status)
        self.send_header("Location", "https://elsewhere.example/")
        self.send_header("Content-Length", "11")
        self.end_headers()
        self.wfile.write(b"<h1>Hi</h1>")

    do_POST = do_GET

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def stranger() -> Iterator[tuple[str, type[Stranger]]]:
    handler = type("Handler", (Stranger,), {"seen": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield f"http://127.0.0.1:{server.server_port}", handler
        server.shutdown()


def test_a_server_that_is_no_deskhand_is_told(stranger: tuple[str, type[Stranger]]) -> None:
    address, handler = stranger
    told = f"deskhand: What answers at {address} is no Deskhand: say where it is with --url.\n"

    def complaint(*words: str) -> str:
        return deskhand(*words, DESKHAND_URL=address, DESKHAND_KEY="dh_x").err

    assert [complaint("runs"), complaint("chat"), complaint("approvals", "show", "appr_1")] == [told] * 3
    handler.status = 301
    assert "leads on to https://elsewhere.example/" in complaint("runs")
    handler.status = 500
    assert complaint("runs") == "deskhand: The server answered 500.\n"


def test_this_machines_key_goes_to_no_other(tmp_path: Path, stranger: tuple[str, type[Stranger]]) -> None:
    address, handler = stranger
    (tmp_path / "key").write_text("dh_secret\n")

    deskhand("runs", "--url", address, DESKHAND_DATA=str(tmp_path))
    assert handler.seen == ["Bearer dh_secret"]
    # a name that leads here as well, but does not say so
    deskhand("runs", "--url", address.replace("127.0.0.1", "127.1"), DESKHAND_DATA=str(tmp_path))
    assert handler.seen == ["Bearer dh_secret", None]


def test_what_customers_write_commands_no_terminal(demo: Server) -> None:
    talked = demo.run("chat", stdin="I want a refund\nA1001\n\x1b[2Jbroken\x07 \u202egnorw\n")

    assert "broken" in talked.out
    listed = demo.run("approvals").out
    for said in (talked.out, listed, json.dumps(demo.run("approvals", "--json").json)):
        assert not {"\x1b", "\x07", "\u202e"} & set(said)
