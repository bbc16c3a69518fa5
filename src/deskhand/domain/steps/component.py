"""Step `component`: shows a film, a picture, a flow of pages, or an element of the host page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.addresses import address_of, host_is_listed
from deskhand.domain.components import Component, Element, Video, element_problem, film_problem
from deskhand.domain.effects import ComponentDone, ShowComponent
from deskhand.domain.errors import TemplateError
from deskhand.domain.events import ComponentReturned, RunEvent
from deskhand.domain.frame import Frame, Goto, Move, Pause
from deskhand.domain.masking import masked_values
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.requests import origin_is_templated
from deskhand.domain.sentences import Text
from deskhand.domain.shown import MOST_FIELDS, FormField, ShownElement
from deskhand.domain.state import ForComponent
from deskhand.domain.steps.base import Linear, Surroundings, empty_texts, text_fields
from deskhand.domain.steps.from_page import from_browser, read_form
from deskhand.domain.templates import placeholders
from deskhand.domain.values import TypeName
from deskhand.domain.variables import NAME, RESERVED


class ComponentStep(Linear):
    """Shows a component and goes on when the customer is through with it."""

    kind: Literal["component"]
    text: Text | None = Field(default=None, description="What stands above it.")
    component: Component = Field(description="What is shown.")
    response_variable: str | None = Field(default=None, pattern=NAME, description="Where what it gives is stored.")

    pauses: ClassVar[bool] = True
    sample: ClassVar[dict[str, Any]] = {
        "id": "tour",
        "kind": "component",
        "text": "This shows how it works:",
        "component": {"kind": "video", "url": "https://example.com/tour.mp4", "title": "A tour in two minutes"},
    }

    def texts(self) -> Iterator[tuple[str, str]]:
        yield from text_fields("text", self.text)
        yield from ((f"component.{name}", template) for name, template in self.component.templates())

    def form_fields(self) -> Sequence[FormField]:
        return self.component.fields()

    def writes(self) -> Mapping[str, TypeName | None]:
        stored: dict[str, TypeName | None] = {self.response_variable: None} if self.response_variable else {}
        return {**stored, **{field.name: field.type if field.required else None for field in self.form_fields()}}

    # what is wrong with it

    def check(self, around: Surroundings) -> Iterator[Problem]:
        if self.text is not None:
            yield from empty_texts(self, "text", self.text, phrase("what stands above it, or leave it out"))
        for name, text in self.component.required():
            yield from empty_texts(self, f"component.{name}", text, phrase("what the customer shall read"))
        for name, url in self.component.addresses():
            yield from self._address_problems(f"component.{name}", url, around)
        if isinstance(self.component, Element):
            wrong = element_problem(self.component.name)
            if wrong:
                yield self.problem("element", wrong, "component.name")
        if isinstance(self.component, Video) and not origin_is_templated(self.component.url):
            wrong = film_problem(self.component.url)
            if wrong:
                yield self.problem("film", wrong, "component.url", severity="warning")
        yield from self._field_problems()
        yield from super().check(around)
        yield from self._exposed(around)

    def _address_problems(self, name: str, url: str, around: Surroundings) -> Iterator[Problem]:
        if origin_is_templated(url):
            yield self.problem(
                "templated-origin",
                "the address's host comes from a variable: write it out, what it shows is ours.",
                name,
            )
            return
        parts = address_of(url)
        if parts is None:
            yield self.problem(
                "url", phrase("`{url}` is no web address: it should look like https://example.com/…", url=url), name
            )
        elif parts.username or parts.password:
            yield self.problem("literal-credential", "the address holds a credential, which every customer sees.", name)
        elif parts.scheme == "http" and not host_is_listed(parts.hostname or "", parts.port, around.internal_hosts):
            yield self.problem(
                "plain-http",
                phrase(
                    "`http://{netloc}` is not encrypted: use https, or put the host on the workspace's allow-list.",
                    netloc=parts.netloc,
                ),
                name,
            )

    def _field_problems(self) -> Iterator[Problem]:
        names = [field.name for field in self.form_fields()]
        if len(names) > MOST_FIELDS:
            yield self.problem(
                "fields",
                phrase("a flow can have {most} fields, this one has {count}.", most=MOST_FIELDS, count=len(names)),
                "component",
            )
        for name in dict.fromkeys(names):
            if names.count(name) > 1:
                yield self.problem(
                    "fields", phrase("the field `{name}` stands in the flow twice.", name=name), "component"
                )
        for name in self.writes():
            if name in RESERVED:
                yield self.problem("reserved", phrase("`{name}` is a built-in name: choose another.", name=name))

    def _exposed(self, around: Surroundings) -> Iterator[Problem]:
        """Values that nobody may read, in what stands in the log."""
        found: set[str] = set()
        for _, template in self.component.templates():
            try:
                found |= {one.path[0] for one in placeholders(template)}
            except TemplateError:
                continue  # told by the step's own texts
        for name in sorted(found & around.procedure.sensitive):
            yield self.problem(
                "secret-exposed",
                phrase("`{name}` is sensitive: what a component shows stands in the log.", name=name),
                "component",
            )

    # what it does

    def enter(self, frame: Frame) -> Move:
        text = "" if self.text is None else frame.render(self.text)
        shown = self.component.show(frame.scope(), frame.given.language)
        if isinstance(shown, ShownElement) and masked_values(shown.properties, frame.sensitive()) != shown.properties:
            raise TemplateError("a sensitive value may not go into a component: what it is given stands in the log.")
        frame.waiting = ForComponent(text=text, component=shown)
        self._show(frame, {})
        return Pause()

    def _show(self, frame: Frame, errors: dict[str, str]) -> None:
        waiting: ForComponent = frame.waiting
        frame.emit(
            ShowComponent(question=frame.question(), text=waiting.text, component=waiting.component, errors=errors)
        )  # fmt: skip

    def resume(self, frame: Frame, event: RunEvent) -> Move:
        if not isinstance(event, ComponentReturned) or not isinstance(frame.waiting, ForComponent):
            return Pause()
        value, _ = from_browser(event.value, "component")
        if self.form_fields():
            values, errors = read_form(self.form_fields(), value if isinstance(value, dict) else {}, frame)
            if errors:
                self._show(frame, errors)
                return Pause()
            for name, one in values.items():
                frame.assign(name, one, "customer")
            value = values
        frame.emit(ComponentDone(question=frame.question(), run=frame.run.id))
        frame.waiting = None
        if self.response_variable:
            frame.assign(self.response_variable, value, self.id)
        return Goto(self.next)
