"""What is put before the customer: a form to fill in, or something to click."""

from typing import Annotated, Literal

from pydantic import Field

from deskhand.domain.model import Json, Record, sparse
from deskhand.domain.sentences import Text, in_language
from deskhand.domain.templates import Scope, render_text
from deskhand.domain.variables import Variable

MOST_FIELDS = 50


class FormField(Variable):
    """One field of a form: a variable with a label."""

    label: Text | None = None
    """What stands beside it; its description or name by default."""
    placeholder: str = ""


class ShownField(Record):
    """A field as the customer sees it."""

    name: str
    type: str
    label: str
    required: bool
    placeholder: str = ""
    choices: tuple[str, ...] = ()
    value: str | None = None
    max_length: int | None = None
    sensitive: bool = False


class ShownForm(Record):
    """A form as the customer sees it."""

    kind: Literal["form"] = "form"
    text: str = ""
    fields: tuple[ShownField, ...]
    submit: str


class ShownButton(Record):
    """Something to click: a URL is opened by the page, anything else is done by the engine."""

    kind: Literal["button"] = "button"
    text: str = ""
    label: str
    url: str | None = None
    new_tab: bool = True


Shown = ShownForm | ShownButton


class ShownVideo(Record):
    """A film as the customer sees it."""

    kind: Literal["video"] = "video"
    url: str
    title: str
    captions: str | None = None
    """Where its subtitles are (WebVTT)."""


class ShownImage(Record):
    """A picture as the customer sees it."""

    kind: Literal["image"] = "image"
    url: str
    alt: str
    """What those hear of it who do not see it."""


class PageImage(Record):
    """The picture of a page."""

    url: str
    alt: str


class ShownPage(Record):
    """A page of a flow as the customer sees it."""

    title: str = ""
    text: str = ""
    image: PageImage | None = sparse(None)
    fields: tuple[ShownField, ...] = ()


class ShownFlow(Record):
    """Pages that the customer goes through, with fields to fill in."""

    kind: Literal["flow"] = "flow"
    pages: tuple[ShownPage, ...]
    submit: str

    @property
    def fields(self) -> tuple[ShownField, ...]:
        """The fields of all pages."""
        return tuple(field for page in self.pages for field in page.fields)


class ShownElement(Record):
    """A custom element of the host page."""

    kind: Literal["element"] = "element"
    name: str
    properties: dict[str, Json] = {}


ShownComponent = Annotated[ShownVideo | ShownImage | ShownFlow | ShownElement, Field(discriminator="kind")]


class FormSpec(Record):
    """A form as it is written."""

    text: Text | None = None
    fields: list[FormField] = Field(min_length=1, max_length=MOST_FIELDS)
    submit: Text | None = None


def filled(text: Text | None, scope: Scope, language: str) -> str:
    """A customer's text in the language, filled in; nothing for none."""
    return "" if text is None else render_text(in_language(text, language), scope)


def shown_field(field: FormField, language: str) -> ShownField:
    """A field in the customer's language."""
    label = in_language(field.label, language) if field.label else field.description or field.name.replace("_", " ")
    return ShownField(
        name=field.name,
        type=field.type,
        label=label,
        required=field.required,
        placeholder=field.placeholder or field.example or "",
        choices=tuple(field.choices),
        value=None if field.default is None else str(field.default),
        max_length=field.max_length,
        sensitive=field.sensitive,
    )
