"""`deskhand sources`, `deskhand topics` and `deskhand ask`: what the agent knows, from files and pages."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.integration.cli.command import Server
from tests.unit.adapters.documents.made_up import pdf

GUIDE = "# Glaziers\n\n## Opening hours\n\nThe glazier's workshop is open from nine to five.\n"
QUESTIONS = """- question: Do you cut mirrors?
  answer: Yes, while you wait.
- question: Can you frame a poster?
  answer: "In oak or ash, within a week."
"""
PAGE = b"<html><title>Glass</title><body><main><h1>Glass</h1><p>Tempered panes come from Bohemia.</p></main>"


class Site(BaseHTTPRequestHandler):
    """One page, and nothing else."""

    def do_GET(self) -> None:
        found = self.path == "/glass.html"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody listens."""


@pytest.fixture(scope="module")
def site(demo: Server) -> Iterator[str]:
    """A site that the demo's workspace may fetch pages of; gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    host = f"127.0.0.1:{server.server_port}"
    assert demo.run("hosts", "allow", host).code == 0
    yield f"http://{host}"
    assert demo.run("hosts", "forbid", host).code == 0
    server.shutdown()
    thread.join()
    server.server_close()


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_files_of_every_kind_become_sources_that_answer(demo: Server, tmp_path: Path) -> None:
    guide = demo.run("sources", "add", written(tmp_path / "glaziers.md", GUIDE), "--name", "Glaziers' guide")
    assert (guide.code, guide.lines) == (0, ["`glaziers-guide` is stored: 1 passage."])
    asked = demo.run("sources", "add", written(tmp_path / "Mirror FAQ.yaml", QUESTIONS))
    assert asked.lines == ["`mirror-faq` is stored: 2 passages."]
    manual = written(tmp_path / "putty.pdf", pdf([("Putty", 20), ("Putty dries within three weeks.", 10)]))
    assert demo.run("sources", "add", manual, "--slug", "putty-manual").code == 0

    told = demo.run("ask", "do you cut mirrors?")
    assert told.lines[:2] == ["Yes, while you wait.", "    from Mirror FAQ (mirror-faq)"]
    assert demo.run("ask", "when is the workshop open").lines[0] == "The glazier's workshop is open from nine to five."
    assert demo.run("ask", "when is the putty dry").lines[1] == "    from putty, page 1 (putty-manual)"
    assert demo.run("ask", "can you repair my violin").lines[0] == "The agent would say that it does not know."
    listed = {row["slug"]: row for row in demo.run("sources", "--json").json}
    assert listed["mirror-faq"]["passages"] == 2
    shown = demo.run("sources", "show", "glaziers-guide")
    assert "1: Glaziers > Opening hours" in shown.lines
    assert demo.run("sources", "show", "mirror-faq", "--json").json["passages"][0]["text"] == "Yes, while you wait."
    assert demo.run("sources", "remove", "putty-manual").lines == ["`putty-manual` is removed."]
    assert "putty-manual" not in demo.run("sources", "list").out


def test_questions_come_as_json_too(demo: Server, tmp_path: Path) -> None:
    questions = [{"question": "Do you etch crystal?", "answer": "On Fridays."}]
    for content in (json.dumps(questions), json.dumps({"questions": questions})):
        added = demo.run("sources", "add", written(tmp_path / "crystal.json", content))
        assert added.lines == ["`crystal` is stored: 1 passage."]
    assert demo.run("ask", "do you etch crystal", "--json").json["answer"]["text"] == "On Fridays."


def test_a_page_is_fetched_by_the_server(demo: Server, site: str) -> None:
    added = demo.run("sources", "add", f"{site}/glass.html", "--slug", "glass", "--every", "24", "--language", "en")
    assert added.lines == ["`glass` is stored: 1 passage."]
    assert f"    from Glass ({site}/glass.html)" in demo.run("ask", "where do tempered panes come from").lines
    assert demo.run("sources", "crawl", "glass").lines == ["`glass` is stored: 1 passage."]

    missing = demo.run("sources", "add", f"{site}/nothing", "--slug", "nothing")
    assert missing.code == 1
    assert "could not be fetched: The page answered 404" in missing.err
    assert demo.run("sources", "remove", "nothing").code == 0


def test_topics_narrow_the_search(demo: Server, tmp_path: Path) -> None:
    questions = "- question: Who delivers windows?\n  answer: Our own drivers.\n"
    assert demo.run("sources", "add", written(tmp_path / "windows.yaml", questions)).code == 0
    made = demo.run("topics", "put", "window-trade", "windows", "--name", "Windows")
    assert made.lines == ["`window-trade` is stored."]
    assert "window-trade" in demo.run("topics").out
    added = demo.run(
        "sources", "add", written(tmp_path / "doors.txt", "Doors hang on brass."), "--topic", "window-trade"
    )
    assert added.code == 0

    assert demo.run("ask", "who delivers windows", "--topic", "window-trade").lines[0] == "Our own drivers."
    topics = {row["slug"]: row["sources"] for row in demo.run("topics", "--json").json}
    assert topics["window-trade"] == ["windows", "doors"]
    assert demo.run("topics", "remove", "window-trade").code == 0
    gone = demo.run("ask", "who delivers windows", "--topic", "window-trade")
    assert (gone.code, "Traceback" in gone.err) == (1, False)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("page.html", "<p>Hello</p>", "no source is made of `.html`"),
        ("faq.yaml", "- just words\n", "give a list of questions"),
        ("faq.yaml", "- question: [\n", "faq.yaml"),
        ("note.txt", "", "`content` is missing"),
        ("note.txt", b"\xff\xfe\xff", "no text in UTF-8"),
        ("broken.pdf", b"hello", "no PDF that can be read"),
    ],
)
def test_files_that_make_no_source_say_why(demo: Server, tmp_path: Path, name, content, sentence) -> None:
    told = demo.run("sources", "add", written(tmp_path / name, content))

    assert told.code == 1
    assert sentence in told.err
    assert "Traceback" not in told.err
    missing = demo.run("sources", "add", tmp_path / "nowhere.pdf")
    assert (missing.code, "cannot be read" in missing.err) == (1, True)
