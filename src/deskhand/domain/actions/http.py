"""An action that sends an HTTP request."""

from collections.abc import Iterator, Mapping
from typing import Literal

from deskhand.domain.actions.base import ActionBase, ApprovalLevel, ReadBack
from deskhand.domain.effects import Act, CallHttp
from deskhand.domain.preconditions import SLUG
from deskhand.domain.requests import Connection, HttpRequest
from deskhand.domain.templates import Placeholder, Scope

__all__ = ["SLUG", "ApprovalLevel", "HttpAction"]


class HttpAction(ActionBase):
    """Sends one HTTP request and uses the answer."""

    kind: Literal["http"] = "http"
    request: HttpRequest
    read_back: ReadBack | None = None

    @property
    def reads(self) -> bool:
        return self.request.reads

    @property
    def http(self) -> HttpRequest:
        return self.request

    @property
    def finds_out(self) -> ReadBack | None:
        return self.read_back

    def placeholders(self) -> Iterator[Placeholder]:
        return self.request.placeholders()

    def act(self, scope: Scope, connections: Mapping[str, Connection]) -> Act:
        return CallHttp(request=self.request.render(scope, connections))
