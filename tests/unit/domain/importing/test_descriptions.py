"""API descriptions as other people's tools write them."""

import pytest

from deskhand.domain.errors import DocumentError
from deskhand.domain.importing.descriptions import read_description
from deskhand.domain.importing.openapi import import_openapi

ANCHORED = """
openapi: 3.0.3
info: {title: Shop, version: 1.0.0}
servers: [{url: https://shop.example}]
x-common: &common
  summary: Read it
  responses:
    200: {description: fine}
paths:
  /a:
    get:
      <<: *common
      operationId: readA
      parameters: &parameters
        - {name: since, in: query, schema: {type: string, format: date, example: 2026-01-01, enum: [on, off, yes]}}
  /b:
    get: {<<: *common, operationId: readB, parameters: *parameters}
"""


def test_anchors_and_merges_are_followed_and_words_stay_words() -> None:
    found = import_openapi(read_description(ANCHORED))

    assert [one.slug for one in found.actions] == ["read-a", "read-b"]
    (variable,) = found.actions[1].variables
    assert variable.choices == ["on", "off", "yes"]
    assert variable.example == "2026-01-01"


def test_a_name_that_stands_twice_does_not_refuse_a_description() -> None:
    text = '{"openapi": "3.0.0", "info": {}, "info": {"title": "Shop"}, "paths": {}}'

    assert read_description(text)["info"] == {"title": "Shop"}


@pytest.mark.parametrize(
    "text",
    [
        "b0: &b0 [x, x]\n" + "\n".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]" for n in range(1, 60)),
        "a: &a\n  b: *a\n",
        "a: " + "[" * 5000,
        "a: !!python/object/apply:os.system [echo]\n",
    ],
    ids=["aliases of aliases", "an alias to itself", "nested too deeply", "an object of Python's"],
)  # fmt: skip
def test_a_hostile_text_is_refused(text: str) -> None:
    with pytest.raises(DocumentError):
        read_description(text)
