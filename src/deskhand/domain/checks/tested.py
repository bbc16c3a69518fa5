"""Tests beside the draft that fail."""

from deskhand.domain.checks.case import problem
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem


def failing_test(name: str, why: str) -> Problem:
    """A test that no longer comes to what it expects."""
    return problem("failing-test", phrase("the test “{name}” fails: {why}", name=name, why=why), severity="warning")
