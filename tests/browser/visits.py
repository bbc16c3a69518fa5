"""An API for visits that hangs up on its first request, so that nobody knows what became of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

BOOKING = """
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
