"""Two requests in one message: "cancel my order and book a call", "I want a refund. Also, where is my other order?"."""

import re
from collections.abc import Iterator

from deskhand.adapters.offline.common_words import FAINT, GRAMMAR
from deskhand.adapters.offline.words import stem

MOST = 4
"""Requests that one message is taken for."""
LONGEST = 2_000
"""Characters in which they are looked for."""

_VERBS = (
    "cancel|return|refund|reimburse|exchange|replace|book|reserve|schedule|order|buy|pay|track|check|find|change|update|"
    "modify|edit|reset|delete|remove|close|open|activate|deactivate|block|unblock|add|send|transfer|get|set|make|"
    "upgrade|downgrade|renew|extend|report|request|apply|move|reschedule|subscribe|unsubscribe|play|show|look|call|"
    "speak|talk|know|rent|search|stornieren|k(?:ü|u)ndigen|(?:ä|a)ndern|buchen|bestellen|bezahlen|verschieben|wissen"
)
_ASKING = (
    r"(?:i|we)(?:'d| would|'ll| will)? (?:also |just |still |really )?(?:want|need|like|have|wish)\b(?: also)?(?: to)?"
    r"|(?:i|we)(?:'d| would) like\b|(?:can|could|would|will) (?:you|i|we)\b|please\b|how (?:do|can|much|long|many)\b"
    r"|(?:where|when|why|which|who)(?:'s| is| are| do| does| can| will| was)?\b|what(?:'s| is| are| about)?\b"
    r"|is there\b|are there\b|do you\b|ich (?:will|m(?:ö|o)chte|brauche)\b|(?:will|m(?:ö|o)chte|brauche) ich\b"
    r"|k(?:ö|o)nn(?:t)?en sie\b|wo ist\b|wann\b|wie\b"
)
_ADDED = (
    r"also|too|and also|and then|additionally|in addition|besides(?: that)?|plus|oh and|another (?:thing|question)"
    r"|one more thing|secondly|second|on top of that|au(?:ß|ss)erdem|und|zus(?:ä|a)tzlich|noch was|and|then|next"
)
_BEGINS = re.compile(
    rf"\W*(?:(?:{_ADDED})\b[\s,:]*)*(?:(?:please|then|also|kindly|to)\b\s*)*(?:{_ASKING}|(?:{_VERBS})\b)", re.I
)
_HAS = re.compile(rf"\b(?:{_ASKING}|(?:{_VERBS})\b)", re.I)
_ASKS = re.compile(rf"\b(?:{_ASKING})", re.I)
_GREETING = re.compile(r"^\W*(?:hi|hello|hey|hallo|guten tag|good (?:morning|day|evening))\b[\s,!.]*", re.I)
_SENTENCES = re.compile(r"(?<=[.!?;\n])\s+")
_JOINTS = re.compile(
    r",? (?:and also|and then|as well as|and|plus|und|sowie|then)(?= (?:(?:also|please|then|to) )*"
    rf"(?:(?:{_ASKING})|(?:{_VERBS})\b))",
    re.IGNORECASE,
)
_LEADING = re.compile(rf"^\W*(?:(?:{_ADDED})\b[\s,:]*)+", re.IGNORECASE)
_SAME_AGAIN = re.compile(
    r"^(?:please |also |then |to |kindly )*(?:\w+ ){1,3}?"
    r"(?:it|them|that|this|those|these|one|me|us|him|her|back|es|sie|ihn)\b"
    r"|\b(?:let me know|tell me|help me|help|thank|thanks|get back to me|it|this|that)\b",
    re.IGNORECASE,
)
_OTHER_THING = re.compile(
    r"\b(?:another|other|different|new|second|my|the|a|an|mein\w*|ein\w*)\s+\w{3,}", re.IGNORECASE
)


def several_requests(text: str) -> list[str]:
    """The requests of a message in their order; the whole message where it holds one only."""
    looked_at = text[:LONGEST].strip()
    parts: list[str] = []
    for sentence in _SENTENCES.split(looked_at):
        for clause in _clauses(sentence):
            if parts and not _is_another(clause, parts[-1]):
                parts[-1] = f"{parts[-1]} {clause}"
            else:
                parts.append(clause)
    if len(parts) > 1 and not _asks_for_something(parts[0]):  # it only tells what the next one is about
        parts = [f"{parts[0]}, {parts[1]}", *parts[2:]]
    if not 1 < len(parts) <= MOST or not all(_HAS.search(part) for part in parts):
        return [text]
    return [_LEADING.sub("", part).strip(" ,;") if at else part.strip(" ,;") for at, part in enumerate(parts)]


def _asks_for_something(part: str) -> bool:
    return bool(_ASKS.search(part) or _BEGINS.match(_GREETING.sub("", part, count=1)))


def _clauses(sentence: str) -> Iterator[str]:
    """A sentence, cut where "and" leads to another request with its own object."""
    begin = 0
    for joint in _JOINTS.finditer(sentence):
        before, after = sentence[begin : joint.start()], sentence[joint.end() :]
        if _is_whole(before) and _is_whole(after) and not _SAME_AGAIN.search(after[:60]):
            yield before
            begin = joint.end()
    yield sentence[begin:].strip()


def _is_another(clause: str, before: str) -> bool:
    """Whether a clause asks for something else than what came before, rather than going on with it."""
    if not _BEGINS.match(clause) or not _HAS.search(before) or not _is_whole(before):
        return False
    if _SAME_AGAIN.search(clause) and not re.match(rf"\W*(?:{_ADDED})\b", clause, re.IGNORECASE):
        return False
    new = _content(clause) - _content(before)
    return len(new) >= 2 or (len(new) == 1 and bool(_OTHER_THING.search(clause)))


def _is_whole(clause: str) -> bool:
    """Whether a clause says what to do and with what."""
    says = bool(_HAS.search(clause)) and len(_content(clause)) >= 2
    return says or bool(re.search(r"\b(?:a|an|my|the) \w+", clause))


def _content(clause: str) -> set[str]:
    words = re.findall(r"[^\W_]*\d[^\W_]*|[^\W\d_]+", clause.casefold())
    return {stem(word, "en") for word in words if word not in GRAMMAR and word not in FAINT}
