"""What a model may name in its answer to one message: everything else that it names is left out."""

from collections.abc import Mapping
from dataclasses import dataclass

from deskhand.ports.understanding import Candidate, Context, Passage, Wanted

ACTION = "action:"
"""How the slug of a candidate begins that is an action."""
CONVERSATION = "conversation"
INSTRUCTIONS = "instructions"
"""What can be cited besides passages; it does not leave this package."""
MOST_PASSAGES = 6


@dataclass(frozen=True, slots=True)
class Offered:
    """The names that are valid for one message."""

    context: Context
    procedures: Mapping[str, Candidate]
    actions: Mapping[str, Candidate]
    """By their own slugs, without `action:`."""
    asked: Mapping[str, Wanted]
    """What may be set: the pending question and what else the running procedure asks for."""
    given: Mapping[str, Wanted]
    """What may be corrected."""
    passages: Mapping[str, Passage]

    @property
    def citable(self) -> tuple[str, ...]:
        """What an answer may be taken from."""
        own = (INSTRUCTIONS,) if self.context.instructions else ()
        return (*self.passages, *own, CONVERSATION)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The commands that make sense now. A confirmation is read by the engine alone: no yes and no no is offered."""
        context = self.context
        also = {
            "start_procedure": bool(self.procedures),
            "use_action": bool(self.actions),
            "set_variables": bool(self.asked) and not context.confirming,
            "correct_variable": bool(self.given),
            "affirm": bool(context.offered) and not context.confirming,
            "decline": bool(context.offered) and not context.confirming,
            "resume": bool(context.interrupted),
            "cancel": bool(context.running or context.pending or context.choice or context.confirming),
            "clarify": len(self.procedures) + len(self.actions) > 1,
        }
        kinds = tuple(kind for kind, offered in also.items() if offered)
        return (*kinds, "hand_over", "small_talk", "unanswerable")


def offered(context: Context) -> Offered:
    """What may be named in the answer to this message."""
    open_to = [one for one in context.candidates if one.slug not in context.barred]
    asked = {one.name: one for one in context.later}
    if context.pending is not None:
        asked = {context.pending.name: context.pending, **asked}
    return Offered(
        context,
        {one.slug: one for one in open_to if not one.slug.startswith(ACTION)},
        {one.slug.removeprefix(ACTION): one for one in open_to if one.slug.startswith(ACTION)},
        asked,
        {one.wanted.name: one.wanted for one in context.given},
        {one.id: one for one in context.look_up(context.text)[:MOST_PASSAGES]},
    )
