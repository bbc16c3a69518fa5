"""Steps that destroy or pay something without asking a member."""

import re
from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.checks.people import action_of, changes, needs_member, sends_email
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.steps import StepBase
from deskhand.domain.steps.base import Surroundings
from deskhand.domain.steps.call import CallStep

_SERIOUS = re.compile(
    r"(refund|reimburs|cancel|delet|remov|eras|purg|wip(e|ing)|terminat|deactivat|suspend|revok|clos(e|es|ed|ing|ure)$|"
    r"charg|pay(s|ing|ment|ments|out|outs)?$|transfer|withdraw|debit|purchas|chargeback|unsubscrib|disabl|void(s|ed)?$)"
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def destructive(case: Case) -> Iterator[Problem]:
    """Calls and e-mails that cannot be taken back and that nobody has to approve."""
    for step in case.procedure.steps:
        if not changes(step, case.around) or needs_member(step, case.around):
            continue
        what = _what(step, case.around)
        if what:
            sentence = phrase(
                "{what} without asking anybody: consider `approval: require`, or mark it as irreversible.", what=what
            )
            yield problem("destructive", sentence, step=step.id, field="approval", severity="warning")


def _what(step: StepBase, around: Surroundings) -> str | None:
    """What a step does that may be regretted."""
    if sends_email(step):
        return phrase("this sends an e-mail")
    if not isinstance(step, CallStep):
        return None
    action = action_of(step, around)
    request = action.http if action else step.request
    if request and (action or step.url is not None) and request.method == "DELETE":
        return phrase("this deletes something")
    names = [step.id, step.description, step.action or "", request.url if request else ""]
    if action:
        names += [action.name, action.description]
    word = serious_word(" ".join(names))
    return phrase("this seems to do something serious (“{word}”)", word=word) if word else None


def serious_word(text: str) -> str | None:
    """The first word that speaks of money or of something that is gone afterwards; names in braces don't count."""
    without_placeholders = re.sub(r"\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    for word in _WORD.findall(without_placeholders):
        if _SERIOUS.match(word.lower()):
            return str(word.lower())
    return None
