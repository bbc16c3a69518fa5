"""Variables for what an imported request leaves open: every placeholder that is no context variable."""

from collections.abc import Iterable

from deskhand.domain.errors import DocumentError, TemplateError
from deskhand.domain.phrases import phrase
from deskhand.domain.requests import HttpRequest
from deskhand.domain.variables import CONTEXT, Variable


def declared(request: HttpRequest, known: Iterable[Variable] = ()) -> list[Variable]:
    """The variables that are known, and one for each other placeholder of a request. Raises DocumentError."""
    variables = list(known)
    names = {one.name for one in variables}
    try:
        found = list(request.placeholders())
    except TemplateError as error:
        raise DocumentError(phrase("the request: {why}", why=error.sentence)) from None
    for one in found:
        name = one.path[0]
        if name in names or name in CONTEXT or one.is_secret:
            continue
        names.add(name)
        optional = one.default is not None
        variables.append(Variable(name=name, description=name.replace("_", " "), required=not optional))
    return variables
