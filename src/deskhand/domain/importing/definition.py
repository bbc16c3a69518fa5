"""The JSON definition of a custom action as other products write it, in both directions.

Its fields: `name`, `type` (`http`, `form`, `button`), `method`, `url`, `headers`, `body`, `when_not_to_use`; older
spellings of them are read too. It has no description and may hold a token in clear, so it comes in as a draft.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from deskhand.domain.actions import AnyAction, ButtonAction, FormAction, HttpAction, read_action
from deskhand.domain.authentication import AnyAuth, BearerAuth, BodyAuth, HeaderAuth
from deskhand.domain.errors import DocumentError
from deskhand.domain.importing.clear import Plain, Secretary
from deskhand.domain.importing.imported import Imported, first_problem, slug_of, title_of, variable_name
from deskhand.domain.importing.placeholders import declared
from deskhand.domain.phrases import phrase
from deskhand.domain.requests import HttpRequest, as_method
from deskhand.domain.sentences import in_language
from deskhand.domain.variables import Variable

KINDS = {
    "http": "http", "http_request": "http", "httprequest": "http", "api": "http", "api_call": "http", "webhook": "http",
    "form": "form", "form_collection": "form", "formcollection": "form", "collect_form": "form",
    "button": "button", "button_trigger": "button", "buttontrigger": "button",
}  # fmt: skip
SPELLINGS = {
    "type": ("type", "kind", "action_type", "actionType"),
    "name": ("name", "title"),
    "slug": ("slug", "id"),
    "description": ("description", "when_to_use", "whenToUse"),
    "when_not_to_use": ("when_not_to_use", "whenNotToUse", "when_not_to_call"),
    "method": ("method", "http_method", "httpMethod"),
    "url": ("url", "endpoint", "endpoint_url", "endpointUrl", "api_url"),
    "headers": ("headers",),
    "query": ("query", "params", "query_params", "queryParams", "query_parameters"),
    "body": ("body", "request_body", "requestBody", "payload", "data"),
    "variables": ("variables", "parameters", "inputs"),
    "auth": ("auth", "authentication"),
    "fields": ("fields", "form_fields", "formFields"),
    "text": ("text", "intro", "form_title"),
    "label": ("label", "button_text", "buttonText", "button_label", "buttonLabel", "submit_text", "submitText"),
    "success": ("success_message", "successMessage"),
    "error": ("error_message", "errorMessage"),
    "enabled": ("enabled", "active", "is_active"),
}
"""Our names for its fields, each with the spellings that are in use."""


def import_definition(data: Any, taken: Sequence[str] = ()) -> Imported:
    """One definition, or a list of them, as drafts. Raises DocumentError where nothing of it can be read."""
    given = data.get("actions", data) if isinstance(data, dict) else data
    items = given if isinstance(given, list) else [given]
    if not items:
        raise DocumentError("there is no action in it.")
    whole, slugs = Imported(), list(taken)
    for item in items:
        if not isinstance(item, dict):
            raise DocumentError("an action's definition is an object with `name`, `type` and `url`.")
        try:
            found = _one(item, slugs)
        except ValidationError as error:
            raise DocumentError(
                phrase("“{name}”: {why}", name=str(item.get("name"))[:60], why=first_problem(error))
            ) from None
        slugs += [one.slug for one in found.actions]
        whole.actions += found.actions
        whole.notes += found.notes
        whole.secrets |= found.secrets
    return whole


def _one(data: dict[str, Any], taken: Sequence[str]) -> Imported:
    fields, notes = _fields(data)
    name = str(fields.get("name") or "")
    if not name.strip():
        raise DocumentError("the definition has no `name`.")
    written = str(fields.get("type") or ("form" if "fields" in fields else "http"))
    kind = KINDS.get(written.lower().replace(" ", "_").replace("-", "_"))
    if kind is None:
        raise DocumentError(
            phrase("`{written}` is no type of action: it is `http`, `form` or `button`.", written=written[:60])
        )
    slug = slug_of(str(fields.get("slug") or name), taken)
    secretary = Secretary(slug)
    description = str(fields.get("description") or "").strip()
    about: dict[str, Any] = {
        "kind": kind,
        "slug": slug,
        "name": title_of(name, slug),
        "description": description[:200],
        "draft": len(description) < 10,
        "enabled": fields.get("enabled") is not False,
        "when_not_to_use": str(fields.get("when_not_to_use") or ""),
        "messages": {key: str(fields[key]) for key in ("success", "error") if fields.get(key)},
    }
    variables = [_variable(name, one) for name, one in _named(fields.get("variables"))]
    if kind == "form":
        about["form"] = {
            "text": fields.get("text") or None,
            "fields": [_variable(name, one) for name, one in _named(fields.get("fields"))],
            "submit": fields.get("label") or None,
        }
    elif kind == "button" and "method" not in fields and "body" not in fields:
        about["button"] = {"label": fields.get("label") or title_of(name, slug), "url": fields.get("url")}
    else:
        request = _request(fields, secretary)
        if kind == "button":
            about["button"] = {"label": fields.get("label") or title_of(name, slug), "request": request}
        else:
            about["request"] = request
        about["variables"] = [one.model_dump() for one in declared(request, _read_variables(variables))]
    about.setdefault("variables", variables)
    action = read_action(about)
    notes += secretary.notes
    if action.draft:
        notes.append(phrase("`{slug}` is a draft: say in its description what it does and when to use it.", slug=slug))
    return Imported([action], notes=notes, secrets=secretary.secrets)


def _fields(data: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The definition under our names, and what was left out of it."""
    inner: dict[str, Any] = next(
        (data[key] for key in ("config", "configuration", "http", "request") if isinstance(data.get(key), dict)), {}
    )
    flat = {**inner, **{key: value for key, value in data.items() if not isinstance(value, dict) or value is not inner}}
    found: dict[str, Any] = {}
    for ours, spellings in SPELLINGS.items():
        value = next((flat[one] for one in spellings if flat.get(one) is not None), None)
        if value is not None:
            found[ours] = value
    known = {one for spellings in SPELLINGS.values() for one in spellings} | {
        "config",
        "configuration",
        "http",
        "request",
    }
    return found, [phrase("`{key}` is not known here and was left out.", key=key) for key in flat if key not in known]


