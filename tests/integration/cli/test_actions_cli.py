"""`deskhand actions`: stored from files, tried, exported, switched on, and looked up in the log."""

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from tests.integration.cli.command import Server, Told
from tests.integration.cli.files import write


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that it was sent, credentials too."""

    def do_GET(self) -> None:
        status = 404 if self.path.endswith("/404") else 200
        body = json.dumps({"path": self.path, "headers": dict(self.headers)}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody listens."""


@pytest.fixture(scope="module")
def echo(demo: Server) -> Iterator[str]:
    """A server that the demo's workspace may reach; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    host = f"127.0.0.1:{server.server_port}"
    assert demo.run("hosts", "allow", host).code == 0
    yield f"http://{host}"
    assert demo.run("hosts", "forbid", host).code == 0
    server.shutdown()
    thread.join()
    server.server_close()


def document(echo: str, slug: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "http", "slug": slug, "name": "Look it up", "description": "Looks something up by its number.",
        "variables": [{"name": "id"}, {"name": "pin", "sensitive": True, "required": False}],
        "messages": {"success": "It is at {{response.path}}.", "404": "There is no such thing."},
        "request": {"url": f"{echo}/things/{{{{id}}}}", "auth": {"kind": "bearer", "token": "c4nary-token"}}, **more,
    }  # fmt: skip


def refused(told: Told) -> str:
    assert told.code != 0, told.out
    assert "Traceback" not in told.err
    return told.err


def test_an_action_is_stored_shown_tried_and_found_in_the_log(demo: Server, echo: str, tmp_path: Path) -> None:
    file = write(tmp_path / "look-up.yaml", document(echo, "cli-look-up"))
    stored = demo.run("actions", "put", file)
    assert (stored.code, stored.lines) == (0, [f"{file}: `cli-look-up` is stored."])

    tried = demo.run("actions", "try", "cli-look-up", "id=a b/c")
    assert tried.code == 0
    assert f"    url: {echo}/things/a%20b%2Fc" in tried.lines
    assert "the customer would read: It is at /things/a%20b%2Fc." in tried.lines
    assert any(re.fullmatch(r"answer: 200 in \d+ ms", line) for line in tried.lines)

    logged = demo.run("actions", "log", "cli-look-up")
    assert "cli-look-up (test)" in logged.out
    assert "succeeded" in logged.out
    whole = demo.run("actions", "log", "cli-look-up", "--json")
    assert whole.json[0]["http_status"] == 200
    shown = demo.run("actions", "show", "cli-look-up", "--json")
    for told in (stored, tried, logged, whole, shown, demo.run("actions", "show", "cli-look-up")):
        assert "c4nary" not in told.out + told.err


def test_a_failed_trial_says_what_to_mend(demo: Server, echo: str, tmp_path: Path) -> None:
    demo.run("actions", "put", write(tmp_path / "a.yaml", document(echo, "cli-failing")))

    missing = demo.run("actions", "try", "cli-failing")
    assert (missing.code, missing.lines[0]) == (1, "missing: id")
    not_there = demo.run("actions", "try", "cli-failing", "id=404")
    assert not_there.code == 1
    assert "the customer would read: There is no such thing." in not_there.lines
    assert any(line.startswith("hint: ") for line in not_there.lines)
    unknown = demo.run("actions", "try", "cli-failing", "id=1", "colour=red")
    assert "invalid: `colour` is no variable of this action." in unknown.lines
    assert "`id` is no value: write NAME=VALUE." in refused(demo.run("actions", "try", "cli-failing", "id"))


def test_a_dry_trial_sends_nothing(demo: Server, echo: str, tmp_path: Path) -> None:
    demo.run("actions", "put", write(tmp_path / "a.yaml", document(echo, "cli-dry")))
    tried = demo.run("actions", "try", "cli-dry", "id=7", "--dry", "--json")

    assert tried.json["sent"] is False
    assert tried.json["request"]["url"] == f"{echo}/things/7"
    assert demo.run("actions", "log", "cli-dry").lines == ["No calls."]


def test_what_is_exported_can_be_put_again(demo: Server, echo: str, tmp_path: Path) -> None:
    demo.run("actions", "put", write(tmp_path / "a.yaml", document(echo, "cli-round")))
    exported = demo.run("actions", "export", "cli-round")
    assert yaml.safe_load(exported.out)["request"]["auth"] == {"kind": "bearer", "secret": "CLI_ROUND_TOKEN"}
    assert demo.run("actions", "put", write(tmp_path / "b.yaml", exported.out)).code == 0
    assert demo.run("actions", "put", "-", stdin=exported.out).code == 0

    assert demo.run("actions", "export", "cli-round").out == exported.out
    tried = demo.run("actions", "try", "cli-round", "id=1", "--json")
    assert tried.json["response"]["headers"]["Authorization"] == "Bearer [CLI_ROUND_TOKEN]"


def test_an_action_is_switched_on_and_off_for_an_agent(demo: Server, echo: str, tmp_path: Path) -> None:
    demo.run("actions", "put", write(tmp_path / "a.yaml", document(echo, "cli-switch")))

    def row() -> str:
        return next(" ".join(line.split()) for line in demo.run("actions").lines if line.startswith("cli-switch "))

    assert row() == "cli-switch http on none Look it up"
    assert demo.run("actions", "enable", "cli-switch").lines == ["`default` may use `cli-switch` by itself."]
    assert row() == "cli-switch http on default Look it up"
    assert demo.run("actions", "disable", "cli-switch").lines == ["`default` no longer uses `cli-switch` by itself."]
    assert row() == "cli-switch http on none Look it up"
    assert "There is no action `nothing`" in refused(demo.run("actions", "enable", "nothing"))


def test_what_cannot_be_stored_is_told(demo: Server, echo: str, tmp_path: Path) -> None:
    without = {name: value for name, value in document(echo, "x").items() if name != "slug"}
    file = write(tmp_path / "a.yaml", without)
    assert f"{file}: `slug` is missing." in refused(demo.run("actions", "put", file))
    short = write(tmp_path / "b.yaml", document(echo, "cli-short", description="Short"))
    assert "at least 10 characters" in refused(demo.run("actions", "put", short)).replace("\n", " ")
    wrong = write(
        tmp_path / "c.yaml", document(echo, "cli-wrong", request={"url": "https://a.example", "methd": "GET"})
    )
    assert "methd" in refused(demo.run("actions", "put", wrong))
    assert "`cli-short`" not in demo.run("actions").out
    assert refused(demo.run("actions", "show", "nothing"))
    assert refused(demo.run("actions", "export", "nothing", "--form", "xml"))
