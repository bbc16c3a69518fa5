"""What the validation of a model found, as a phrase."""

from pydantic_core import ErrorDetails, PydanticKnownError

from deskhand.domain.phrases import phrase


def fault_of(error: ErrorDetails) -> str:
    """The validation's own message; what a check of ours said is that sentence as it was raised."""
    context = error.get("ctx") or {}
    if error["type"] == "value_error":
        said = context["error"]
        return said.args[0] if isinstance(said, ValueError) and said.args else str(said)
    lengths = [value for name, value in context.items() if name in ("min_length", "max_length")]
    plural = "" if lengths == [1] else "s"
    try:
        template = PydanticKnownError(error["type"], context).message_template  # type: ignore[arg-type]
        told = phrase(template, **{"expected_plural": plural, **context})
    except (KeyError, TypeError):
        return error["msg"]
    return told if told == error["msg"] else error["msg"]
