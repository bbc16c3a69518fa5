"""Choices, a confirmation, and a call whose outcome nobody knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.server import Server

_BOOKING = """
schema: 1
name: Book a visit
slug: book-a-visit
trigger:
  description: When a customer wants somebody to come by
  phrases: [book a visit, I need a technician to come by]
steps:
  - id: ask_day
    kind: collect
    variable: day
    prompt: Which day suits you?
    choices: [Monday, Thursday]
  - id: book
    kind: call
    method: POST
    url: /visits
    connection: calendar
    body: '{"day": "{{day}}"}'
    description: Book a visit on {{day}}
    confirm: I'll book a visit on {{day}}.
  - id: done
    kind: message
    text: Your visit on {{day}} is booked.
"""


class Calendar(ThreadingHTTPServer):
    """An API that hangs up on the first request to it without an answer, and takes the ones after."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Visits)
        self.requests = 0

    @contextmanager
    def open(self) -> Iterator["Calendar"]:
        """Served by a thread until the block ends."""
        thread = Thread(target=self.serve_forever)
        thread.start()
        with self:
            yield self
            self.shutdown()
            thread.join()


class _Visits(BaseHTTPRequestHandler):
    server: Calendar

    def do_POST(self) -> None:
        self.server.requests += 1
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.requests == 1:
            return
        self.send_response(201)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture
def calendar(demo: Server) -> Iterator[Calendar]:
    """The calendar, with a procedure that books visits in it."""
    with Calendar().open() as calendar:
        known = demo.get("/v1/settings/internal-hosts")["hosts"]
        demo.put("/v1/settings/internal-hosts", {"hosts": [*known, f"127.0.0.1:{calendar.server_port}"]})
        connection = {"name": "Calendar", "base_url": f"http://127.0.0.1:{calendar.server_port}", "auth": None}
        demo.put("/v1/connections/calendar", connection)
        demo.post("/v1/procedures", {"yaml": _BOOKING})
        demo.post("/v1/procedures/book-a-visit/publish")
        yield calendar
        demo.post("/v1/procedures/book-a-visit/archive")


def test_a_member_decides_what_became_of_a_call_that_was_never_answered(desk: Desk, calendar: Calendar) -> None:
    desk.say("I need a technician to come by")
    desk.hears("Which day suits you?")
    desk.choose("Thursday")
    expect(desk.said("Thursday")).to_be_visible()
    desk.hears("I'll book a visit on Thursday. Shall I go ahead?")
    desk.choose("Yes")

    card = desk.approval()
    expect(card).to_contain_text("Did it happen?")
    expect(card).to_contain_text("Book a visit on Thursday")
    expect(card).to_contain_text('"day": "Thursday"')
    expect(desk.page.locator("#choices")).to_be_hidden()
    assert calendar.requests == 1

    card.get_by_role("button", name="It did not: retry").click()

    desk.hears("Your visit on Thursday is booked.")
    expect(desk.approval("retried")).to_contain_text("Sent again by demo")
    assert calendar.requests == 2
