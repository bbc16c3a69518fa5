"""Which steps wait for a person, and which change something outside."""

from deskhand.domain.actions import AnyAction
from deskhand.domain.procedure import Procedure
from deskhand.domain.steps import StepBase
from deskhand.domain.steps.base import Surroundings
from deskhand.domain.steps.call import CallStep
from deskhand.domain.steps.gated import GatedStep
from deskhand.domain.steps.internal import InternalStep
from deskhand.domain.steps.procedure import ProcedureStep


def action_of(step: StepBase, around: Surroundings) -> AnyAction | None:
    """The action that a step uses, where it names one and the workspace has it."""
    return around.actions.get(step.action) if isinstance(step, CallStep) and step.action else None


def reaches_out(step: StepBase) -> bool:
    """Whether the step needs something outside of Deskhand, which can fail."""
    return isinstance(step, CallStep) or sends_email(step)


def sends_email(step: StepBase) -> bool:
    """Whether the step sends an e-mail."""
    return isinstance(step, InternalStep) and step.action == "send_email"


def changes(step: StepBase, around: Surroundings) -> bool:
    """Whether the step changes something outside of Deskhand; an action that is not known may."""
    if isinstance(step, CallStep):
        action = action_of(step, around)
        if action:
            return not action.reads
        return step.url is None or not step.request.reads
    return sends_email(step)


def needs_member(step: StepBase, around: Surroundings) -> bool:
    """Whether a member has to agree before the step does anything."""
    if not isinstance(step, GatedStep):
        return False
    action = action_of(step, around)
    if step.irreversible or step.approval == "require":
        return True
    if action and (action.irreversible or action.approval == "require"):
        return True
    return around.procedure.irreversible and changes(step, around)


def needs_yes(step: StepBase, around: Surroundings) -> bool:
    """Whether the customer has to say yes before the step does anything."""
    action = action_of(step, around)
    return isinstance(step, GatedStep) and bool(step.confirm or (action and action.confirm))


def waits_for_a_person(step: StepBase, around: Surroundings) -> bool:
    """Whether a person has to act before a run goes past the step."""
    if isinstance(step, ProcedureStep):
        return _may_wait(around.procedures.get(step.procedure), around, {around.procedure.slug})
    return step.pauses or needs_member(step, around) or needs_yes(step, around)


def _may_wait(procedure: Procedure | None, around: Surroundings, seen: set[str]) -> bool:
    """Whether something in a sub-procedure waits for a person; one that is not known may."""
    if procedure is None:
        return True
    if procedure.slug in seen:
        return False
    seen.add(procedure.slug)
    for step in procedure.steps:
        if isinstance(step, ProcedureStep):
            if _may_wait(around.procedures.get(step.procedure), around, seen):
                return True
        elif step.pauses or needs_member(step, around) or needs_yes(step, around):
            return True
    return procedure.irreversible and any(changes(step, around) for step in procedure.steps)
