"""Whether the trigger says when to run the procedure."""

import re
from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem

FEWEST_WORDS = 4

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_VAGUE = frozenset(
    {
        "anything", "etc", "misc", "miscellaneous", "something", "sonstiges", "stuff", "thing", "things",
        "various", "whatever", "zeug",
    }
)  # fmt: skip
_SAYS_NOTHING = frozenset(
    {
        "a", "about", "agent", "an", "and", "any", "as", "ask", "asks", "at", "be", "by", "can", "client",
        "clients", "contact", "contacts", "customer", "customers", "do", "does", "for", "from", "has", "have",
        "help", "her", "him", "his", "i", "if", "in", "is", "issue", "issues", "it", "its", "me", "my", "need",
        "needs", "of", "on", "or", "our", "people", "person", "please", "problem", "problems", "procedure",
        "question", "questions", "request", "requests", "run", "says", "some", "somebody", "someone", "that",
        "the", "their", "them", "they", "this", "to", "trigger", "us", "use", "used", "user", "users",
        "visitor", "visitors", "want", "wants", "we", "when", "whenever", "where", "who", "with", "would",
        "you", "your",
    }
)  # fmt: skip
_EXAMPLE = phrase("“When a customer asks for a refund or mentions returning a product”")


def trigger(case: Case) -> Iterator[Problem]:
    """A trigger that is not there, that would fit nearly any request, or that names what is not there."""
    yield from _links(case)
    text = case.procedure.trigger.description
    if not text.strip() and case.procedure.trigger.comes_otherwise:
        return
    if not text.strip():
        sentence = phrase(
            "the trigger is empty: write when the agent shall run this, for example {example}.", example=_EXAMPLE
        )
        yield problem("required", sentence, field="trigger.description")
        return
    fault = fault_of(text)
    if fault:
        sentence = phrase(
            "the trigger {fault}: write a whole sentence that says when, for example {example}.",
            fault=fault,
            example=_EXAMPLE,
        )
        yield problem("vague-trigger", sentence, field="trigger.description", severity="warning")


def _links(case: Case) -> Iterator[Problem]:
    """Audiences and sources that are not there, and conditions that can never hold."""
    wanted, around = case.procedure.trigger, case.around
    if around.workspace_known and wanted.audience is not None and wanted.audience not in around.audiences:
        sentence = phrase(
            "there is no audience `{audience}`: make it first, or leave it out.", audience=wanted.audience
        )
        yield problem("unknown-audience", sentence, field="trigger.audience")
    for slug in wanted.sources if around.workspace_known else ():
        if slug not in around.sources:
            sentence = phrase("there is no source `{slug}`, so no answer is taken from it.", slug=slug)
            yield problem("unknown-source", sentence, field="trigger.sources", severity="warning")
    for condition in wanted.skip_when:
        wrong = condition.problem()
        if wrong:
            yield problem("condition", wrong, field="trigger.skip_when")


def fault_of(text: str) -> str | None:
    """What makes a trigger vague, or None where it says when to run."""
    words = [word.casefold() for word in _WORD.findall(text)]
    vague = next((word for word in words if word in _VAGUE), None)
    if vague:
        return phrase("says “{vague}”, which could be any request", vague=vague)
    if _WITHOUT_SPACES.search(text):
        return None if len(_WITHOUT_SPACES.findall(text)) >= FEWEST_WORDS * 2 else phrase("is very short")
    if len(words) < FEWEST_WORDS:
        return phrase("has only one word") if len(words) == 1 else phrase("has only {count} words", count=len(words))
    if all(word in _SAYS_NOTHING for word in words):
        return phrase("does not say what the request is about")
    return None
