"""Steps that name who may decide."""

from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.checks.people import action_of, needs_member
from deskhand.domain.deciding import Approvers
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.steps.call import CallStep
from deskhand.domain.steps.gated import GatedStep
from deskhand.domain.suggestions import closest


def approvers(case: Case) -> Iterator[Problem]:
    """Approvers who are nobody, and those of a step that nobody is asked about."""
    for step in case.procedure.steps:
        if not isinstance(step, GatedStep) or step.approvers is None:
            continue
        yield from _nobody(case, step.id, step.approvers)
        unknown = isinstance(step, CallStep) and step.action and not action_of(step, case.around)
        if not unknown and not needs_member(step, case.around) and not case.procedure.irreversible:
            sentence = "`approvers` is never used, because nobody is asked: add `approval: require`, or remove it."
            yield problem("no-approval", sentence, step=step.id, field="approvers", severity="warning")


def _nobody(case: Case, step: str, named: Approvers) -> Iterator[Problem]:
    if named.role is None and not named.members:
        sentence = "`approvers` names nobody: give a `role` or `members`, or leave it out for every member."
        yield problem("approvers", sentence, step=step, field="approvers")
    if not case.around.workspace_known or not case.around.members:
        return  # a file on its own, or a workspace that only programs work with
    for address in named.members:
        if address not in case.around.members:
            near = closest(address, case.around.members)
            meant = (
                phrase(" Do you mean `{near}`?", near=near) if near else phrase(" Invite them, or name somebody else.")
            )
            yield problem(
                "unknown-member",
                phrase("there is no member `{address}`.{meant}", address=address, meant=meant),
                step=step,
                field="approvers.members",
            )
