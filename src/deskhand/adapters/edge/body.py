"""Reading an answer's body: decompressed piece by piece, and never more of it than the cap."""

import zlib

from aiohttp import StreamReader

from deskhand.domain.phrases import phrase

_FRAMING = 64 * 1024
"""What compression may add to what it cannot shrink: more than cap plus this is padding without content."""

_GZIP = 16 + zlib.MAX_WBITS
_WRAPPED = zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS


class Unreadable(Exception):
    """The body cannot be read to its end; the message says why."""


class Body:
    """Collects a body of at most `cap` bytes."""

    def __init__(self, content_encoding: str, cap: int) -> None:
        self._encoding = content_encoding.strip().lower().removeprefix("x-")
        self._cap = cap
        self._pieces: list[bytes] = []
        self._size = 0
        self._received = 0
        self._inflater: zlib._Decompress | None = None

    @property
    def content(self) -> bytes:
        """What was read so far."""
        return b"".join(self._pieces)[: self._cap]

    async def read(self, stream: StreamReader) -> None:
        """Read to the end; raises Unreadable, or what aiohttp raises where the connection fails."""
        while not stream.at_eof():
            self.feed(await stream.readany())
        self.finish()

    def feed(self, data: bytes) -> None:
        """Take the next bytes from the wire."""
        if self._encoding in ("", "identity"):
            self._keep(data)
            return
        self._received += len(data)
        if self._received > self._cap + _FRAMING:
            raise self._too_large()
        try:
            self._inflate(data)
        except zlib.error:
            raise Unreadable(phrase("its body is not valid {encoding}", encoding=self._encoding)) from None

    def finish(self) -> None:
        """The wire has no more bytes."""
        if self._inflater is not None and not self._inflater.eof:
            raise Unreadable(phrase("its compressed body ends too early"))

    def _inflate(self, data: bytes) -> None:
        while data:
            if self._inflater is None:
                self._inflater = zlib.decompressobj(self._window(data))
            elif self._inflater.eof:
                if self._encoding != "gzip" or data[0] != 0x1F:
                    return  # padding after the end, which servers do send and everybody ignores
                self._inflater = zlib.decompressobj(_GZIP)
            self._keep(self._inflater.decompress(data, self._cap + 1 - self._size))
            data = self._inflater.unused_data

    def _window(self, data: bytes) -> int:
        if self._encoding == "gzip":
            return _GZIP
        if self._encoding == "deflate":
            # Both forms go by this name: the one of the standard, in zlib's wrapper, and the bare one.
            return _WRAPPED if data[0] & 0x0F == 8 else _RAW
        raise Unreadable(
            phrase("its body is encoded as {encoding!a}, which was not asked for", encoding=self._encoding[:40])
        )

    def _keep(self, data: bytes) -> None:
        self._pieces.append(data)
        self._size += len(data)
        if self._size > self._cap:
            raise self._too_large()

    def _too_large(self) -> Unreadable:
        return Unreadable(phrase("its body is larger than {most:,} bytes", most=self._cap))
