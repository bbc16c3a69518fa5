"""What a customer writes who was asked something: the answer, something taken back, or something else altogether."""

import re

from deskhand.adapters.offline import extraction
from deskhand.adapters.offline.corrections import corrections
from deskhand.adapters.offline.knowing import SURE, answer, asks, is_question, takes_questions
from deskhand.adapters.offline.phrases import small_talk
from deskhand.adapters.offline.reading import CLEARLY, Reading
from deskhand.adapters.offline.replying import reply
from deskhand.adapters.offline.several import besides
from deskhand.adapters.offline.unanswered import holds_no_answer
from deskhand.domain.commands import Command, CorrectVariable, NoAnswer, SetVariables, Unanswerable
from deskhand.domain.model import Json
from deskhand.domain.yes_no import yes_or_no
from deskhand.ports.understanding import Context, Wanted

SAME = 0.8
"""The likeness that leaves a pending free question, to which any words could be the answer."""
BARE = 3
"""Words up to which a message may be a code that looks like none."""
_MORE_SENTENCES = re.compile(r"[.!?;\n]\s*\S")


def instead_of_yes_or_no(reading: Reading) -> tuple[Command, ...]:
    """What a customer says who was asked to confirm something and answers neither yes nor no."""
    if yes_or_no(reading.context.text) is not None:
        return ()
    changed = taken_back(reading, reading.context.later, plainly=True)
    if changed:
        return changed
    elsewhere = reading.elsewhere
    if reading.known is not None and asks(reading.context.text):
        return (answer(reading.known),)
    if elsewhere and elsewhere.score >= CLEARLY and not reading.unclear and asks(reading.context.text):
        return (reading.start(elsewhere.slug),)
    return ()


def to_the_question(reading: Reading, pending: Wanted) -> tuple[Command, ...]:
    """The answer to the pending question, or something else."""
    context = reading.context
    free = extraction.is_free_text(pending)
    values = _values(reading, pending)
    changed = taken_back(reading, (pending, *context.later), plainly=not free)
    if changed and not _is_the_answer(changed, values.get(pending.name)):
        return changed
    if free and reading.likeness >= SAME and (elsewhere := reading.elsewhere) and elsewhere.likeness >= SAME:
        return (reading.start(elsewhere.slug),)
    if free and pending.name not in values and (found := taken_back(reading, (pending, *context.later), plainly=True)):
        return found
    asked = asks(context.text)
    if reading.known is not None and asked and (pending.name not in values or (free and reading.known.score >= SURE)):
        return (answer(reading.known),)
    if free and list(values) == [pending.name] and is_question(context.text):
        return (SetVariables(values=values),) if takes_questions(pending, context.question) else (Unanswerable(),)
    if pending.name in values and not (asked and not free and _is_about_another(reading)):
        return (SetVariables(values=values), *besides(reading))
    if (elsewhere := reading.elsewhere) and elsewhere.score >= CLEARLY and not reading.unclear:
        return (reading.start(elsewhere.slug),)
    if values:
        return (SetVariables(values=values),)
    if asked and is_question(context.text):
        return (Unanswerable(),)
    if holds_no_answer(context.text) or free:
        return (NoAnswer(),)
    return _bare_code(context, pending)


def _is_about_another(reading: Reading) -> bool:
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
    if not any(sign.isalnum() for sign in context.text):  # a shrug is no order number
        return (NoAnswer(),)
    if len(words) > BARE or asks(context.text) or small_talk(context.text) or yes_or_no(context.text) is not None:
        return (NoAnswer(),)
    if len(words) > 1 or (extraction.is_numbered(pending) and words[0].islower() and words[0].isalpha()):
        return (NoAnswer(),)
    return (SetVariables(values={pending.name: context.text.strip()}),)


def taken_back(reading: Reading, besides: tuple[Wanted, ...], plainly: bool) -> tuple[Command, ...]:
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


def _values(reading: Reading, pending: Wanted) -> dict[str, Json]:
    context = reading.context
    given = [one.wanted for one in context.given]
    return reply(pending, _others(context, pending), context.text, reading.setting, given)


def _others(context: Context, pending: Wanted) -> list[Wanted]:
    return [one for one in context.later if one.name != pending.name]
