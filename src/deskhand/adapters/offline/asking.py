"""Questions about something, which give no values: "is it furnished?", "when does it leave from Chicago?"."""

import re

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?\n]+|$)")
_LEAD = r"\s*(?:(?:and|also|oh|ok|okay|great|thanks|so|but|by the way|yes|no|well|please)\b[\s,.!]*){0,3}"
_ABOUT_IT = re.compile(
    _LEAD + r"(?:(?:do|does|did|is|are|was|were|will|would) "
    r"(?!there\b|you\b|i\b|we\b|any|it be possible|it possible|possible)"
    r"|(?:has|have) (?:it|they|he|she|the|that|this)\b"
    r"|do you think\b|did you (?:say|mean|find)\b|are you (?:sure|looking)\b"
    r"|(?:at )?(?:when|what time|which|where|who|whose|why) (?!about\b)"
    r"|how (?:much|many)\b(?![^.!?]*\bmy\b)|how (?:long|far|old|big|expensive|costly)\b)",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"\b(?:find out|tell me|let me know|let me see|check|know|see|confirm|ask|look|wonder\w*)\b[^.!?\n,;]{0,40}?"
    r"\b(?:if|whether)\b (?:it|they|this|that|the|he|she|their|pets)\b",
    re.IGNORECASE,
)
MOST = 60
"""Sentences that are looked at."""


def without_questions(text: str) -> str:
    """The text with the sentences blanked that only ask about something; letter for letter as long as before."""
    kept, end = [], 0
    for _, match in zip(range(MOST), _SENTENCE.finditer(text), strict=False):
        kept.append(_kept(match[0]))
        end = match.end()
    return "".join(kept) + text[end:]


def _kept(sentence: str) -> str:
    if _ABOUT_IT.match(sentence):
        return " " * len(sentence)
    whether = _WHETHER.search(sentence)
    return sentence[: whether.start()] + " " * (len(sentence) - whether.start()) if whether else sentence
