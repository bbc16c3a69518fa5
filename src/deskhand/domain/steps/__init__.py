"""One file per step kind; `Step` is the union of them."""

from typing import Annotated, get_args

from pydantic import Field

from deskhand.domain.steps.base import END, StepBase
from deskhand.domain.steps.button import ButtonStep
from deskhand.domain.steps.call import CallStep
from deskhand.domain.steps.collect import CollectStep
from deskhand.domain.steps.component import ComponentStep
from deskhand.domain.steps.condition import ConditionStep
from deskhand.domain.steps.end import EndStep
from deskhand.domain.steps.escalate import EscalateStep
from deskhand.domain.steps.form import FormStep
from deskhand.domain.steps.internal import InternalStep
from deskhand.domain.steps.javascript import JavascriptStep
from deskhand.domain.steps.live_chat import LiveChatStep
from deskhand.domain.steps.message import MessageStep
from deskhand.domain.steps.procedure import ProcedureStep
from deskhand.domain.steps.redirect import RedirectStep
from deskhand.domain.steps.set import SetStep
from deskhand.domain.steps.suggest import SuggestStep
from deskhand.domain.steps.switch_topic import SwitchTopicStep
from deskhand.domain.steps.tool import ToolStep

_Steps = (
    MessageStep
    | CollectStep
    | ConditionStep
    | CallStep
    | ToolStep
    | FormStep
    | ButtonStep
    | JavascriptStep
    | SuggestStep
    | RedirectStep
    | ComponentStep
    | SwitchTopicStep
    | LiveChatStep
    | InternalStep
    | SetStep
    | EscalateStep
    | EndStep
    | ProcedureStep
)

Step = Annotated[_Steps, Field(discriminator="kind")]

STEP_KINDS: dict[str, type[StepBase]] = {
    get_args(kind.model_fields["kind"].annotation)[0]: kind for kind in get_args(_Steps)
}
"""Every step kind by its name."""

__all__ = ["END", "STEP_KINDS", "Step", "StepBase"]
