"""An action that runs JavaScript in the customer's own page, after a click."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field

from deskhand.domain.actions.base import ActionBase
from deskhand.domain.effects import Act, RunScript
from deskhand.domain.errors import TemplateError
from deskhand.domain.model import Record
from deskhand.domain.requests import Connection
from deskhand.domain.sentences import Text, sentence, versions
from deskhand.domain.shown import ShownButton, filled
from deskhand.domain.templates import Placeholder, Scope, body_placeholders, json_tree, placeholders, render_json

LONGEST_SOURCE = 65_536


class ScriptSpec(Record):
    """A script as it is written: the body of an async function of `inputs` and `deskhand`."""

    source: str = Field(min_length=1, max_length=LONGEST_SOURCE)
    label: Text | None = None
    text: Text | None = None
    inputs: str | None = None
    """A JSON object with `{{placeholders}}`; by default every variable that is not sensitive, under its own name."""
    timeout: float = Field(default=30.0, gt=0, le=120.0)

    @property
    def module(self) -> str:
        """The ES module that the page loads."""
        return f"export default async function (inputs, deskhand) {{\n{self.source}\n}}\n"

    @property
    def sha256(self) -> str:
        """What the module's address is made of: it never changes for the same source."""
        return hashlib.sha256(self.module.encode()).hexdigest()


class JavascriptAction(ActionBase):
    """Runs JavaScript in the customer's browser; inputs go there by value, a result or an exception comes back."""

    kind: Literal["javascript"]
    script: ScriptSpec

    asks_customer: ClassVar[bool] = True

    @property
    def template(self) -> str:
        """The inputs as a JSON template; what is sensitive stays out of the log, and so out of them."""
        if self.script.inputs is not None:
            return self.script.inputs
        given = (one.name for one in self.variables if not one.sensitive)
        return "{" + ",".join(f'"{name}": {{{{{name}}}}}' for name in given) + "}"

    def placeholders(self) -> Iterator[Placeholder]:
        for text in (*versions(self.script.label), *versions(self.script.text)):
            yield from placeholders(text)
        yield from body_placeholders(json_tree(self.template))

    def show(self, scope: Scope, language: str) -> ShownButton:
        label = filled(self.script.label, scope, language) or sentence("run_it", language)
        return ShownButton(text=filled(self.script.text, scope, language), label=label)

    def act(self, scope: Scope, connections: Mapping[str, Connection]) -> Act:
        if any(one.is_secret for one in self.placeholders()):
            raise TemplateError("a secret may not go into the customer's browser.")
        inputs = json.loads(render_json(self.template, scope))
        if not isinstance(inputs, dict):
            raise TemplateError('a script\'s inputs are a JSON object, such as `{"order": {{order}}}`.')
        return RunScript(script=self.script.sha256, inputs=inputs, timeout=self.script.timeout, name=self.name)
