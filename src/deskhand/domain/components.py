"""Components as they are written: a film, a picture, a flow of pages, an element of the host page."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from deskhand.domain.addresses import address_of, with_scheme
from deskhand.domain.model import Json, Record
from deskhand.domain.phrases import phrase
from deskhand.domain.sentences import Text, sentence, versions
from deskhand.domain.shown import (
    FormField,
    PageImage,
    ShownComponent,
    ShownElement,
    ShownFlow,
    ShownImage,
    ShownPage,
    ShownVideo,
    filled,
    shown_field,
)
from deskhand.domain.templates import Scope, render_url, render_value

MOST_PAGES = 20
MOST_PROPERTIES = 50
LONGEST_NAME = 100
ELEMENT_NAME = re.compile(r"[a-z][a-z0-9._]*-[a-z0-9._-]*")
RESERVED_ELEMENTS = frozenset(
    {
        "annotation-xml", "color-profile", "font-face", "font-face-src", "font-face-uri", "font-face-format",
        "font-face-name", "missing-glyph",
    }
)  # fmt: skip
"""Names with a hyphen that HTML keeps for itself."""

_FILM = re.compile(r"\.(mp4|m4v|webm|ogv|ogg|mov|m3u8)$", re.IGNORECASE)
_FILM_PAGES = (
    "youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com", "dailymotion.com", "dai.ly", "loom.com",
    "wistia.com", "twitch.tv", "tiktok.com", "facebook.com",
)  # fmt: skip
"""Where films are shown on pages; a player can do nothing with the address of one."""

Template = tuple[str, str]
"""The place of a text, and the text with its placeholders."""


class Video(Record):
    """A film."""

    kind: Literal["video"]
    url: str = Field(max_length=2000, description="Where it is; its host may not come from a variable.")
    title: Text = Field(description="What it is about.")
    captions: str | None = Field(default=None, max_length=2000, description="Where its subtitles are (WebVTT).")

    def addresses(self) -> Iterator[Template]:
        """Everything that the page loads."""
        yield "url", self.url
        if self.captions is not None:
            yield "captions", self.captions

    def required(self) -> Iterator[tuple[str, Text | None]]:
        """The texts that may not be empty."""
        yield "title", self.title

    def templates(self) -> Iterator[Template]:
        """Everything that is filled in."""
        yield from self.addresses()
        yield from _texts("title", self.title)

    def fields(self) -> tuple[FormField, ...]:
        """What it asks the customer for."""
        return ()

    def show(self, scope: Scope, language: str) -> ShownComponent:
        """What the customer sees. Raises TemplateError."""
        captions = None if self.captions is None else _address(self.captions, scope)
        return ShownVideo(url=_address(self.url, scope), title=filled(self.title, scope, language), captions=captions)


class Image(Record):
    """A picture."""

    kind: Literal["image"]
    url: str = Field(max_length=2000, description="Where it is; its host may not come from a variable.")
    alt: Text = Field(description="What those read who do not see it.")

    def addresses(self) -> Iterator[Template]:
        yield "url", self.url

    def required(self) -> Iterator[tuple[str, Text | None]]:
        yield "alt", self.alt

    def templates(self) -> Iterator[Template]:
        yield "url", self.url
        yield from _texts("alt", self.alt)

    def fields(self) -> tuple[FormField, ...]:
        return ()

    def show(self, scope: Scope, language: str) -> ShownComponent:
        return ShownImage(url=_address(self.url, scope), alt=filled(self.alt, scope, language))


class Picture(Record):
    """The picture of a page."""

    url: str = Field(max_length=2000, description="Where it is; its host may not come from a variable.")
    alt: Text = Field(description="What those read who do not see it.")

    def show(self, scope: Scope, language: str) -> PageImage:
        """The picture as the customer sees it. Raises TemplateError."""
        return PageImage(url=_address(self.url, scope), alt=filled(self.alt, scope, language))


class Page(Record):
    """One page of a flow."""

    title: Text | None = Field(default=None, description="What stands on top.")
    text: Text | None = Field(default=None, description="What the customer reads.")
    image: Picture | None = Field(default=None, description="A picture beside the text.")
    fields: list[FormField] = Field(default=[], description="What is to be filled in, in this order.")

    def show(self, scope: Scope, language: str) -> ShownPage:
        """The page as the customer sees it. Raises TemplateError."""
        image = None if self.image is None else self.image.show(scope, language)
        return ShownPage(
            title=filled(self.title, scope, language),
            text=filled(self.text, scope, language),
            image=image,
            fields=tuple(shown_field(field, language) for field in self.fields),
        )


class Flow(Record):
    """Pages that the customer goes through one by one."""

    kind: Literal["flow"]
    pages: list[Page] = Field(min_length=1, max_length=MOST_PAGES, description="The pages, in their order.")
    submit: Text | None = Field(default=None, description="What stands on the last button.")

    def addresses(self) -> Iterator[Template]:
        for number, page in enumerate(self.pages):
            if page.image is not None:
                yield f"pages.{number}.image.url", page.image.url

    def required(self) -> Iterator[tuple[str, Text | None]]:
        for number, page in enumerate(self.pages):
            if page.image is not None:
                yield f"pages.{number}.image.alt", page.image.alt
            if not page.fields and page.image is None and page.text is None:
                yield f"pages.{number}.title", page.title
            for name, text in (("title", page.title), ("text", page.text)):
                if text is not None:
                    yield f"pages.{number}.{name}", text
        if self.submit is not None:
            yield "submit", self.submit

    def templates(self) -> Iterator[Template]:
        yield from self.addresses()
        for number, page in enumerate(self.pages):
            yield from _texts(f"pages.{number}.title", page.title)
            yield from _texts(f"pages.{number}.text", page.text)
            yield from _texts(f"pages.{number}.image.alt", page.image.alt if page.image else None)
        yield from _texts("submit", self.submit)

    def fields(self) -> tuple[FormField, ...]:
        return tuple(field for page in self.pages for field in page.fields)

    def show(self, scope: Scope, language: str) -> ShownComponent:
        return ShownFlow(
            pages=tuple(page.show(scope, language) for page in self.pages),
            submit=filled(self.submit, scope, language) or sentence("submit", language),
        )


class Element(Record):
    """A custom element that the host page defines."""

    kind: Literal["element"]
    name: str = Field(max_length=LONGEST_NAME, description="Its tag, with a hyphen: `seat-map`.")
    properties: dict[str, Json] = Field(
        default={}, max_length=MOST_PROPERTIES, description="What it is given; texts in it are filled in."
    )

    def addresses(self) -> Iterator[Template]:
        return iter(())

    def required(self) -> Iterator[tuple[str, Text | None]]:
        return iter(())

    def templates(self) -> Iterator[Template]:
        yield from _strings("properties", self.properties)

    def fields(self) -> tuple[FormField, ...]:
        return ()

    def show(self, scope: Scope, language: str) -> ShownComponent:
        return ShownElement(name=self.name, properties={key: _fill(one, scope) for key, one in self.properties.items()})


Component = Annotated[Video | Image | Flow | Element, Field(discriminator="kind")]


def element_problem(name: str) -> str | None:
    """What is wrong with the name of a custom element, or None."""
    if "-" not in name:
        return phrase("`{name}` is no custom element: its name needs a hyphen, like `seat-map`.", name=name)
    if not ELEMENT_NAME.fullmatch(name):
        return phrase(
            "`{name}` is no custom element: a name has lowercase letters, digits and hyphens, like `seat-map`.",
            name=name,
        )
    return (
        phrase("`{name}` is a name that HTML keeps for itself: choose another.", name=name)
        if name in RESERVED_ELEMENTS
        else None
    )


def film_problem(url: str) -> str | None:
    """Why an address is probably not that of a film file, or None; what only a run fills in may be anything."""
    parts = address_of(url)
    if parts is None or _FILM.search(parts.path):
        return None
    host = (parts.hostname or "").lower()
    if any(host == one or host.endswith(f".{one}") for one in _FILM_PAGES):
        return phrase(
            "`{host}` gives a page, not a film file: customers would see an empty player. Use the address of the file "
            "itself, or a redirect.",
            host=host,
        )
    if "{{" in parts.path.rpartition("/")[2]:
        return None
    return phrase(
        "the address does not end like a film file (.mp4, .webm, .ogv, .mov, .m3u8): if it is a page, customers would "
        "see an empty player. Use the address of the file itself, or a redirect."
    )


def _address(template: str, scope: Scope) -> str:
    return with_scheme(render_url(template, scope))


def _texts(name: str, text: Text | None) -> Iterator[Template]:
    return ((name, version) for version in versions(text))


def _strings(name: str, value: Json) -> Iterator[Template]:
    """Every text in a value."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _strings(f"{name}.{key}", one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(name, one)


def _fill(value: Json, scope: Scope) -> Any:
    """A value with its texts filled in; a lone placeholder keeps its value's type."""
    if isinstance(value, str):
        return render_value(value, scope)
    if isinstance(value, Mapping):
        return {key: _fill(one, scope) for key, one in value.items()}
    return [_fill(one, scope) for one in value] if isinstance(value, list) else value
