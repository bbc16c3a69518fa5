"""What to do about a call that did not work: one hint for each cause, for the person who is setting an action up."""

from typing import Any

from deskhand.application.answers import Performed
from deskhand.domain.events import EffectSucceeded
from deskhand.domain.phrases import phrase
from deskhand.domain.suggestions import listed
from deskhand.ports.http import Cause

_BY_STATUS = {
    400: "The server could not use the request: compare the body and the query with the API's documentation.",
    401: "The credentials were not accepted: check the secret's value, that the kind of authentication is the one that "
    "the API asks for, and that the token has not expired.",
    403: "The credentials are known but may not do this: give them the permission, or use others.",
    404: "Nothing is there: check the address, and that each placeholder is filled with what you expect. Try it with "
    "a fixed value first.",
    405: "The address does not take this method: check whether the API wants GET, POST, PUT, PATCH or DELETE.",
    406: "The server cannot answer in the form that was asked for: look at the `Accept` header.",
    408: "The server gave up waiting: try again, or raise the action's time limit.",
    409: "What was asked for conflicts with what is there already, such as a record that exists.",
    410: "What is at this address was removed for good.",
    413: "The body is too large for the server.",
    415: "The server does not take this type of body: set the `Content-Type` header that it asks for.",
    422: "The server understood the request but a value in it is not valid: check types and required fields.",
    429: "Too many requests: wait, or ask for a higher limit. Calls that may be repeated are, after the wait.",
}

_BY_CAUSE: dict[Cause, str] = {
    "blocked": "The guard stopped the request: internal addresses and plain http need an entry in the workspace's "
    "allow-list.",
    "name": "The host's name cannot be resolved: check how it is written.",
    "tls": "The server's certificate cannot be trusted: it may have expired, or be made for another name.",
    "refused": "Nobody listens at that host and port: check the address, and that the server is running.",
    "credentials": _BY_STATUS[401],
    "timeout": "The API is slow: make it faster, keep what is asked for often, or use a webhook for work that takes "
    "longer than two minutes.",
    "broken": "The connection broke before there was an answer: the call may have been carried out all the same.",
    "other": "No answer came.",
}


def hints_for(performed: Performed) -> list[str]:
    """What may be wrong, the likeliest first; nothing where all went well."""
    found = []
    if performed.cause is not None:
        found.append(_BY_CAUSE[performed.cause])
    status = performed.status
    if status is not None and not 200 <= status < 300:
        found.append(_of_status(status))
    problem = performed.problem or ""
    if "HTML page" in problem:
        found.append("A web page came back: the address is one for browsers, or a sign-in page stands before it.")
    elif "cannot be read" in problem or "decoded" in problem:
        found.append("The answer is no valid JSON: look at its `Content-Type` and check it with a JSON validator.")
    if problem.startswith("The transformer failed"):
        found.append("The script failed: try it with the answer that is shown, and mind fields that may be missing.")
    if performed.tool_changed:
        found.append("List the server's tools again, look at what changed, and switch the action on again.")
    return found


def _of_status(status: int) -> str:
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status >= 500:
        return "The server failed: try again later, and tell whoever runs it when it goes on."
    if 300 <= status < 400:
        return "The server redirects elsewhere: use the address that it names."
    return "The server refused the request: its answer may say why."


def hint_for_success(performed: Performed, holds: bool) -> str | None:
    """What to know where an answer came that the success condition does not count as one."""
    if holds or not isinstance(performed.result, EffectSucceeded):
        return None
    return "An answer came, but the action's success condition does not hold for it: no fact is established."


def hint_for_template(sentence: str, declared: list[str]) -> list[str]:
    """What to do about a placeholder without a value."""
    found: list[str] = [
        "Write a placeholder exactly as `{{name}}`, declare it among the action's variables, and give an optional one "
        "a default."
    ]
    if "contact." in sentence or "lead." in sentence:
        found.insert(0, 'The contact or lead has no such value: fill it in, or write `{{… | default("…")}}`.')
    if declared:
        found.append(phrase("Declared are: {names}.", names=listed(declared)))
    return found


def hint_for_missing(variables: list[Any]) -> list[str]:
    """What to do about required variables that nobody gave."""
    found: list[str] = []
    for variable in variables:
        if not variable.description:
            found.append(
                phrase(
                    "`{name}` has no description: say what it is, so that the agent can ask for it.", name=variable.name
                )
            )
        if variable.example is None and not variable.sensitive and not variable.choices:
            found.append(phrase("`{name}` has no example: give one, such as ORD-12345.", name=variable.name))
    return found
