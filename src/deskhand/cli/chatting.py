"""A talk with the agent: messages out, entries in."""

import time
from typing import Any
from uuid import uuid4

from deskhand.adapters.edge.rest import Declined, RestClient, Unreachable
from deskhand.cli.following import PAUSES, Following
from deskhand.cli.printing import complain, say
from deskhand.cli.screen import Screen

QUIT = "/quit"
SETTLING = 60
"""Seconds that the server is asked to wait at once until nothing is under way any more."""
ANSWERING = 2
"""Likewise in a terminal, where one may go on writing."""
POLLING = 0.2
CONFLICT = 409
"""The question is no longer open."""


def talk(server: RestClient, conversation: str | None, language: str) -> bool:
    """Talk until the end of what is written; False where the server declined a message. Raises Unreachable."""
    if conversation is None:
        wanted = {"channel": "api", "language": language}
        conversation = str(server.request("POST", "/v1/conversations", wanted)["id"])
    last = server.request("GET", f"/v1/conversations/{conversation}")["seq"]
    screen = Screen()
    following = Following(server, conversation, screen.show)
    say(f"{conversation}  ({QUIT} ends)", "dim")
    following.start()
    try:
        following.wait_for(last)
        return Talk(server, conversation, screen, following).run()
    except KeyboardInterrupt:
        say("")
        return True
    finally:
        following.close()


class Talk:
    """One side of a conversation."""

    def __init__(self, server: RestClient, conversation: str, screen: Screen, following: Following) -> None:
        self._server = server
        self._path = f"/v1/conversations/{conversation}"
        self._screen = screen
        self._following = following
        self._wait = ANSWERING if screen.is_terminal else SETTLING

    def run(self) -> bool:
        """Send what is written until the end; False where something of it was declined."""
        taken = True
        while (text := self._screen.read()) not in (None, QUIT):
            try:
                if text:
                    self._following.wait_for(self._answered(self._send(text)))
            except Declined as declined:
                complain(declined.sentence)
                taken = False
        return taken or self._screen.is_terminal

    def _send(self, text: str) -> dict[str, Any]:
        """Send a message, as a click where it is one of the choices that stand there; gives the receipt."""
        question, choices = self._screen.question or ("", [])
        clicked = next((choice for choice in choices if choice.casefold() == text.casefold()), None)
        if clicked is not None:
            try:
                return self._post("clicks", {"question": question, "choice": clicked})
            except Declined as declined:
                if declined.status != CONFLICT:
                    raise
        return self._post("messages", {"text": text})

    def _post(self, what: str, body: dict[str, str]) -> dict[str, Any]:
        """Post an event; what did not come through is sent again, and counts once."""
        event = {**body, "event_id": uuid4().hex}
        for pause in (*PAUSES, None):
            try:
                receipt: dict[str, Any] = self._server.request("POST", f"{self._path}/{what}?wait={self._wait}", event)
            except Unreachable:
                if pause is None:
                    raise
                time.sleep(pause)
            else:
                break
        return receipt

    def _answered(self, receipt: dict[str, Any]) -> int:
        """The number of the entry to wait for: of the last one, once the message has been answered."""
        if receipt["settled"] or self._screen.is_terminal:
            return int(receipt["seq"])
        while (standing := self._server.request("GET", self._path))["busy"]:
            time.sleep(POLLING)
        return int(standing["seq"])
