"""The process that reads one document: hostile ones end here, by its own limits or from outside.

The standard input holds a line of JSON (`form`, `charset`) and then the document; a line of JSON is the answer.
"""

import json
import sys
from dataclasses import astuple

from deskhand.adapters.documents.blocks import Parts, Unreadable

MEMORY = 1 << 30
CPU_SECONDS = 20


def main() -> None:
    """Read the standard input and answer."""
    _limit()
    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        found = _read(asked["form"], content, asked["charset"])
        answer = {
            "title": found.title,
            "language": found.language,
            "blocks": [astuple(part) for part in found.parts],
        }
    except Unreadable as error:
        answer = {"problem": str(error)}
    except MemoryError:
        answer = {"problem": "Reading it takes more than 1 GB of memory."}
    except RecursionError:
        answer = {"problem": "It is nested too deeply."}
    except Exception as error:  # whatever a library makes of a broken document, it is about this document alone
        answer = {"problem": f"It cannot be read: {type(error).__name__}."}
    sys.stdout.write(json.dumps(answer))


def _read(form: str, content: bytes, charset: str | None) -> Parts:
    """The parts of a document; each library is loaded only where it is needed."""
    if form == "html":
        from deskhand.adapters.documents.html import read_html

        return read_html(content, charset)
    if form == "pdf":
        from deskhand.adapters.documents.pdf import read_pdf

        return read_pdf(content)
    text = content.decode(charset or "utf-8", "replace")
    if form == "markdown":
        from deskhand.adapters.documents.markdown import read_markdown

        return read_markdown(text)
    from deskhand.adapters.documents.plain import read_plain

    return read_plain(text)


def _limit() -> None:
    """Memory and CPU time, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows: the wall clock of whoever started this holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
