"""An action that asks the customer with a form; the answers become variables."""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from deskhand.domain.actions.base import ActionBase
from deskhand.domain.requests import Connection
from deskhand.domain.sentences import sentence, versions
from deskhand.domain.shown import FormSpec, ShownForm, filled, shown_field
from deskhand.domain.templates import Placeholder, Scope, placeholders
from deskhand.domain.variables import Variable


class FormAction(ActionBase):
    """Shows a form in the chat."""

    kind: Literal["form"]
    form: FormSpec

    asks_customer: ClassVar[bool] = True

    @property
    def reads(self) -> bool:
        return True

    @property
    def only_shows(self) -> bool:
        return True

    def declared(self) -> Iterator[Variable]:
        yield from self.variables
        yield from self.form.fields

    def placeholders(self) -> Iterator[Placeholder]:
        for text in (*versions(self.form.text), *versions(self.form.submit)):
            yield from placeholders(text)

    def show(self, scope: Scope, language: str) -> ShownForm:
        return ShownForm(
            text=filled(self.form.text, scope, language),
            fields=tuple(shown_field(field, language) for field in self.form.fields),
            submit=filled(self.form.submit, scope, language) or sentence("submit", language),
        )

    def act(self, scope: Scope, connections: Mapping[str, Connection]) -> None:
        return None