def _request(fields: dict[str, Any], secretary: Secretary) -> HttpRequest:
    plain = Plain(
        url=str(fields.get("url") or ""),
        method=str(fields.get("method") or "GET").upper(),
        headers=_texts(fields.get("headers")),
        query=_texts(fields.get("query")),
        auth=_auth(fields.get("auth"), secretary),
    )
    body = fields.get("body")
    if body is not None and plain.method != "GET":
        plain.body = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    if not plain.url:
        raise DocumentError("the definition has no `url`.")
    secretary.clean(plain)
    return HttpRequest(
        url=plain.url, method=as_method(plain.method), headers=plain.headers, query=plain.query,
        body=plain.body or None, auth=plain.auth,
    )  # fmt: skip


def _auth(given: Any, secretary: Secretary) -> AnyAuth | None:
    if not isinstance(given, Mapping):
        return None
    kind = str(given.get("type") or given.get("kind") or "none").lower()
    name = str(given.get("name") or given.get("header_name") or given.get("parameter_name") or "")
    value = str(next((given[key] for key in ("token", "value", "password", "key") if given.get(key)), ""))
    if not value:
        return None
    match kind:
        case "bearer":
            return BearerAuth(kind="bearer", secret=secretary.keep("TOKEN", value))
        case "basic":
            return secretary.basic(str(given.get("username") or ""), value)
        case "header" | "api_key" | "apikey":
            return HeaderAuth(kind="header", name=name or "X-API-Key", secret=secretary.keep(name or "KEY", value))
        case "body" | "body_parameter":
            return BodyAuth(kind="body", name=name or "api_key", secret=secretary.keep(name or "KEY", value))
        case _:
            raise DocumentError(phrase("the authentication `{kind}` is not known.", kind=kind[:40]))


def _named(given: Any) -> list[tuple[str, Any]]:
    if isinstance(given, Mapping):
        return [(str(name), one) for name, one in given.items()]
    return [
        (str(one.get("name") or one.get("label") or "field") if isinstance(one, Mapping) else str(one), one)
        for one in _list(given)
    ]


