"""Exits for a customer's no where nobody asks."""

from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.checks.people import action_of, needs_yes
from deskhand.domain.problems import Problem
from deskhand.domain.steps.call import CallStep
from deskhand.domain.steps.gated import GatedStep


def confirmation(case: Case) -> Iterator[Problem]:
    """Steps with an `on_decline` that no run can take."""
    for step in case.procedure.steps:
        if not isinstance(step, GatedStep) or not step.on_decline or needs_yes(step, case.around):
            continue
        if isinstance(step, CallStep) and step.action and not action_of(step, case.around):
            continue  # the action may ask; it is not known here
        sentence = "`on_decline` is never used, because nothing asks the customer: add `confirm`, or remove it."
        yield problem("no-confirmation", sentence, step=step.id, field="on_decline", severity="warning")
