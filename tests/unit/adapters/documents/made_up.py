"""PDF files made of lines, written out by hand."""

import zlib

Line = tuple[str, int]
"""Text, and the size of its letters."""


def pdf(*pages: list[Line], title: str = "", compress: bool = False) -> bytes:
    """A PDF with these lines on its pages."""
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        stream = content(lines)
        extra = b""
        if compress:
            stream, extra = zlib.compress(stream), b" /Filter /FlateDecode"
        bodies.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(stream), extra, stream))
        bodies.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(bodies)
        )
        kids.append(b"%d 0 R" % len(bodies))
    bodies[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    bodies.append(b"<< /Title (%s) >>" % title.encode("latin-1"))
    return assembled(bodies)


def content(lines: list[Line]) -> bytes:
    """The stream that draws lines, from the top down."""
    drawn, y = [], 800
    for text, size in lines:
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"BT /F1 {size} Tf 1 0 0 1 50 {y} Tm ({escaped}) Tj ET")
        y -= size + 6
    return "\n".join(drawn).encode("latin-1")


def assembled(bodies: list[bytes]) -> bytes:
    """The file with its objects and its table of them; the last one is its information."""
    whole, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF"
    count = len(bodies) + 1
    return whole + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table) + trailer % (count, len(bodies), len(whole))