def _variable(name: str, given: Any) -> dict[str, Any]:
    about = given if isinstance(given, Mapping) else {}
    kind = str(about.get("type") or "text").lower()
    choices = about.get("choices") or about.get("options") or about.get("enum")
    types = {
        "int": "integer",
        "number": "float",
        "bool": "boolean",
        "tel": "phone",
        "select": "text",
        "textarea": "text",
    }
    made: dict[str, Any] = {
        "name": variable_name(name),
        "type": types.get(kind, kind),
        "description": str(about.get("description") or "")[:1000],
        "required": about.get("required") is not False,
        "choices": [str(one) for one in _list(choices) if not isinstance(one, dict | list)],
    }
    for key, spellings in (("default", ("default", "default_value", "defaultValue")), ("example", ("example",))):
        value = next((about[one] for one in spellings if about.get(one) is not None), None)
        if value is not None:
            made[key] = str(value) if key == "example" else value
    if isinstance(about.get("label"), str | dict):
        made["label"] = about["label"]
    if isinstance(about.get("placeholder"), str):
        made["placeholder"] = about["placeholder"]
    # what we export beyond the fields that others know
    own = ("max_length", "sensitive", "prompt", "allow_empty", "schema")
    return made | {name: about[name] for name in own if about.get(name) is not None}


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []


def _read_variables(given: list[dict[str, Any]]) -> list[Variable]:
    of_fields = ("label", "placeholder")
    return [
        Variable.model_validate({key: value for key, value in one.items() if key not in of_fields}) for one in given
    ]


def _texts(given: Any) -> dict[str, str]:
    if isinstance(given, list):
        pairs = [(one.get("name") or one.get("key"), one.get("value")) for one in given if isinstance(one, Mapping)]
        return {str(name): str(value) for name, value in pairs if name}
    return {str(name): str(value) for name, value in given.items()} if isinstance(given, Mapping) else {}


def export_definition(action: AnyAction) -> dict[str, Any]:
    """An action as such a definition: credentials stay behind, as their secrets' names. Raises DocumentError.

    What the form has no field for (preconditions, approvals, follow-ups) is not in it: YAML keeps all of an action.
    """
    made: dict[str, Any] = {"name": action.name, "type": action.kind, "description": action.description}
    match action:
        case HttpAction():
            made |= _sent(action.request)
        case ButtonAction():
            made["label"] = in_language(action.button.label, "en")
            made |= _sent(action.button.request) if action.button.request else {"url": action.button.url}
        case FormAction():
            made["fields"] = [_field(one) for one in action.form.fields]
            made["text"] = in_language(action.form.text, "en") if action.form.text else ""
            made["label"] = in_language(action.form.submit, "en") if action.form.submit else ""
        case _:
            raise DocumentError(
                phrase(
                    "the form of this definition has no actions of the kind `{kind}`: export YAML.", kind=action.kind
                )
            )
    if action.variables:
        made["variables"] = [_field(one) for one in action.variables]
    made["when_not_to_use"] = action.when_not_to_use
    for key in ("success", "error"):
        if key in action.messages:
            made[f"{key}_message"] = in_language(action.messages[key], "en")
    return {key: value for key, value in made.items() if value not in ("", None)}


def _field(one: Any) -> dict[str, Any]:
    written: dict[str, Any] = one.model_dump(mode="json", exclude_defaults=True)
    return {**written, "type": one.type, "required": one.required}


def left_out(action: AnyAction) -> list[str]:
    """What of an action such a definition has no place for."""
    request = action.http
    found = [name for name in ("preconditions", "confirm", "transform", "read_back") if getattr(action, name, None)]
    if request is not None and request.connection is not None:
        found.append(phrase("the connection `{connection}`, which says where it leads", connection=request.connection))
    if request is not None and (request.form or request.text is not None):
        found.append("its body, which is no JSON")
    if request is not None and request.auth is not None and not isinstance(request.auth, BearerAuth | HeaderAuth):
        found.append(phrase("the authentication `{kind}`", kind=request.auth.kind))
    return found


def _sent(request: HttpRequest) -> dict[str, Any]:
    made: dict[str, Any] = {"method": request.method, "url": request.url}
    headers = dict(request.headers)
    match request.auth:
        case BearerAuth() as auth:
            headers["Authorization"] = f"Bearer {{{{secrets.{auth.secret}}}}}"
        case HeaderAuth() as auth:
            headers[auth.name] = f"{{{{secrets.{auth.secret}}}}}"
    for key, value in (("headers", headers), ("query", request.query)):
        if value:
            made[key] = value
    if request.body is not None:
        try:
            made["body"] = json.loads(request.body)
        except ValueError:
            made["body"] = request.body
    return made
