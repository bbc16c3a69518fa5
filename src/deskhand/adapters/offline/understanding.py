"""The offline agent's understanding: procedures by their words, values by their shapes; no key, no network."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from deskhand.adapters.offline import choices, extraction
from deskhand.adapters.offline.corrections import corrections
from deskhand.adapters.offline.indexes import Indexes
from deskhand.adapters.offline.knowing import (
    SURE,
    answer,
    asks,
    is_question,
    known,
    takes_questions,
    unanswerable,
)
from deskhand.adapters.offline.matching import Index, Match
from deskhand.adapters.offline.phrases import (
    PERSON_WORDS,
    is_courtesy,
    may_be_a_reason,
    means_stop,
    small_talk,
    stop_and_rest,
    wants_person,
)
from deskhand.adapters.offline.quoting import own_words, without_signature
from deskhand.adapters.offline.replying import reply
from deskhand.adapters.offline.requests import several_requests
from deskhand.adapters.offline.setting import setting_of
from deskhand.adapters.offline.unanswered import holds_no_answer
from deskhand.adapters.offline.which import core, of_these, wanting_the_code
from deskhand.domain.commands import (
    Affirm,
    Cancel,
    Clarify,
    Command,
    CorrectVariable,
    Decline,
    HandOver,
    NoAnswer,
    Resume,
    SetVariables,
    SmallTalk,
    StartProcedure,
    Unanswerable,
)
from deskhand.domain.model import Json
from deskhand.domain.yes_no import plain, yes_or_no
from deskhand.ports.understanding import Context, Passage, Wanted

MATCHES = 0.3
"""The score from which a procedure is what the customer wants."""
CLOSE = 0.85
"""A second procedure with this share of the first one's score makes it unclear which is meant."""
CLEARLY = 0.5
"""The score that leaves a pending typed question for another procedure."""
SAME = 0.8
"""The likeness that leaves a pending free question, to which any words could be the answer."""
CHOSEN = 0.15
"""The score that is enough when the customer was asked which of two is meant."""
SIGNED = ("email", "phone")
"""What may be asked for and stands in a signature."""
WANTS_A_PERSON = "The customer asked for a person."
SHORT = 15
"""Words up to which a free answer can be the wish for a person instead."""
BARE = 3
"""Words up to which a message may be a code that looks like none."""
_GO_ON = re.compile(
    r"(?:ok |okay |please |so |bitte |gut )*(?:continue|go on|carry on|proceed|resume|let's (?:continue|go on|proceed)|"
    r"where were we|back to (?:it|that|where we were)|weiter|weitermachen|mach weiter|machen wir weiter|wo waren wir)"
    r"(?: please| bitte| now| then)*"
)


_MORE_SENTENCES = re.compile(r"[.!?;\n]\s*\S")
_NO_THANKS = re.compile(r"(?:no|nope|nein|nee|non) (?:thanks|thank you|thx|danke(?: dir| ihnen)?|merci|gracias|grazie)")
_WORDING = re.compile(
    r"\b(?:say|write|text|message|note|card|words|wording|schreib\w*|nachricht|karte|sagen|wortlaut)\b"
)
"""Questions for words, which may be words of courtesy."""


class _Reading:
    """A context with what its words match best, which is worked out only where it matters."""

    def __init__(self, context: Context, index: Index, vector: tuple[float, ...] | None = None) -> None:
        self.context = context
        self._vector = vector
        self.setting = setting_of(context)
        self._index = index

    @cached_property
    def matches(self) -> list[Match]:
        """Every procedure that the words could mean and this customer may have, the best first."""
        return self.match(self.context.text)

    def match(self, text: str) -> list[Match]:
        barred = self.context.barred
        found = self._index.match(text, self._vector if text is self.context.text else None)
        return [one for one in found if one.slug not in barred] if barred else found

    @property
    def likeness(self) -> float:
        """How nearly the words are what builders wrote for a procedure."""
        return self._index.likeness(self.context.text)

    @cached_property
    def known(self) -> Passage | None:
        """The passage that answers what is asked."""
        return known(self.context)

    @property
    def best(self) -> Match | None:
        return self.matches[0] if self.matches else None

    @property
    def unclear(self) -> bool:
        """Whether a second procedure fits about as well as the best."""
        return len(self.matches) > 1 and self.matches[1].score >= CLOSE * self.matches[0].score

    @property
    def elsewhere(self) -> Match | None:
        """The best, where it is something besides what is going on."""
        best = self.best
        return best if best is not None and best.slug != self.context.running else None

    def which(self, slugs: list[str]) -> Clarify:
        """The question which of these is meant."""
        return of_these(self.context.candidates, slugs, self.context.text, self.setting)

    def start(self, slug: str, text: str | None = None) -> StartProcedure:
        wanted = next(one.wanted for one in self.context.candidates if one.slug == slug)
        said = self.context.text if text is None else text
        first = self.context.running is None
        values, _ = extraction.volunteered(wanted, said, self.setting, first=first)
        return StartProcedure(procedure=slug, values=values)


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
        return _commands(_Reading(context, index, vector))

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


