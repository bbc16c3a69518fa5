"""Markdown: headings, paragraphs, lists, tables and code; what only looks like one is text."""

from deskhand.adapters.documents.markdown import read_markdown

TEXT = """---
owner: Ana
---
# Delivery *times*

Two to three **working days**, see [the list](https://shop.example/list).
It goes on here.

## Abroad

- Austria: four days
- Norway: a week

| from | to |
| --- | --- |
| Bremen | Oslo |

```
# no heading
```

<div>left out</div>

## Abroad
"""


def test_a_text_keeps_its_structure_and_loses_its_marks() -> None:
    found = read_markdown(TEXT)

    assert found.title == "Delivery times"
    assert [(part.level, part.text) for part in found.parts] == [
        (1, "Delivery times"),
        (0, "Two to three working days, see the list. It goes on here."),
        (2, "Abroad"),
        (0, "Austria: four days"),
        (0, "Norway: a week"),
        (0, "from | to"),
        (0, "Bremen | Oslo"),
        (0, "# no heading"),
        (2, "Abroad"),
    ]


def test_headings_of_the_same_name_have_different_fragments() -> None:
    assert [part.anchor for part in read_markdown(TEXT).parts if part.level] == ["delivery-times", "abroad", "abroad-1"]
