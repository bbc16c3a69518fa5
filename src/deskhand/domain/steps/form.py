"""Step `form`: asks for several values at once."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.actions import AnyAction, FormAction
from deskhand.domain.sentences import Text
from deskhand.domain.shown import MOST_FIELDS, FormField, FormSpec
from deskhand.domain.steps.inline import InlineStep
from deskhand.domain.values import TypeName


class FormStep(InlineStep):
    """Shows a form in the chat; its answers become variables."""

    kind: Literal["form"]
    text: Text | None = Field(default=None, description="What stands above the form.")
    fields: list[FormField] = Field(min_length=1, max_length=MOST_FIELDS, description="The fields, in their order.")
    submit: Text | None = Field(default=None, description="What stands on the button.")

    pauses: ClassVar[bool] = True
    sample: ClassVar[dict[str, Any]] = {
        "id": "return_form",
        "kind": "form",
        "text": "Tell us about the return.",
        "fields": [{"name": "order_id", "label": "Order number"}, {"name": "email", "type": "email"}],
    }

    def build(self) -> AnyAction:
        spec = FormSpec.model_construct(text=self.text, fields=self.fields, submit=self.submit)
        return FormAction.model_construct(
            kind="form", slug=self.slug, name=self.label(), form=spec, messages=self.messages
        )

    def form_fields(self) -> Sequence[FormField]:
        return self.fields

    def writes(self) -> Mapping[str, TypeName | None]:
        return {**super().writes(), **{field.name: field.type if field.required else None for field in self.fields}}

    def label(self) -> str:
        return "Show a form"
