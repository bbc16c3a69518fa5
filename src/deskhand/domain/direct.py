"""Using an action directly: it runs as a procedure of one step that nobody wrote, under the slug `action:<slug>`."""

from collections.abc import Mapping

from deskhand.domain.actions import AnyAction, FormAction
from deskhand.domain.procedure import Procedure, Published, Trigger
from deskhand.domain.steps import END, Step
from deskhand.domain.steps.call import CallStep
from deskhand.domain.steps.guarding import DIRECT
from deskhand.domain.steps.procedure import ProcedureStep

USE = "use"


def direct(action: AnyAction, procedures: Mapping[str, Published]) -> Published:
    """The procedure that uses an action, and runs what is to follow it."""
    wanted = [slug for slug in (action.then.success, action.then.error) if slug]
    followed = {slug: procedures[slug] for slug in wanted if slug in procedures}
    return Published(
        procedure=_make(action),
        version=int(action.fingerprint[:12], 16),
        actions={action.slug: action},
        procedures=followed,
    )


def _make(action: AnyAction) -> Procedure:
    after = [
        _follow(name, slug) for name, slug in (("after", action.then.success), ("failed", action.then.error)) if slug
    ]
    use = CallStep.model_construct(
        id=USE,
        kind="call",
        action=action.slug,
        speak=True,
        next="after" if action.then.success else END,
        on_error="failed" if action.then.error else None,
    )
    steps: list[Step] = [use, *after]
    variables = list(action.variables)
    if isinstance(action, FormAction):  # its fields are asked for by the form itself
        variables += [field.model_copy(update={"required": False}) for field in action.form.fields]
    return Procedure.model_construct(
        name=action.name,
        slug=DIRECT + action.slug,
        trigger=Trigger(description=action.description, when_not_to_use=action.when_not_to_use),
        variables=variables,
        steps=steps,
    )


def _follow(name: str, procedure: str) -> ProcedureStep:
    return ProcedureStep.model_construct(
        id=name, kind="procedure", procedure=procedure, arguments={}, outputs={}, next=END, passes_on=True
    )
