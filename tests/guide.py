"""The pages of the guide, taken apart: fenced blocks, sections, tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = {str(path.relative_to(ROOT)): path for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]}


@dataclass(frozen=True)
class Fence:
    """A fenced block, as its page has it."""

    page: str
    line: int
    language: str
    info: str
    text: str

    def __str__(self) -> str:
        return f"{self.page}:{self.line}"

    @property
    def role(self) -> str:
        """The first word of its info string."""
        return re.split("[= ]", self.info)[0]

    def word(self, name: str) -> str | None:
        """What the info string says of a name: `outcome=completed`."""
        found = re.search(rf"(?:^| ){name}(?:=(\S+))?(?: |$)", self.info)
        return found and (found[1] or "")


@cache
def text_of(page: str) -> str:
    return PAGES[page].read_text(encoding="utf-8")


@cache
def fences() -> tuple[Fence, ...]:
    found = []
    for page in PAGES:
        for block in re.finditer(r"^```(\w*)[ ]?(.*)\n((?:.*\n)*?)```$", text_of(page), re.MULTILINE):
            line = text_of(page).count("\n", 0, block.start()) + 1
            found.append(Fence(page, line, block[1], block[2], block[3]))
    return tuple(found)


def prose(page: str) -> str:
    """A page without its fenced blocks."""
    return re.sub(r"^```.*\n(?:.*\n)*?```$", "", text_of(page), flags=re.MULTILINE)


def section(page: str, heading: str) -> str:
    """What stands below a heading, up to the next one."""
    found = re.search(rf"^#+ {re.escape(heading)}\n((?:(?!#+ ).*\n)*)", text_of(page), re.MULTILINE)
    assert found, f"{page} has no heading “{heading}”"
    return found[1]


def rows(text: str) -> Iterator[list[str]]:
    """The cells of every table's rows, the heads left out."""
    for line in re.findall(r"^\|(.*)\|$", text, re.MULTILINE):
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)]
        if not set(cells[0]) <= set("-: "):
            yield cells


def table(text: str, head: str) -> dict[str, list[str]]:
    """The rows of the table whose first column has this head, by what is named in it."""
    found: dict[str, list[str]] = {}
    inside = False
    for line in text.splitlines():
        inside = line.startswith("|") and (inside or line.startswith(f"| {head} |"))
        for first, *others in rows(line) if inside else ():
            found |= dict.fromkeys(re.findall("`([^`]+)`", first), others)
    assert found, f"there is no table of a {head}"
    return found
