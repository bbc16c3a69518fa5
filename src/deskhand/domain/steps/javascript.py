"""Step `javascript`: runs a script in the customer's page after a click."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from deskhand.domain.actions import AnyAction, JavascriptAction
from deskhand.domain.actions.javascript import LONGEST_SOURCE, ScriptSpec
from deskhand.domain.sentences import Text
from deskhand.domain.steps.inline import InlineStep


class JavascriptStep(InlineStep):
    """Runs JavaScript in the customer's browser and takes its result."""

    kind: Literal["javascript"]
    source: str = Field(
        min_length=1, max_length=LONGEST_SOURCE, description="The body of an async function of `inputs` and `deskhand`."
    )
    text: Text | None = Field(default=None, description="What stands above the button.")
    button: Text | None = Field(default=None, description="What stands on the button.")
    inputs: str = Field(default="{}", description="A JSON object with `{{placeholders}}`: what the script is given.")
    timeout: float = Field(default=30.0, gt=0, le=120.0, description="Seconds until its answer is given up.")

    pauses: ClassVar[bool] = True
    sample: ClassVar[dict[str, Any]] = {
        "id": "open_cart",
        "kind": "javascript",
        "button": "Show my cart",
        "source": "return window.shop.openCart(inputs.order_id)",
        "inputs": '{"order_id": "{{order_id}}"}',
    }

    def build(self) -> AnyAction:
        spec = ScriptSpec.model_construct(
            source=self.source, label=self.button, text=self.text, inputs=self.inputs, timeout=self.timeout
        )
        return JavascriptAction.model_construct(
            kind="javascript", slug=self.slug, name=self.label(), script=spec, messages=self.messages
        )

    def label(self) -> str:
        return "Run a script in the browser"
