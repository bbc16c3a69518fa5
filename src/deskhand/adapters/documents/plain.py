"""Plain text: paragraphs between empty lines, and the short lines above them that look like headings."""

import re

from deskhand.adapters.documents.blocks import Parts

LONGEST_HEADING = 80
_UNDERLINE = re.compile(r"(={3,}|-{3,}|~{3,})")
_MARKS = re.compile(r"[-*•·–]\s|\(?\d{1,3}[.)]\s")


def read_plain(text: str) -> Parts:
    """The document."""
    found = Parts()
    groups = [group.strip("\n") for group in re.split(r"\n[ \t]*\n+", text.replace("\r\n", "\n").replace("\r", "\n"))]
    groups = [group for group in groups if group.strip()]
    for at, group in enumerate(groups):
        lines = [line.strip() for line in group.split("\n")]
        if len(lines) > 1 and _UNDERLINE.fullmatch(lines[1]) and len(lines[0]) <= LONGEST_HEADING:
            found.add(lines[0], 1 if lines[1][0] == "=" else 2)
            lines = lines[2:]
        elif len(lines) == 1 and at + 1 < len(groups) and looks_like_heading(lines[0]):
            found.add(lines[0], 2)
            continue
        found.add(_joined(lines))
    return found


def looks_like_heading(line: str) -> bool:
    """Whether a line that stands by itself is short and ends like no sentence."""
    if not line or len(line) > LONGEST_HEADING or _MARKS.match(line) or line[-1] in ".,;:!":
        return False
    return line[0].isupper() or line[0].isdigit() or line.endswith("?")


def _joined(lines: list[str]) -> str:
    """Lines that were broken for their length go on; those of a list stay."""
    whole = ""
    for line in lines:
        whole += ("\n" if _MARKS.match(line) else " ") + line if whole else line
    return whole
