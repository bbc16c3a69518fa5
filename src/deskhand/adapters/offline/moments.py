"""The time in the answer to a question for one: also a bare hour, "5ish", "2030", "in an hour", "halb acht"."""

import re
from itertools import islice

from deskhand.adapters.offline.clock import times
from deskhand.adapters.offline.found import Found
from deskhand.adapters.offline.letters import fold
from deskhand.adapters.offline.picking import pick

MOST = 20
_HOURS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_STUNDEN = "ein|eins|zwei|drei|vier|funf|fuenf|sechs|sieben|acht|neun|zehn|elf|zwolf|zwoelf"
_NUMBER = rf"(?:\d{{1,2}}|{_HOURS})"
_NO_COUNT = (
    r"(?! ?(?:people|persons?|ppl|pax|adults?|kids?|child|guests?|of us|of them|men|women|friends?|others|more"
    r"|days?|weeks?"
    r"|months?|nights?|minutes?|personen|leute|tage|that|which|who|of the|of them|%|€|\$|st\b|nd\b|rd\b"
    r"|th\b))(?![\w/]|[.:,-]\d)"
)
_HALF = r"(?: ?[ap]\.? ?m\b\.?)?"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:\d{{1,3}}|half an?|an?|{_HOURS}|ten|twenty|thirty|couple of) (?:minutes?|mins?|hours?"
        rf"|hrs?) (?:before|after|past|to|from now)"
        rf"(?: {_NUMBER}(?:[:.]\d\d)?{_HALF}| noon| midday| midnight)?",
        (
            r"\bin (?:an?|half an|a couple of|\d{1,2}|one|two|three|four|five|ten|twenty|thirty) (?:hours?|hrs?"
            r"|minutes?|mins?)\b"
        ),
        rf"\bhalf (?:{_HOURS})\b(?! (?:hours?|minutes?))",
        (
            rf"\b(?:half|quarter|five|ten|twenty)[- ](?:past|to|after|before|of) {_NUMBER}\b{_HALF}(?: in the \w+"
            rf"| o'?clock)?"
        ),
        (
            rf"\b(?:half|quarter|{_HOURS}|twenty|\d{{1,2}})(?: minutes?)?[- ](?:past|to|after"
            rf"|before) {_NUMBER}\b{_HALF}(?: in the \w+)?"
        ),
        (
            rf"\b(?:halb|viertel(?: (?:vor|nach))?|dreiviertel|(?:{_STUNDEN}|zwanzig|\d{{1,2}})(?: minuten)? (?:vor"
            rf"|nach)) (?:{_STUNDEN}|\d{{1,2}})\b"
        ),
        rf"\b(?:{_STUNDEN}) uhr(?: (?:dreißig|dreissig|funfzehn|funfundvierzig))?\b",
        r"(?<![\w.:/-])\d{1,2}[:.h]\d{2} ?(?:ish|uhr|hrs?|h)\b",
        r"(?<![\w.:/-])(?:0?\d|1\d|2[0-4]) ?(?:ish|hrs?|h|uhr)\b(?! ?\d)",
        r"(?<![\w.:/-])\d{3,4} ?(?:[ap]\.? ?m\b\.?|hrs?\b|h\b|uhr\b)",
        r"(?<![\w.:/-])\d{1,2}[:.]\d\d ?[ap]\.? ?m\b\.?",
        r"(?<![\w.:/-])\d{1,2}[:.]\d\d(?![\w/]|[.:]\d)",
        rf"\b(?:{_HOURS})[- ](?:thirty|fifteen|forty[- ]five|twenty|ten|o'?clock)\b{_HALF}",
        (
            r"\b(?:midnight|midday|noon|lunch ?time|dinner ?time|mitternacht|mittags?|asap|anytime|any time"
            r"|whenever(?: \w+){0,4})\b(?! (?:after|before|around|between|past|from))"
        ),
        r"^\W*(?:right now|now|jetzt|sofort|immediately)\W*$",
    )
)
_BARE = re.compile(
    r"\b(?:at|around|about|by|after|before|until|till|from|um|gegen|ab|nach|vor|is|be|it|maybe|say|make it|do"
    r"|to|like)"
    rf"(?: (?:about|around|like|just|say|the))? (?P<hour>{_NUMBER}){_NO_COUNT}"
)
_FILLER = (
    r"(?:u+m+|uh|er|hm+|well|maybe|say|perhaps|yes|yeah|yep|ok|okay|sure|let's|do|how|about|make|it|just"
    r"|the|like|so|ja|not|nicht)"
)
_ALONE = re.compile(
    rf"^\W*(?:{_FILLER}\W+){{0,3}}(?P<hour>\d{{1,2}}|{_HOURS}|{_STUNDEN}|(?:[01]\d|2[0-3])[0-5]\d){_NO_COUNT}"
    r"(?:\W+\w+){0,4}\W*$"
)
_ANY_HOUR = re.compile(rf"(?<![\w.:/-])(?:(?:[01]\d|2[0-3])[0-5]\d|{_NUMBER}|{_STUNDEN}){_NO_COUNT}")
_PARTS = re.compile(
    r"\b(?:early |late )?(?:(?:in the |this )?(?:morning|afternoon|evening|night)|morgens|vormittags"
    r"|nachmittags?|abends|fruh)\b"
)
_FROM = re.compile(r"\bfrom (?:\w+ )?$")


def time_in(text: str) -> Found | None:
    """The time as it is said, in an answer to the question for it; None where it says none, or several."""
    folded = fold(text)
    found = _every(text, folded)
    if not found:
        found = [_said(text, *match.span("hour")) for match in islice(_BARE.finditer(folded), MOST)]
    if not found and _ALONE.search(folded):
        found = [_said(text, *match.span()) for match in islice(_ANY_HOUR.finditer(folded), MOST)]
    if not found:
        found = [_said(text, *match.span()) for match in islice(_PARTS.finditer(folded), MOST)]
    if len(found) > 1:
        found = [one for one in found if not _FROM.search(folded[: one.start][-12:])] or found
    return pick(found, text)


def sure_times(text: str) -> list[Found]:
    """What can hardly be anything but a time."""
    return _every(text, fold(text))


def _every(text: str, folded: str) -> list[Found]:
    """Everything that surely is a time; the longer way of saying it before its parts."""
    spans = [(one.start, one.end) for one in times(text)]
    spans += [match.span() for form in _FORMS for match in islice(form.finditer(folded), MOST)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(end <= other[0] or start >= other[1] for other in kept):
            kept.append((start, end))
    return [_said(text, start, end) for start, end in sorted(kept)]


def _said(text: str, start: int, end: int) -> Found:
    for article in ("a ", "A "):
        if text.startswith(article, start):
            start += len(article)
    while end > start and text[end - 1] in " ,":
        end -= 1
    return Found(text[start:end], start, end)
