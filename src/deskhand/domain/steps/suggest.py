"""Step `suggest`: puts follow-up questions before the customer."""

from collections.abc import Iterator
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.effects import Suggest
from deskhand.domain.frame import Frame, Goto, Move
from deskhand.domain.problems import Problem
from deskhand.domain.sentences import Text, sentence
from deskhand.domain.steps.base import Linear, Surroundings, empty_texts, text_fields

MOST_SUGGESTIONS = 5


class SuggestStep(Linear):
    """Shows questions that the customer can send with a click, and goes on."""

    kind: Literal["suggest"]
    text: Text | None = Field(default=None, description="What stands above them.")
    suggestions: list[Text] = Field(
        min_length=1, max_length=MOST_SUGGESTIONS, description="The questions, as the customer would write them."
    )

    sample: ClassVar[dict[str, Any]] = {
        "id": "more_about_it",
        "kind": "suggest",
        "text": "What else would you like to know?",
        "suggestions": ["How long does delivery take?", "Can I return it?"],
    }

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from text_fields("text", self.text)
        for number, suggestion in enumerate(self.suggestions):
            yield from text_fields(f"suggestions.{number}", suggestion)

    def check(self, around: Surroundings) -> Iterator[Problem]:
        if self.text is not None:
            yield from empty_texts(self, "text", self.text, "what stands above the questions, or leave it out")
        for number, suggestion in enumerate(self.suggestions):
            yield from empty_texts(self, f"suggestions.{number}", suggestion, "the question")
        yield from super().check(around)

    def enter(self, frame: Frame) -> Move:
        text = sentence("you_can_ask", frame.given.language) if self.text is None else frame.render(self.text)
        questions = [frame.render(one).strip() for one in self.suggestions]
        shown = tuple(dict.fromkeys(one for one in questions if one))
        if shown:
            frame.emit(Suggest(text=text, suggestions=shown))
        return Goto(self.next)
