"""An action that sends an HTTP request."""

from typing import Literal

from pydantic import Field

from deskhand.domain.model import Record
from deskhand.domain.requests import HttpRequest
from deskhand.domain.sentences import Text
from deskhand.domain.variables import Variable

ApprovalLevel = Literal["auto", "notify", "require"]

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class HttpAction(Record):
    """One reusable request with typed variables, for any step that names it."""

    kind: Literal["http"] = "http"
    slug: str = Field(pattern=SLUG, max_length=64)
    name: str = Field(min_length=1, max_length=100)
    description: str = Field(min_length=10, max_length=200)
    variables: list[Variable] = []
    request: HttpRequest
    approval: ApprovalLevel = "auto"
    irreversible: bool = False
    confirm: Text | None = None
