"""Calls that nothing catches when they fail."""

from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.checks.people import reaches_out
from deskhand.domain.problems import Problem
from deskhand.domain.steps.gated import GatedStep


def failures(case: Case) -> Iterator[Problem]:
    """Steps that reach out and have no `on_error`; what Deskhand does on its own records is part of the turn."""
    for step in case.procedure.steps:
        if isinstance(step, GatedStep) and reaches_out(step) and not step.on_error:
            sentence = "there is no `on_error`: when this fails, the conversation is handed over to a person."
            yield problem("no-error-branch", sentence, step=step.id, field="on_error", severity="warning")
