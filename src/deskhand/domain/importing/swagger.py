"""Swagger 2.0 in the words of OpenAPI 3, so that one reader does for both."""

from typing import Any

from deskhand.domain.importing.references import Document, Unusable

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_SCHEMA_WORDS = (
    "type", "format", "items", "enum", "default", "maximum", "minimum", "maxLength", "minLength", "pattern", "maxItems",
    "minItems", "uniqueItems", "multipleOf", "exclusiveMaximum", "exclusiveMinimum", "example", "x-example",
)  # fmt: skip


def modernised(data: dict[str, Any]) -> dict[str, Any]:
    """The description with servers, request bodies and security schemes as OpenAPI 3 has them.

    What cannot be read is left as it is: the reader then refuses that operation with its reason.
    """
    document = Document(data)
    modern = {key: value for key, value in data.items() if key not in ("paths", "host", "basePath", "schemes")}
    modern["servers"] = _servers(data)
    modern["components"] = {"securitySchemes": _schemes(data.get("securityDefinitions"))}
    paths = data.get("paths")
    modern["paths"] = {
        path: _path(document, data, item) for path, item in (paths if isinstance(paths, dict) else {}).items()
    }
    return modern


def _servers(data: dict[str, Any]) -> list[dict[str, Any]]:
    host, base = data.get("host"), data.get("basePath")
    base = base if isinstance(base, str) else ""
    if not isinstance(host, str) or not host:
        return [{"url": base}] if base else []
    given = data.get("schemes")
    schemes = [one for one in given if one in ("https", "http")] if isinstance(given, list) else []
    scheme = "https" if "https" in schemes or not schemes else schemes[0]
    return [{"url": f"{scheme}://{host}/{base.lstrip('/')}"}]


def _schemes(given: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, scheme in (given if isinstance(given, dict) else {}).items():
        if not isinstance(scheme, dict):
            continue
        match scheme.get("type"):
            case "basic":
                found[name] = {"type": "http", "scheme": "basic"}
            case "oauth2":
                flow = {"accessCode": "authorizationCode", "application": "clientCredentials"}.get(
                    str(scheme.get("flow")), str(scheme.get("flow"))
                )
                found[name] = {"type": "oauth2", "flows": {flow: {"tokenUrl": scheme.get("tokenUrl")}}}
            case _:
                found[name] = scheme
    return found


def _path(document: Document, data: dict[str, Any], item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    shared = item.get("parameters")
    modern = {key: value for key, value in item.items() if key != "parameters"}
    for method in METHODS:
        if isinstance(item.get(method), dict):
            modern[method] = _operation(document, data, item[method], shared if isinstance(shared, list) else [])
    return modern


def _operation(
    document: Document, data: dict[str, Any], operation: dict[str, Any], shared: list[Any]
) -> dict[str, Any]:
    own = operation.get("parameters")
    given = [*shared, *(own if isinstance(own, list) else [])]
    parameters: list[Any] = []
    fields: dict[str, Any] = {}
    required: list[str] = []
    body: dict[str, Any] | None = None
    for one in given:
        try:
            parameter = document.resolved(one)
        except Unusable:
            parameters.append(one)  # the reader says what is wrong with it
            continue
        match parameter.get("in"):
            case "body":
                body = parameter
            case "formData":
                fields[str(parameter.get("name"))] = _schema_of(parameter)
                required += [str(parameter.get("name"))] if parameter.get("required") is True else []
            case _:
                parameters.append(_parameter(parameter))
    consumes = operation.get("consumes", data.get("consumes"))
    types = [one for one in consumes if isinstance(one, str)] if isinstance(consumes, list) else []
    modern = {**operation, "parameters": parameters}
    if body is not None:
        schema = body.get("schema", {})
        content = {kind: {"schema": schema} for kind in types or ["application/json"]}
        modern["requestBody"] = {
            "content": content, "required": body.get("required") is True, "description": body.get("description"),
        }  # fmt: skip
    elif fields:
        forms = [one for one in types if "form" in one] or ["application/x-www-form-urlencoded"]
        schema = {"type": "object", "properties": fields, "required": required}
        modern["requestBody"] = {"content": {kind: {"schema": schema} for kind in forms}, "required": bool(required)}
    return modern


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    modern = {key: value for key, value in parameter.items() if key not in _SCHEMA_WORDS}
    modern["schema"] = _schema_of(parameter)
    modern["explode"] = parameter.get("collectionFormat") == "multi"
    return modern


def _schema_of(parameter: dict[str, Any]) -> dict[str, Any]:
    schema = {key: value for key, value in parameter.items() if key in _SCHEMA_WORDS}
    if parameter.get("in") == "formData" and parameter.get("collectionFormat", "csv") != "multi":
        schema = {"type": "string"} if schema.get("type") == "array" else schema  # a list in one text
    if isinstance(parameter.get("description"), str):
        schema["description"] = parameter["description"]
    return schema
