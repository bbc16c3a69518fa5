"""What was said in a conversation as a text that the customer can keep."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from deskhand.domain.plain_text import plain_text
from deskhand.domain.public import public
from deskhand.ports.turns import Entry

_WORDS: dict[str, dict[str, str]] = {
    "en": {"title": "Conversation with {agent}, {day}", "you": "You", "file": "File: {name}", "resolved": "Closed."},
    "de": {"title": "Gespräch mit {agent}, {day}", "you": "Sie", "file": "Datei: {name}", "resolved": "Abgeschlossen."},
}
_BY_CUSTOMER = frozenset({"said", "clicked", "form_submitted"})
_BY_AGENT = frozenset({"say", "ask", "show_form", "show_button", "show_component", "suggest", "offer"})


def transcript(entries: Iterable[Entry], agent: str, language: str, zone: tzinfo) -> str:
    """The entries that customers may see, line by line with their times."""
    words = _WORDS.get(language[:2], _WORDS["en"])
    lines: list[str] = []
    day = ""
    for entry in entries:
        body = public(entry.kind, entry.visible_to, json.loads(entry.body))
        at = datetime.fromtimestamp(entry.at / 1000, UTC).astimezone(zone)
        said = None if body is None else _said(entry.kind, body, agent, language, words)
        if said is None:
            continue
        if f"{at:%Y-%m-%d}" != day:
            day = f"{at:%Y-%m-%d}"
            lines += [words["title"].format(agent=agent, day=f"{day} ({at:%Z})")] if not lines else ["", day]
            lines.append("")
        who, text = said
        lines.append(f"[{at:%H:%M}] " + (f"{who}: " if who else "") + text.replace("\n", "\n        "))
    return "\n".join(lines) + "\n" if lines else ""


def _said(
    kind: str, body: Mapping[str, Any], agent: str, language: str, words: Mapping[str, str]
) -> tuple[str, str] | None:
    """Who said what; None for what is nothing to read."""
    text = _text(kind, body, language, words)
    if kind == "resolved":
        return "", words["resolved"]
    if not text:
        return None
    if kind in _BY_CUSTOMER:
        return words["you"], text
    if kind == "replied":
        return str(body.get("by", "")), text
    return (agent, text) if kind in _BY_AGENT else None


def _text(kind: str, body: Mapping[str, Any], language: str, words: Mapping[str, str]) -> str:
    match kind:
        case "said" | "replied":
            files = [words["file"].format(name=one.get("name", "")) for one in body.get("attachments", ())]
            return "\n".join([str(body.get("text", "")), *files])
        case "clicked":
            return str(body.get("choice", ""))
        case "form_submitted":
            given = body.get("values") or {}
            return "\n".join(f"{name}: {value}" for name, value in given.items() if value not in (None, ""))
        case _:
            return plain_text(kind, body, language)