def _commands(reading: _Reading) -> tuple[Command, ...]:
    context, pending = reading.context, reading.context.pending
    if pending and pending.choices and context.text.strip() in pending.choices:
        return (SetVariables(values={pending.name: context.text.strip()}),)
    ends = _ends(reading)
    if ends is not None:
        return ends
    if context.confirming:
        return _instead_of_yes_or_no(reading)
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
    return _to_the_question(reading, pending) if pending else _asked_for(reading)


def _ends(reading: _Reading) -> tuple[Command, ...] | None:
    """What ends things: stop, or a person; None where nothing is to end."""
    context = reading.context
    instead = _instead(reading)
    if instead:
        return instead
    if means_stop(context.text) and not _asks_to_cancel_something(reading) and not _gives_a_reason(context):
        return () if _may_mean_yes(reading) else (Cancel(),)
    return (HandOver(reason=WANTS_A_PERSON),) if _to_a_person(reading) else None


def _instead(reading: _Reading) -> tuple[Command, ...]:
    """To stop what is going on for something else: "forget that, I want a refund"."""
    context, parts = reading.context, stop_and_rest(reading.context.text)
    if parts is None or context.running is None:
        return ()
    wanted = reading.match(parts[1])
    if not wanted or wanted[0].score < CLEARLY or wanted[0].slug == context.running:
        return ()
    if len(wanted) > 1 and wanted[1].score >= CLOSE * wanted[0].score:
        return ()
    return () if _may_mean_yes(reading) else (Cancel(), reading.start(wanted[0].slug, parts[1]))


def _gives_a_reason(context: Context) -> bool:
    """Whether the words answer the free question that stands, rather than end what is going on."""
    pending = context.pending
    return pending is not None and extraction.is_free_text(pending) and may_be_a_reason(context.text)


def _asks_to_cancel_something(reading: _Reading) -> bool:
    """Where nothing is going on, "I want to cancel" can only mean a procedure."""
    context = reading.context
    if context.running or context.pending or context.choice or context.confirming:
        return False
    return reading.best is not None and reading.best.score >= MATCHES


def _may_mean_yes(reading: _Reading) -> bool:
    """Where cancelling something is to be confirmed, "cancel it" is no clear no: the engine asks again."""
    context = reading.context
    return context.confirming and any(
        match.slug == context.running and match.score >= MATCHES for match in reading.matches
    )


def _to_a_person(reading: _Reading) -> bool:
    """Whether a person is wanted, and no procedure is about just that."""
    wish = wants_person(reading.context.text)
    pending = reading.context.pending
    if wish is None:
        return False
    if pending and extraction.is_free_text(pending) and len(reading.context.text.split()) > SHORT:
        return False
    best = reading.best
    if best is None or best.score < MATCHES:
        return True
    return wish == "clearly" and not best.line & PERSON_WORDS


def _instead_of_yes_or_no(reading: _Reading) -> tuple[Command, ...]:
    """What a customer says who was asked to confirm something and answers neither yes nor no."""
    if yes_or_no(reading.context.text) is not None:
        return ()
    changed = _changed(reading, reading.context.later, plainly=True)
    if changed:
        return changed
    elsewhere = reading.elsewhere
    if reading.known is not None and asks(reading.context.text):
        return (answer(reading.known),)
    if elsewhere and elsewhere.score >= CLEARLY and not reading.unclear and asks(reading.context.text):
        return (reading.start(elsewhere.slug),)
    return ()


def _chosen(reading: _Reading) -> str | None:
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


def _asked_for(reading: _Reading) -> tuple[Command, ...]:
    """What is wanted, where no question stands."""
    context = reading.context
    about = small_talk(context.text)
    if about:
        return (SmallTalk(about=about),)
    if _NO_THANKS.fullmatch(plain(context.text)):
        return (SmallTalk(about="goodbye"),)
    changed = _changed(reading, (), plainly=True)
    if changed:
        return changed
    several = tuple(_several(reading))
    if len(several) > 1:
        return several
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


