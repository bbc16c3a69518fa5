"""The offline agent's understanding: procedures by their words, values by their shapes; no key, no network."""

from functools import cached_property, lru_cache

from deskhand.adapters.offline import choices, extraction
from deskhand.adapters.offline.matching import Index, Match
from deskhand.adapters.offline.phrases import PERSON_WORDS, may_be_a_reason, means_stop, small_talk, wants_person
from deskhand.adapters.offline.setting import setting_of
from deskhand.domain.commands import Cancel, Clarify, Command, HandOver, SetVariables, SmallTalk, StartProcedure
from deskhand.domain.model import Json
from deskhand.ports.understanding import Context, Wanted

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
INDEXES = 8
WANTS_A_PERSON = "The customer asked for a person."
SHORT = 15
"""Words up to which a free answer can be the wish for a person instead."""


class _Reading:
    """A context with what its words match best, which is worked out only where it matters."""

    def __init__(self, context: Context, index: Index) -> None:
        self.context = context
        self._index = index

    @cached_property
    def matches(self) -> list[Match]:
        """Every procedure that the words could mean, the best first."""
        return self._index.match(self.context.text)

    @property
    def best(self) -> Match | None:
        return self.matches[0] if self.matches else None

    @property
    def unclear(self) -> bool:
        """Whether a second procedure fits about as well as the best."""
        return len(self.matches) > 1 and self.matches[1].score >= CLOSE * self.matches[0].score

    def start(self, slug: str) -> StartProcedure:
        wanted = next(one.wanted for one in self.context.candidates if one.slug == slug)
        values, _ = extraction.volunteered(wanted, self.context.text, setting_of(self.context))
        return StartProcedure(procedure=slug, values=values)


class OfflineUnderstanding:
    """Understands customers without a model, in milliseconds."""

    immediate = True

    def __init__(self) -> None:
        self._index = lru_cache(maxsize=INDEXES)(Index)

    async def understand(self, context: Context) -> tuple[Command, ...]:
        """The command that the words hold, or none."""
        command = self._command(context) if context.text.strip() else None
        return () if command is None else (command,)

    def _command(self, context: Context) -> Command | None:
        if context.pending and context.pending.choices and context.text.strip() in context.pending.choices:
            return SetVariables(values={context.pending.name: context.text.strip()})
        reading = _Reading(context, self._index(context.candidates, context.language))
        if means_stop(context.text) and not _asks_to_cancel_something(reading) and not _gives_a_reason(context):
            return None if _may_mean_yes(reading) else Cancel()
        if _to_a_person(reading):
            return HandOver(reason=WANTS_A_PERSON)
        if context.confirming:
            return None
        if context.choice and (chosen := _chosen(reading)):
            return reading.start(chosen)
        if context.pending:
            return _to_the_question(reading, context.pending)
        about = None if context.running else small_talk(context.text)
        return SmallTalk(about=about) if about else _request(reading)


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


def _request(reading: _Reading) -> Command | None:
    """The procedure that is asked for, or a question which of two."""
    best = reading.best
    if best is None or best.score < MATCHES:
        return None
    if reading.unclear:
        return Clarify(between=(best.slug, reading.matches[1].slug))
    return reading.start(best.slug)


def _to_the_question(reading: _Reading, pending: Wanted) -> Command | None:
    """The answer to the pending question, or a request for something else."""
    context = reading.context
    if extraction.is_free_text(pending):
        elsewhere = _elsewhere(reading)
        if elsewhere and elsewhere[0].likeness >= SAME and elsewhere[0] is reading.best:
            return reading.start(elsewhere[0].slug)
        return SetVariables(values=_free_values(context, pending))
    found = extraction.answer(pending, context.text, setting_of(context))
    if found is not None:
        rest = found.without(context.text) if pending.type != "boolean" else context.text
        more, _ = extraction.volunteered(_others(context, pending), rest, setting_of(context))
        return SetVariables(values={**more, pending.name: found.value})
    elsewhere = _elsewhere(reading)
    if elsewhere and elsewhere[0].score >= CLEARLY and elsewhere[0] is reading.best and not reading.unclear:
        return reading.start(elsewhere[0].slug)
    more, _ = extraction.volunteered(_others(context, pending), context.text, setting_of(context))
    return SetVariables(values=more) if more else None


def _elsewhere(reading: _Reading) -> list[Match]:
    """What the words could mean besides what is going on."""
    return [match for match in reading.matches if match.slug != reading.context.running]


def _free_values(context: Context, pending: Wanted) -> dict[str, Json]:
    more, rest = extraction.volunteered(_others(context, pending), context.text, setting_of(context))
    return {**more, pending.name: extraction.free_answer(pending, context.text, rest)}


def _others(context: Context, pending: Wanted) -> list[Wanted]:
    return [one for one in context.later if one.name != pending.name]
