"""The two sides of a chat: what is written, and what comes in the meantime."""

import sys
import threading
from contextlib import suppress
from typing import Any

from deskhand.cli.printing import clean, out

YOU = "you"
_CLEAR = "\r\x1b[2K"


class Screen:
    """A terminal on which answers come while the next message is being written; or a pipe, line by line."""

    def __init__(self) -> None:
        self.is_terminal = sys.stdin.isatty() and out.is_terminal
        self._lock = threading.Lock()
        self._prompting = False
        self._typed: list[str] = []
        self.question: tuple[str, list[str]] | None = None
        """The last question that can be answered with a click, and its choices."""
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
        body = entry["body"]
        match entry["kind"]:
            case "said" | "clicked":
                self._own(body.get("text") or body.get("choice", ""))
            case "say" | "ask":
                self._print("agent", body["text"])
                choices = body.get("choices") or []
                if entry["kind"] == "ask":
                    self.question = (body["question"], choices)
                if choices:
                    self._print("", f"({' / '.join(choices)})")
            case "replied":
                self._print(body["by"], body["text"])

    def _own(self, text: str) -> None:
        """What was typed here stands there already."""
        if text in self._typed:
            self._typed.remove(text)
        else:
            self._print(YOU, text)

    def _print(self, who: str, text: str) -> None:
        lines = clean(text).replace("\n", f"\n{'':7}")
        with self._lock:
            if self._prompting:
                out.file.write(_CLEAR)
            out.print(f"{clean(who):<6} {lines}")
            if self._prompting:
                out.file.write(f"{YOU}> {_being_typed()}")
                out.file.flush()


def _being_typed() -> str:
    readline = sys.modules.get("readline")
    return readline.get_line_buffer() if readline else ""
