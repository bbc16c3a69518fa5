"""The offline agent's understanding: procedures by their words, values by their shapes; no key, no network."""

import re
from dataclasses import replace

from deskhand.adapters.offline import choices
from deskhand.adapters.offline.ending import ends
from deskhand.adapters.offline.indexes import Indexes
from deskhand.adapters.offline.knowing import SURE, answer, asks, unanswerable
from deskhand.adapters.offline.matching import Match
from deskhand.adapters.offline.phrases import is_courtesy, means_stop, small_talk
from deskhand.adapters.offline.questioned import SAME, instead_of_yes_or_no, taken_back, to_the_question
from deskhand.adapters.offline.quoting import own_words, without_signature
from deskhand.adapters.offline.reading import CLOSE, MATCHES, SIGNED, Reading
from deskhand.adapters.offline.several import several
from deskhand.adapters.offline.which import core, wanting_the_code
from deskhand.domain.commands import Affirm, Command, Decline, NoAnswer, Resume, SetVariables, SmallTalk, Unanswerable
from deskhand.domain.yes_no import plain, yes_or_no
from deskhand.ports.understanding import Context, Passage

CHOSEN = 0.15
"""The score that is enough when the customer was asked which of two is meant."""
_GO_ON = re.compile(
    r"(?:ok |okay |please |so |bitte |gut )*(?:continue|go on|carry on|proceed|resume|let's (?:continue|go on|proceed)|"
    r"where were we|back to (?:it|that|where we were)|weiter|weitermachen|mach weiter|machen wir weiter|wo waren wir)"
    r"(?: please| bitte| now| then)*"
)


_NO_THANKS = re.compile(r"(?:no|nope|nein|nee|non) (?:thanks|thank you|thx|danke(?: dir| ihnen)?|merci|gracias|grazie)")
_WORDING = re.compile(
    r"\b(?:say|write|text|message|note|card|words|wording|schreib\w*|nachricht|karte|sagen|wortlaut)\b"
)
"""Questions for words, which may be words of courtesy."""


class OfflineUnderstanding:
    """Understands customers without a model, in milliseconds."""

    immediate = True

    def __init__(self) -> None:
        self._indexes = Indexes()

    async def understand(self, context: Context) -> tuple[Command, ...]:
        """The commands that the words hold, or none."""
        if not context.text.strip():
            return ()
        context = _in_own_words(context)
        if not context.text.strip():
            return (NoAnswer(),) if context.pending else ()
        vector = await self._vector(context)
        index = await self._indexes.of(context, by_meaning=vector is not None)
        return _commands(Reading(context, index, vector))

    async def _vector(self, context: Context) -> tuple[float, ...] | None:
        """What a model makes of the words, where one gives vectors."""
        found = await context.embed((context.text,)) if context.embed is not None else None
        return found[0] if found else None


def _in_own_words(context: Context) -> Context:
    """The context with what the customer wrote themselves."""
    text, pending = own_words(context.text, context.question), context.pending
    if context.running and not (pending and pending.type in SIGNED):  # at the beginning it says who writes
        text = without_signature(text)
    return context if text == context.text else replace(context, text=text)


def _commands(reading: Reading) -> tuple[Command, ...]:
    context, pending = reading.context, reading.context.pending
    if pending and pending.choices and context.text.strip() in pending.choices:
        return (SetVariables(values={pending.name: context.text.strip()}),)
    ended = ends(reading)
    if ended is not None:
        return ended
    if context.confirming:
        return instead_of_yes_or_no(reading)
    if context.choice and (chosen := _chosen(reading)):
        return (reading.start(chosen),)
    if context.offered and (not pending or pending.type != "boolean"):
        said = yes_or_no(context.text)
        if said is not None:
            return (Affirm() if said else Decline(),)
    if pending and is_courtesy(context.text) and not _WORDING.search(plain(context.question)):
        return (SmallTalk(about=small_talk(context.text) or "thanks"),)
    if (pending or context.interrupted) and _GO_ON.fullmatch(plain(context.text[:80])):
        return (Resume(),)
    return to_the_question(reading, pending) if pending else _asked_for(reading)


def _chosen(reading: Reading) -> str | None:
    """Which of the offered procedures the message names."""
    context = reading.context
    offered = [one for slug in context.choice for one in context.candidates if one.slug == slug]
    names = [one.name for one in offered]
    named = choices.choose(context.text, names) if names else None
    if named is not None:
        return offered[names.index(named)].slug
    if context.pending:
        return None
    among = [match for match in reading.matches if match.slug in context.choice]
    if not among or among[0].score < CHOSEN or (len(among) > 1 and among[1].score >= CLOSE * among[0].score):
        return None
    elsewhere = reading.best is not None and reading.best.slug not in context.choice
    return None if elsewhere and among[0].score < CLOSE * reading.matches[0].score else among[0].slug


def _asked_for(reading: Reading) -> tuple[Command, ...]:
    """What is wanted, where no question stands."""
    context = reading.context
    about = small_talk(context.text)
    if about and reading.likeness < SAME:
        return (SmallTalk(about=about),)
    if _NO_THANKS.fullmatch(plain(context.text)):
        return (SmallTalk(about="goodbye"),)
    changed = taken_back(reading, (), plainly=True)
    if changed:
        return changed
    if requests := several(reading):
        return requests
    if means_stop(context.text) and len(stopped := _clearly(reading.match(core(context.text)))) > 1:
        return (reading.which(stopped),)
    best, passage = reading.best, reading.known
    if passage is not None and _goes_first(passage, best, context.text):
        return (answer(passage),)
    if best is None or best.score < MATCHES:
        about_code = wanting_the_code(context.candidates, context.barred, reading.matches, context.text)
        if about_code:
            return (reading.which(about_code),)
        return (Unanswerable(),) if unanswerable(context) else ()
    if reading.unclear:
        return (reading.which([best.slug, reading.matches[1].slug]),)
    return (reading.start(best.slug),)


def _clearly(matches: list[Match]) -> list[str]:
    return [one.slug for one in matches if one.score >= MATCHES]


def _goes_first(passage: Passage, best: Match | None, text: str) -> bool:
    """Whether the customer wants to know something rather than have something done."""
    if best is None or best.score < MATCHES:
        return True
    return asks(text) and passage.score >= max(SURE, best.score)
