"""Step `switch_topic`: moves the conversation to another slice of the knowledge."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.effects import SwitchTopic
from deskhand.domain.frame import Frame, Goto, Move
from deskhand.domain.phrases import phrase
from deskhand.domain.preconditions import SLUG
from deskhand.domain.problems import Problem
from deskhand.domain.sentences import Text
from deskhand.domain.steps.base import Linear, Surroundings, empty_texts, text_fields


class SwitchTopicStep(Linear):
    """From here on answers come from one topic, or from all of the knowledge."""

    kind: Literal["switch_topic"]
    topic: str | None = Field(
        default=None, pattern=SLUG, max_length=64, description="The topic by its slug; null for all of the knowledge."
    )
    text: Text | None = Field(default=None, description="What the customer reads; a sentence of ours by default.")

    sample: ClassVar[dict[str, Any]] = {
        "id": "about_returns",
        "kind": "switch_topic",
        "topic": "returns",
        "text": "What would you like to know about returns?",
    }

    def texts(self) -> Iterator[tuple[str, str]]:
        return text_fields("text", self.text)

    def check(self, around: Surroundings) -> Iterator[Problem]:
        if self.text is not None:
            yield from empty_texts(self, "text", self.text, "what the customer shall read, or leave it out")
        if around.workspace_known and self.topic is not None and self.topic not in around.topics:
            yield self.problem(
                "unknown-topic",
                phrase("there is no topic `{topic}`: make it first, or leave it out.", topic=self.topic),
                "topic",
            )
        yield from super().check(around)

    def enter(self, frame: Frame) -> Move:
        frame.emit(SwitchTopic(topic=self.topic))
        if self.text is not None:
            frame.say(frame.render(self.text))
        elif self.topic is not None:
            frame.say_sentence("switched_topic", name=frame.given.topics.get(self.topic, self.topic))
        else:
            frame.say_sentence("what_can_i_do")
        return Goto(self.next)
