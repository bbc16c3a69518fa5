"""A bridge between Deskhand and a platform that customers write over: WhatsApp, Slack, a telephone line.

The platform here is the terminal: each line is a customer's message, and what the agent says is printed. Replace
`from_platform` and `to_platform` with what your platform calls, and this is a bridge for it. It needs Python alone:

    deskhand channels put terminal http://127.0.0.1:9100/
    export BRIDGE_EVENTS=http://127.0.0.1:8000/v1/channels/ws_…/terminal/events BRIDGE_SECRET=whsec_…
    python examples/channels/bridge.py
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

EVENTS = os.environ["BRIDGE_EVENTS"]
"""Where Deskhand takes what customers bring; `deskhand channels` shows it."""
KEY = base64.b64decode(os.environ["BRIDGE_SECRET"].removeprefix("whsec_"))
PORT = int(os.environ.get("BRIDGE_PORT", "9100"))
CONVERSATION = os.environ.get("BRIDGE_CONVERSATION", "terminal-1")
"""What the platform calls the conversation: a phone number, a thread, a call."""
TOLERANCE = 300
"""Seconds that a signature may be old."""


def signature(id: str, timestamp: str, body: bytes) -> str:
    """The signature of Standard Webhooks."""
    signed = f"{id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()


def bring(event: dict[str, Any]) -> None:
    """Post what a customer brought. A real bridge tries again after a 5xx: with the same event_id it is taken once."""
    body = json.dumps({"event_id": uuid.uuid4().hex, "conversation": CONVERSATION, **event}).encode()
    id, timestamp = uuid.uuid4().hex, str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": signature(id, timestamp, body),
    }
    urllib.request.urlopen(urllib.request.Request(EVENTS, body, headers), timeout=30).close()


def from_platform() -> None:
    """Whatever brings messages in: here, lines that somebody types."""
    for line in sys.stdin:
        if line.strip():
            bring({"message": {"text": line.strip()}})


def to_platform(data: dict[str, Any]) -> None:
    """Whatever shows messages to customers. A platform with buttons reads `kind` and `body` instead of `text`."""
    if data["text"]:
        print(f"{data['sender']}: {data['text']}", flush=True)


class Messages(BaseHTTPRequestHandler):
    """Takes Deskhand's messages."""

    seen: set[str] = set()
    """The same message can come twice. A real bridge keeps these where a restart does not lose them."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        id, timestamp = self.headers.get("webhook-id", ""), self.headers.get("webhook-timestamp", "0")
        right = signature(id, timestamp, body).encode()
        fresh = timestamp.isdigit() and abs(time.time() - int(timestamp)) <= TOLERANCE
        if not (fresh and hmac.compare_digest(right, self.headers.get("webhook-signature", "").encode())):
            self._answer(401)
            return
        if id not in self.seen:
            to_platform(json.loads(body)["data"])
            self.seen.add(id)
        self._answer(200)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing about each request."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", PORT), Messages)
    Thread(target=server.serve_forever, daemon=True).start()
    print(f"Deskhand's messages come to http://127.0.0.1:{server.server_port}/. Write as the customer:", flush=True)
    try:
        from_platform()
    except KeyboardInterrupt:
        sys.exit()
