"""Step `live_chat`: hands the conversation over to a person, if one is there."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.frame import Finish, Frame, Goto, Move
from deskhand.domain.live_chat import Desk
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.sentences import Text
from deskhand.domain.steps.base import Exit, StepBase, Surroundings, empty_texts, text_fields


class LiveChatStep(StepBase):
    """Connects the customer with a person and ends the run; where nobody is there, it says so."""

    kind: Literal["live_chat"]
    text: Text | None = Field(default=None, description="What the customer reads when somebody is there.")
    away_text: Text | None = Field(default=None, description="What they read when nobody is.")
    on_unavailable: str | None = Field(
        default=None, description="Where to go when nobody is there; by default somebody answers later."
    )

    sample: ClassVar[dict[str, Any]] = {
        "id": "talk_to_us",
        "kind": "live_chat",
        "text": "One moment, I'm getting somebody for you.",
        "away_text": "Our team is back tomorrow at 9.",
    }

    def exits(self) -> tuple[Exit, ...]:
        return (Exit("on_unavailable", self.on_unavailable),) if self.on_unavailable else ()

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from text_fields("text", self.text)
        yield from text_fields("away_text", self.away_text)

    def check(self, around: Surroundings) -> Iterator[Problem]:
        for name, text in (("text", self.text), ("away_text", self.away_text)):
            if text is not None:
                yield from empty_texts(self, name, text, phrase("what the customer shall read, or leave it out"))
        if around.workspace_known and not _is_on(around):
            yield self.problem(
                "live-chat-off",
                "no agent that may run this has live chat switched on: switch it on for one, or use `escalate`.",
            )
        yield from super().check(around)

    def enter(self, frame: Frame) -> Move:
        desk = frame.given.desk
        if desk.available:
            self._say(frame, self.text, "talk_to_person")
            return Finish("escalated", "The customer wants to talk to a person.", available=True, to=desk.to)
        self._say(frame, self.away_text, "nobody_there" if self.on_unavailable else "nobody_there_later")
        if self.on_unavailable:
            return Goto(self.on_unavailable)
        return Finish("escalated", _why_not(desk), available=False, to=desk.to)

    def _say(self, frame: Frame, text: Text | None, key: str) -> None:
        if text is None:
            frame.say_sentence(key)
        else:
            frame.say(frame.render(text))


def _is_on(around: Surroundings) -> bool:
    """Whether live chat is on for some agent that talks to customers and may run the procedure."""
    slug = around.procedure.slug
    return any(
        agent.kind == "customer"
        and agent.live_chat is not None
        and (agent.procedures is None or slug in agent.procedures)
        for agent in around.agents.values()
    )


def _why_not(desk: Desk) -> str:
    if not desk.on:
        return "The customer wants to talk to a person; live chat is switched off for this agent."
    if not desk.open:
        return "The customer wants to talk to a person, outside of the hours of live chat."
    return "The customer wants to talk to a person; nobody was there."
