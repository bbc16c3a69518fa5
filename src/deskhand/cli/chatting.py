"""A talk with the agent: messages out, entries in."""

import time
from typing import Any
from uuid import uuid4

from deskhand.adapters.edge.rest import Declined, RestClient, Unreachable
from deskhand.cli.following import PAUSES, Following
from deskhand.cli.printing import complain, say
from deskhand.cli.screen import Screen
from deskhand.domain.errors import DeskhandError

QUIT = "/quit"
HELP = "/help"
COMMANDS = {
    "/accept, /decline": "what was offered last",
    "/good, /bad REASON": "a thumb for what the agent said last; the reason may be left out",
    "/menu, /menu NUMBER": "what can be done at any time, and one of it",
    QUIT: "end; the conversation can be gone on with",
}
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
    following = Following(server, conversation, screen.show, screen.grow)
    say(f"{conversation}  ({QUIT} ends, {HELP} tells more)", "dim")
    following.start()
    try:
        following.wait_for(last)
        return Talk(server, conversation, screen, following).run()
    except KeyboardInterrupt:
        say("")
        return True
    finally:
        following.close()


class NotThere(DeskhandError):
    """What was asked for is not there."""


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
                receipt = self._carry_out(text) if text else None
                if receipt is not None:
                    self._following.wait_for(self._answered(receipt))
            except (Declined, NotThere) as declined:
                complain(declined.sentence)
                taken = False
        return taken or self._screen.is_terminal

    def _carry_out(self, text: str) -> dict[str, Any] | None:
        """Send what was written as what it is; gives the receipt, None where there was nothing to send."""
        standing = self._screen.standing
        command, _, rest = text.partition(" ")
        match command:
            case "/help":
                for words, what in COMMANDS.items():
                    say(f"{words}: {what}", "dim")
                return None
            case "/accept" | "/decline" if not rest:
                if standing.offer is None:
                    raise NotThere("Nothing is offered right now.")
                return self._click(standing.offer, command[1:])
            case "/good" | "/bad":
                reaction = "positive" if command == "/good" else "negative"
                return self._post("feedback", {"reaction": reaction, "about": standing.said, "reason": rest.strip()})
            case "/menu":
                return self._menu(rest.strip())
        return self._send(text)

    def _send(self, text: str) -> dict[str, Any]:
        """Send a message, as a click where it is one of the choices that stand there; gives the receipt."""
        standing = self._screen.standing
        clicked = next((one for words, one in standing.choices.items() if words.casefold() == text.casefold()), None)
        if clicked is not None:
            try:
                return self._click(standing.question, clicked)
            except Declined as declined:
                if declined.status != CONFLICT:
                    raise
        return self._post("messages", {"text": text})

    def _menu(self, wanted: str) -> dict[str, Any] | None:
        """Show the menu, or start one thing of it."""
        menu = self._server.request("GET", self._path)["menu"]
        self._screen.standing.names |= {one["procedure"]: one["name"] for one in menu}
        if not menu:
            raise NotThere("There is nothing in the menu.")
        if not wanted:
            for number, one in enumerate(menu, 1):
                say(f"{number}. {one['name']}", "dim")
            return None
        if not (wanted.isdecimal() and 1 <= int(wanted) <= len(menu)):
            raise NotThere(f"There is no number {wanted} in the menu: it has 1 to {len(menu)}.")
        return self._click("menu", menu[int(wanted) - 1]["procedure"])

    def _click(self, question: str, choice: str) -> dict[str, Any]:
        return self._post("clicks", {"question": question, "choice": choice})

    def _post(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
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
        while _at_work(standing := self._server.request("GET", self._path)):
            time.sleep(POLLING)
        return int(standing["seq"])


def _at_work(standing: dict[str, Any]) -> bool:
    return bool(standing["busy"] or standing["thinking"])
