"""An action behind a button: a URL that the page opens, or an HTTP request."""

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal, Self

from pydantic import field_validator, model_validator

from deskhand.domain.actions.base import ActionBase, ReadBack
from deskhand.domain.addresses import with_scheme
from deskhand.domain.effects import Act, CallHttp
from deskhand.domain.errors import TemplateError
from deskhand.domain.model import Record
from deskhand.domain.requests import Connection, HttpRequest
from deskhand.domain.sentences import Text, versions
from deskhand.domain.shown import ShownButton, filled
from deskhand.domain.templates import Placeholder, Scope, placeholders, render_url

_OPENABLE = ("https://", "http://", "mailto:", "tel:")
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s\\@{}\[\]:]+)(?::\d{1,5})?")
"""What stands between the slashes: `javascript:…` is no host with a port."""


class ButtonSpec(Record):
    """A button as it is written."""

    label: Text
    text: Text | None = None
    url: str | None = None
    """What the page opens on a click."""
    new_tab: bool = True
    request: HttpRequest | None = None
    """What is sent on a click, in place of a URL to open."""

    @field_validator("url")
    @classmethod
    def _opens_safely(cls, url: str | None) -> str | None:
        if url is not None and not opens_safely(url):
            raise ValueError("a button opens a web page, `mailto:` or `tel:`; its host may not come from a variable")
        return url

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.url is None) == (self.request is None):
            raise ValueError("a button either opens a `url` or sends a `request`: give one of both")
        return self


class ButtonAction(ActionBase):
    """Shows a button in the chat; what it does needs the customer's click."""

    kind: Literal["button"]
    button: ButtonSpec
    read_back: ReadBack | None = None

    asks_customer: ClassVar[bool] = True

    @property
    def reads(self) -> bool:
        return self.button.request is None or self.button.request.reads

    @property
    def only_shows(self) -> bool:
        return self.button.request is None

    @property
    def http(self) -> HttpRequest | None:
        return self.button.request

    @property
    def finds_out(self) -> ReadBack | None:
        return self.read_back

    def placeholders(self) -> Iterator[Placeholder]:
        for text in (*versions(self.button.label), *versions(self.button.text), self.button.url or ""):
            yield from placeholders(text)
        if self.button.request is not None:
            yield from self.button.request.placeholders()

    def show(self, scope: Scope, language: str) -> ShownButton:
        return ShownButton(
            text=filled(self.button.text, scope, language),
            label=filled(self.button.label, scope, language),
            url=None if self.button.url is None else page_address(self.button.url, scope),
            new_tab=self.button.new_tab,
        )

    def act(self, scope: Scope, connections: Mapping[str, Connection]) -> Act | None:
        if self.button.request is None:
            return None
        return CallHttp(request=self.button.request.render(scope, connections))


def page_address(template: str, scope: Scope) -> str:
    """What the page opens, filled in. Raises TemplateError where that leads to no web page."""
    url = with_page_scheme(render_url(template, scope))
    if not (opens_safely(template) and opens_safely(url)):
        raise TemplateError("the button's address leads to no web page.")
    return url


def with_page_scheme(url: str) -> str:
    """The address with `https://` in front where no scheme is given."""
    return url if url.startswith(("mailto:", "tel:")) else with_scheme(url)


def opens_safely(url: str) -> bool:
    """Whether a page may open the address: a web page, mail or phone, and its origin is written out."""
    whole = with_page_scheme(url.strip())
    scheme = next((one for one in _OPENABLE if whole.lower().startswith(one)), None)
    if scheme is None or any(ord(sign) < 33 for sign in whole if not sign.isspace()):
        return False
    if not scheme.endswith("//"):
        return True
    host = whole[len(scheme) :].split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]
    return _HOST.fullmatch(host) is not None
