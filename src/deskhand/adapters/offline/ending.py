"""What ends what is going on: to stop, to do something else instead, to talk to a person."""

from deskhand.adapters.offline import extraction
from deskhand.adapters.offline.phrases import (
    PERSON_WORDS,
    may_be_a_reason,
    means_stop,
    stop_and_rest,
    wants_person,
    without_refused,
)
from deskhand.adapters.offline.reading import CLEARLY, MATCHES, Reading
from deskhand.adapters.offline.which import says_little
from deskhand.domain.commands import Cancel, Command, HandOver
from deskhand.ports.understanding import Context

WANTS_A_PERSON = "The customer asked for a person."
SHORT = 15
"""Words up to which a free answer can be the wish for a person instead."""


def ends(reading: Reading) -> tuple[Command, ...] | None:
    """What ends things: stop, or a person; None where nothing is to end."""
    context = reading.context
    instead = _instead(reading) or _refused(reading)
    if instead:
        return instead
    if means_stop(context.text) and not _asks_to_cancel_something(reading) and not _gives_a_reason(context):
        return () if _may_mean_yes(reading) else (Cancel(),)
    return (HandOver(reason=WANTS_A_PERSON),) if _to_a_person(reading) else None


def _instead(reading: Reading) -> tuple[Command, ...]:
    """To stop what is going on for something else: "forget that, I want a refund"."""
    context, parts = reading.context, stop_and_rest(reading.context.text)
    if parts is None or context.running is None:
        return ()
    wanted = reading.clear(parts[1])
    if wanted is None or wanted.score < CLEARLY or wanted.slug == context.running:
        return ()
    return () if _may_mean_yes(reading) else (Cancel(), reading.start(wanted.slug, parts[1]))


def _refused(reading: Reading) -> tuple[Command, ...]:
    """What is going on is just what the customer does not want: "I don't want a refund, where is my order?"."""
    running = reading.context.running
    wanted, refused = without_refused(reading.context.text)
    if running is None or not refused:
        return ()
    if reading.context.confirming and says_little(wanted):
        return (Cancel(),)
    if all(one.slug != running for one in reading.match(refused)[:1]):
        return ()
    if says_little(wanted):
        return (Cancel(),)
    other = reading.clear(wanted)
    return (Cancel(), reading.start(other.slug, wanted)) if other is not None and other.slug != running else ()


def _gives_a_reason(context: Context) -> bool:
    """Whether the words answer the free question that stands, rather than end what is going on."""
    pending = context.pending
    return pending is not None and extraction.is_free_text(pending) and may_be_a_reason(context.text)


def _asks_to_cancel_something(reading: Reading) -> bool:
    """Where nothing is going on, "I want to cancel" can only mean a procedure."""
    context = reading.context
    if context.running or context.pending or context.choice or context.confirming:
        return False
    return reading.best is not None and reading.best.score >= MATCHES


def _may_mean_yes(reading: Reading) -> bool:
    """Where cancelling something is to be confirmed, "cancel it" is no clear no: the engine asks again."""
    context = reading.context
    return context.confirming and any(
        match.slug == context.running and match.score >= MATCHES for match in reading.matches
    )


def _to_a_person(reading: Reading) -> bool:
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
