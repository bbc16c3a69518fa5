"""What visitors' files are, and what they may be called."""

import pytest

from deskhand.domain.attachments import LONGEST_NAME, UnfitFile, clean_name, type_of

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PNG, "a.png", "image/png"),
        (PNG, "a.html", "image/png"),
        (b"\xff\xd8\xff\xe0 jfif", "a.jpg", "image/jpeg"),
        (b"GIF89a", "a.gif", "image/gif"),
        (b"GIF87a", "a.gif", "image/gif"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a.webp", "image/webp"),
        (b"%PDF-1.7\n%\xe2\xe3", "a.pdf", "application/pdf"),
        ("Grüße\r\n\tan alle".encode(), "a.txt", "text/plain"),
        (b"\xef\xbb\xbfa;b\n1;2", "a.CSV", "text/csv"),
        (b"<script>alert(1)</script>", "a.html", "text/plain"),
        (b"<svg onload='alert(1)'/>", "a.svg", "text/plain"),
    ],
)
def test_a_files_type_goes_by_its_content(content: bytes, name: str, kind: str) -> None:
    assert type_of(content, name) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 zip",
        b"MZ\x90\x00",
        b"\x7fELF",
        b"RIFF\x10\0\0\0WAVEfmt ",
        b"\x89PNG",
        b"text with \0",
        b"\xff\xfe\x41\x00",
    ],
)
def test_everything_else_is_refused(content: bytes) -> None:
    with pytest.raises(UnfitFile):
        type_of(content, "photo.png")


@pytest.mark.parametrize(
    ("name", "kind", "clean"),
    [
        ("photo.PNG", "image/png", "photo.png"),
        ("photo.jpeg", "image/jpeg", "photo.jpeg"),
        ("Größe  der\tKiste.jpg", "image/jpeg", "Größe der Kiste.jpg"),
        ("evil.html", "text/plain", "evil.html.txt"),
        ("evil.svg", "text/plain", "evil.svg.txt"),
        ("run.exe", "image/png", "run.exe.png"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("C:\\Users\\Ada\\bill.pdf", "application/pdf", "bill.pdf"),
        ("", "image/png", "file.png"),
        (".", "image/png", "file.png"),
        ("..png", "image/png", "png.png"),
        (".htaccess", "text/plain", "htaccess.txt"),
        ("a\r\nSet-Cookie: x.txt", "text/plain", "a Set-Cookie_ x.txt"),
        ("fdp.\u202egnp.exe", "image/png", "fdp.gnp.exe.png"),
        ("a\0b\u200b.png", "image/png", "ab.png"),
        ('a"b<c>|d.png', "image/png", "a_b_c__d.png"),
        ("x" * 500 + ".png", "image/png", "x" * (LONGEST_NAME - 4) + ".png"),
    ],
)
def test_a_name_leads_nowhere_and_ends_as_its_kind_does(name: str, kind: str, clean: str) -> None:
    assert clean_name(name, kind) == clean
    assert clean_name(clean, kind) == clean
