"""What an agent's instructions name: actions and procedures, in free text."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from deskhand.domain.phrases import phrase
from deskhand.domain.suggestions import closest, shortened

MOST = 20
"""Names that are pointed out at once."""
_TICKED = re.compile(r"`([^`\n]{1,100})`")
_QUOTED = re.compile(r"[\"“„«»”]([^\"“”„«»\n]{2,100})[\"”“»«]|(?<!\w)['‘‚]([^'’‘\n]{2,100})['’‘](?!\w)")
_SLUG = re.compile(r"(?<![\w./@-])[a-z0-9]+(?:[-_][a-z0-9]+)+(?![\w@-]|\.\w)")
_ABOUT = re.compile(
    r"\b(?:actions?|procedures?|tools?|flows?|aktion(?:en)?|prozedur(?:en)?|abl(?:auf|äufe)|acción|procedimiento|procédure)"
    r"[\s:,]*(?:called|named|namens|genannt)?\s*$",
    re.IGNORECASE,
)
_DOING = re.compile(
    r"\b(?:run|start|use|call|trigger|execute|invoke|starte|nutze|verwende)s?\s+(?:the\s+|die\s+|den\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name in instructions that matches no action and no procedure."""

    name: str
    suggestion: str | None = None

    @property
    def sentence(self) -> str:
        """What to tell who wrote it."""
        what = phrase("The instructions name `{name}`, which is no action and no procedure", name=shortened(self.name))
        return (
            phrase("{what}; did you mean `{meant}`?", what=what, meant=self.suggestion)
            if self.suggestion
            else phrase("{what}.", what=what)
        )


def unknown_names(instructions: str, known: Mapping[str, str]) -> tuple[UnknownName, ...]:
    """Names in the instructions that match nothing, in their order, each once.

    known: slugs of actions and procedures with their names. What stands in backquotes is a name. What stands in
    quotation marks, or looks like a slug, is one where the words before say so, or where it almost is a known one:
    people quote other things too.
    """
    valid = {_folded(one) for pair in known.items() for one in pair}
    found: dict[str, UnknownName] = {}
    for name, certain in _named(instructions):
        if _folded(name) in valid or _folded(name) in found or not any(sign.isalnum() for sign in name):
            continue
        suggestion = _suggested(name, known)
        if certain or suggestion:
            found[_folded(name)] = UnknownName(name, suggestion)
    return tuple(list(found.values())[:MOST])


def _named(text: str) -> Iterable[tuple[str, bool]]:
    """What may be a name, and whether it certainly is one."""
    places: dict[int, tuple[int, str, bool]] = {}
    for pattern, certain in ((_TICKED, True), (_QUOTED, False), (_SLUG, False)):
        for match in pattern.finditer(text):
            if any(start <= match.start() < end for start, (end, _, _) in places.items()):
                continue
            name = next(group for group in (*match.groups(), match[0]) if group)
            before = text[max(match.start() - 40, 0) : match.start()]
            said = bool(_ABOUT.search(before) or (pattern is _SLUG and _DOING.search(before)))
            places[match.start()] = match.end(), name.strip(), certain or said
    return [(name, certain) for _, (_, name, certain) in sorted(places.items())]


def _suggested(name: str, known: Mapping[str, str]) -> str | None:
    """The slug that was meant, by itself or by its name."""
    words = {_folded(one): slug for slug, title in known.items() for one in (slug, title)}
    near = closest(_folded(name), words)
    return words[near] if near else None


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[-_\s]+", " ", name.removeprefix("action:")).casefold().split())
