"""What is wrong with an action before anybody uses it: what the guard and the wire rely on."""

from deskhand.domain.actions.base import ActionBase
from deskhand.domain.actions.button import ButtonAction
from deskhand.domain.actions.form import FormAction
from deskhand.domain.actions.javascript import JavascriptAction
from deskhand.domain.errors import TemplateError
from deskhand.domain.phrases import phrase
from deskhand.domain.requests import origin_is_templated
from deskhand.domain.variables import CONTEXT, RESERVED


def action_problem(action: ActionBase) -> str | None:
    """The first thing that is wrong, in a sentence; drafts are left alone but for their names."""
    names = [variable.name for variable in action.variables]
    if isinstance(action, FormAction):
        names += [field.name for field in action.form.fields]
    taken = next((name for name in names if name in RESERVED), None)
    if taken is not None:
        return phrase("`{taken}` is a built-in name and cannot be a variable: choose another.", taken=taken)
    if action.identity is not None and _is_told_by_the_customer(action):
        return phrase(
            "`identity` is what a system of yours proved: a form, a link and a script say what the customer says."
        )
    return None if action.draft else _request_problem(action, {*names})


def _is_told_by_the_customer(action: ActionBase) -> bool:
    return isinstance(action, FormAction | JavascriptAction) or (isinstance(action, ButtonAction) and action.only_shows)


def _request_problem(action: ActionBase, names: set[str]) -> str | None:
    request = action.http
    if request is not None and request.connection is None and origin_is_templated(request.url):
        return phrase(
            "the host of the address may not come from a variable: whoever fills it in would choose whom we call."
        )
    try:
        used = {one.path[0] for one in action.placeholders() if not one.is_secret}
    except TemplateError as error:
        return error.sentence
    unknown = sorted(used - names - CONTEXT)
    if unknown:
        return phrase("`{{{{{name}}}}}` is neither a variable of the action nor built in: declare it.", name=unknown[0])
    return None