def _several(reading: _Reading) -> Iterator[StartProcedure]:
    """The procedures that the requests of one message ask for, in their order."""
    parts = several_requests(reading.context.text)
    seen: set[str] = set()
    for part in parts if len(parts) > 1 else ():
        matches = reading.match(part)
        clear = len(matches) < 2 or matches[1].score < CLOSE * matches[0].score
        if matches and matches[0].score >= MATCHES and clear and matches[0].slug not in seen:
            seen.add(matches[0].slug)
            yield reading.start(matches[0].slug, part)


def _to_the_question(reading: _Reading, pending: Wanted) -> tuple[Command, ...]:
    """The answer to the pending question, or something else."""
    context = reading.context
    free = extraction.is_free_text(pending)
    values = _values(reading, pending)
    changed = _changed(reading, (pending, *context.later), plainly=not free)
    if changed and not _is_the_answer(changed, values.get(pending.name)):
        return changed
    if free and reading.likeness >= SAME and (elsewhere := reading.elsewhere) and elsewhere.likeness >= SAME:
        return (reading.start(elsewhere.slug),)
    if free and pending.name not in values and (changed := _changed(reading, (pending, *context.later), plainly=True)):
        return changed
    asked = asks(context.text)
    if reading.known is not None and asked and (pending.name not in values or (free and reading.known.score >= SURE)):
        return (answer(reading.known),)
    if free and list(values) == [pending.name] and is_question(context.text):
        return (SetVariables(values=values),) if takes_questions(pending, context.question) else (Unanswerable(),)
    if pending.name in values and not (asked and not free and _is_about_another(reading)):
        return (SetVariables(values=values), *_besides(reading))
    if (elsewhere := reading.elsewhere) and elsewhere.score >= CLEARLY and not reading.unclear:
        return (reading.start(elsewhere.slug),)
    if values:
        return (SetVariables(values=values),)
    if asked and is_question(context.text):
        return (Unanswerable(),)
    if holds_no_answer(context.text) or free:
        return (NoAnswer(),)
    return _bare_code(context, pending)


def _is_about_another(reading: _Reading) -> bool:
    """Whether a single question asks for another procedure, with a value that could answer too."""
    elsewhere = reading.elsewhere
    if elsewhere is None or elsewhere.score < CLEARLY or reading.unclear:
        return False
    return not _MORE_SENTENCES.search(reading.context.text.strip())


def _bare_code(context: Context, pending: Wanted) -> tuple[Command, ...]:
    """A short answer to the question for a code, though it looks like none; a sentence is no code."""
    if pending.type != "text" or pending.choices:
        return ()
    words = context.text.split()
    if len(words) > BARE or asks(context.text) or small_talk(context.text) or yes_or_no(context.text) is not None:
        return (NoAnswer(),)
    if len(words) > 1 or (extraction.is_numbered(pending) and words[0].islower() and words[0].isalpha()):
        return (NoAnswer(),)
    return (SetVariables(values={pending.name: context.text.strip()}),)


def _besides(reading: _Reading) -> tuple[Command, ...]:
    """What else is asked for in a message that answers the question: "A1001. And when are you open?"."""
    parts = several_requests(reading.context.text)
    for part in parts[1:]:
        matches = reading.match(part)
        if matches and matches[0].score >= CLEARLY and matches[0].slug != reading.context.running:
            return (reading.start(matches[0].slug, part),)
    return ()


def _changed(reading: _Reading, besides: tuple[Wanted, ...], plainly: bool) -> tuple[Command, ...]:
    """What the customer takes back, and what they say besides."""
    context = reading.context
    if not context.given:
        return ()
    changed = corrections(context.given, context.text, reading.setting, besides, plainly)
    if not changed:
        return ()
    given = [one.wanted for one in context.given]
    more, _ = extraction.volunteered(besides, context.text, reading.setting, given) if besides else ({}, "")
    found = tuple(CorrectVariable(variable=name, value=value) for name, value in changed.items())
    return (*found, SetVariables(values=more)) if more else found


def _is_the_answer(changed: tuple[Command, ...], value: Json) -> bool:
    """Whether what looks like a correction is the very value that answers the question: it corrects nothing then."""
    others = [one for one in changed if isinstance(one, CorrectVariable) and one.value != value]
    return value is not None and not others


def _values(reading: _Reading, pending: Wanted) -> dict[str, Json]:
    context = reading.context
    given = [one.wanted for one in context.given]
    return reply(pending, _others(context, pending), context.text, reading.setting, given)


def _others(context: Context, pending: Wanted) -> list[Wanted]:
    return [one for one in context.later if one.name != pending.name]
