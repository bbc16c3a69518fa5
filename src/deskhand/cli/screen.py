"""The two sides of a chat: what is written, and what comes in the meantime."""

import shutil
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from rich.cells import cell_len

from deskhand.cli.printing import clean, linked, out

YOU = "you"
AGENT = "agent"
_CLEAR = "\r\x1b[2K"
_YES_OR_NO = {"yes": "accept", "no": "decline"}


@dataclass(slots=True)
class Standing:
    """What the customer can answer, and what about, as far as it was shown."""

    question: str = ""
    choices: dict[str, str] = field(default_factory=dict)
    """What is written for each choice of the question, and the choice."""
    offer: str | None = None
    """The last offer that was neither accepted nor declined."""
    said: int | None = None
    """The entry that a thumb is about."""
    names: dict[str, str] = field(default_factory=dict)
    """What procedures of the menu are called."""

    def take(self, entry: dict[str, Any]) -> None:
        """Bring it up to date with an entry."""
        body = entry["body"]
        match entry["kind"]:
            case "ask":
                self.question, self.choices = body["question"], {one: one for one in body.get("choices") or []}
            case "offer":
                self.question, self.choices = body["offer"], dict(_YES_OR_NO)
                self.offer = body["offer"]
            case "offer_closed":
                self._close(body["offer"], body["status"])
            case "say":
                self.said = entry["seq"]

    def _close(self, offer: str, status: str) -> None:
        """An offer that was passed over can still be accepted, but no longer with a mere yes."""
        if offer == self.question:
            self.question, self.choices = "", {}
        if offer == self.offer and status != "ignored":
            self.offer = None

    def words_of(self, body: dict[str, Any]) -> str:
        """What was clicked, as people read it."""
        question, choice = str(body.get("question", "")), str(body["choice"])
        if question == "menu":
            return self.names.get(choice, choice)
        if question.startswith("offer_"):
            return {"accept": "yes", "decline": "no"}.get(choice, choice)
        return choice


class Screen:
    """A terminal on which answers come while the next message is being written; or a pipe, line by line."""

    def __init__(self) -> None:
        self.is_terminal = sys.stdin.isatty() and out.is_terminal
        self.standing = Standing()
        self._lock = threading.Lock()
        self._prompting = False
        self._growing = False
        """Whether words that are still being written stand in the last line."""
        self._typed: list[str] = []
        if self.is_terminal:
            with suppress(ImportError):
                import readline  # noqa: F401 (editing and history come with it)

    def read(self) -> str | None:
        """The next message, None at the end."""
        if not self.is_terminal:
            line = sys.stdin.readline()
            return line.strip() if line else None
        with self._lock:
            self._prompting = True
        try:
            text = input(f"{YOU}> ").strip()
        except EOFError:
            out.print()
            return None
        finally:
            with self._lock:
                self._prompting = False
        self._typed.append(text)
        return text

    def show(self, entry: dict[str, Any]) -> None:
        """Print an entry that the customer sees."""
        if entry["visible_to"] != "all":
            return
        self.standing.take(entry)
        body = entry["body"]
        match entry["kind"]:
            case "said":
                self._own(body["text"])
            case "clicked":
                self._own(self.standing.words_of(body))
            case "feedback":
                self._own(_thumb(body))
            case "say":
                self._print(AGENT, "\n".join([body["text"], *linked(body.get("sources") or [])]))
            case "ask":
                self._asked(body["text"], body.get("choices") or [])
            case "offer":
                self._asked(body["text"], list(_YES_OR_NO))
            case "suggest":
                self._asked(body["text"], body["suggestions"])
            case "replied":
                self._print(body["by"], body["text"])

    def grow(self, text: str) -> None:
        """Show the end of what the agent is writing in the last line; the entry that follows takes its place."""
        with self._lock:
            if not self.is_terminal or (self._prompting and _being_typed()) or not (text or self._growing):
                return
            self._growing = bool(text)
            out.file.write(f"{_CLEAR}{AGENT:<6} {_end_of(text)}" if text else _CLEAR + self._prompt())
            out.file.flush()

    def _asked(self, text: str, choices: list[str]) -> None:
        self._print(AGENT, text)
        if choices:
            self._print("", f"({' / '.join(choices)})")

    def _own(self, text: str) -> None:
        """What was typed here stands there already."""
        if text in self._typed:
            self._typed.remove(text)
        else:
            self._print(YOU, text)

    def _print(self, who: str, text: str) -> None:
        lines = clean(text).replace("\n", f"\n{'':7}")
        with self._lock:
            if self._prompting or self._growing:
                out.file.write(_CLEAR)
            self._growing = False
            out.print(f"{clean(who):<6} {lines}")
            out.file.write(self._prompt())
            out.file.flush()

    def _prompt(self) -> str:
        return f"{YOU}> {_being_typed()}" if self._prompting else ""


def _being_typed() -> str:
    readline = sys.modules.get("readline")
    return readline.get_line_buffer() if readline else ""


def _end_of(text: str) -> str:
    """As much of the end as there is room for in a line."""
    room = shutil.get_terminal_size().columns - 10
    line = " ".join(clean(text).split())
    end = line[-room:] if room > 0 else ""
    while cell_len(end) > room:
        end = end[1:]
    return end if end == line else f"… {end}"


def _thumb(body: dict[str, Any]) -> str:
    thumb = "thumbs up" if body["reaction"] == "positive" else "thumbs down"
    return f"({thumb}: {body['reason']})" if body.get("reason") else f"({thumb})"
