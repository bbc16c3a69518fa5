"""Documents are read in processes of their own: what hostile ones do there ends in a sentence."""

import zlib

import pytest

from deskhand.adapters.documents.reading import DocumentReader
from deskhand.domain.passages import Block
from deskhand.ports.knowledge import Form, Unreadable
from tests.unit.adapters.documents.made_up import assembled, pdf


async def test_every_form_is_read() -> None:
    reader = DocumentReader()

    plain = await reader.read("text", "Hello\n\nWe are open – always.".encode())
    marked = await reader.read("markdown", b"# Hello\n\nWe are open.")
    page = await reader.read("html", b"<html><body><main><p>We are open every day of the week, all year.</p></main>")
    printed = await reader.read("pdf", pdf([("We are open.", 10)]))

    assert plain.blocks == (Block("Hello", 2), Block("We are open – always."))
    assert marked.blocks[0] == Block("Hello", 1, None, "hello")
    assert page.blocks[0].text.startswith("We are open every day")
    assert printed.blocks == (Block("We are open.", 0, 1),)


def bomb() -> bytes:
    """A PDF of 300 kB whose only page unpacks to hundreds of megabytes."""
    packer = zlib.compressobj(9)
    stream = b"".join(packer.compress(b"BT (a) Tj ET\n" * 100_000) for _ in range(250)) + packer.flush()
    page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> >> >>"
    return assembled([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream), page, b"<< >>",
    ])  # fmt: skip


async def test_a_pdf_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        await DocumentReader().read("pdf", bomb())

    assert refused.value.sentence.endswith(".")


async def test_reading_that_takes_too_long_is_ended() -> None:
    with pytest.raises(Unreadable, match=r"longer than 0\.05 seconds"):
        await DocumentReader(wall_seconds=0.05).read("html", b"<p>Hello</p>")


async def test_a_document_with_too_much_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="4,000,000 characters"):
        await DocumentReader().read("text", b"word " * 900_000)


@pytest.mark.parametrize("form", ["markdown", "text"])
async def test_bytes_that_are_anything_are_read_as_far_as_they_are_text(form: Form) -> None:
    document = await DocumentReader().read(form, b"Open from nine to five. " * 5 + bytes(range(128, 256)), "utf-8")

    assert "Open from nine to five." in " ".join(block.text for block in document.blocks)
