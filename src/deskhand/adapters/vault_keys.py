"""Where encryption keys are: in the environment, or in a file for its owner alone. Several stand newest first."""

import base64
import os
import re
import secrets
import stat
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from deskhand.domain.errors import DeskhandError

ENVIRONMENT = "DESKHAND_ENCRYPTION_KEY"
MOST = 16
"""Keys in one place."""
_HOW_TO_MAKE_ONE = "It must be 32 bytes in base64, as `openssl rand -base64 32` prints them."
_LARGEST = 4096


class BadKey(DeskhandError):
    """The encryption key cannot be used."""


def fresh_key() -> bytes:
    """A new key."""
    return secrets.token_bytes(32)


def keys_from_text(text: str, where: str = ENVIRONMENT) -> list[bytes]:
    """Keys written in base64 (plain or URL-safe), apart by commas or lines, 32 bytes each.

    Raises BadKey, which never shows a key.
    """
    written = [one for one in re.split(r"[,\n]", text) if one.strip()]
    if not written:
        raise BadKey(f"{where} is empty. {_HOW_TO_MAKE_ONE}")
    if len(written) > MOST:
        raise BadKey(f"{where} holds more than {MOST} keys.")
    found = [_key(one, where if len(written) == 1 else f"Key {at} of {where}") for at, one in enumerate(written, 1)]
    return list(dict.fromkeys(found))


def _key(text: str, where: str) -> bytes:
    compact = text.strip().rstrip("=").replace("-", "+").replace("_", "/")
    with suppress(ValueError):
        key = base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
        if len(key) == 32:
            return key
        raise BadKey(f"{where} is {len(key)} bytes long. {_HOW_TO_MAKE_ONE}")
    raise BadKey(f"{where} is not base64. {_HOW_TO_MAKE_ONE}")


def load_or_create_keys(path: Path) -> list[bytes]:
    """The keys in a file; on first start it is made with one, for its owner alone. Raises BadKey."""
    with suppress(FileNotFoundError):
        return load_keys(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # unlike a rename, a link never replaces a key that another process put there in the meantime
        with suppress(FileExistsError):
            _write(path, [fresh_key()], os.link)
        return load_keys(path)
    except OSError as error:
        raise BadKey(
            f"The encryption key cannot be written to {path}: {error.strerror}. "
            f"Make that possible, or set {ENVIRONMENT}."
        ) from error


def load_keys(path: Path) -> list[bytes]:
    """The keys in a file. Raises FileNotFoundError and BadKey."""
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(_LARGEST).decode("ascii", "replace")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise BadKey(f"The encryption key in {path} cannot be read: {error.strerror}.") from error
    # Windows keeps access lists instead, and shows every file as readable by all.
    if os.name != "nt" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadKey(
            f"The encryption key in {path} is open to others (mode {stat.S_IMODE(mode):04o}). "
            f"Close it with `chmod 600 {path}`; if others use this machine, take a new key as well."
        )
    return keys_from_text(text, f"The encryption key in {path}")


def replace_keys(path: Path, keys: Sequence[bytes]) -> None:
    """Put other keys into the file, all at once: whoever is killed meanwhile leaves the old file. Raises BadKey."""
    try:
        _write(path, keys, os.replace)
    except OSError as error:
        raise BadKey(f"The encryption key cannot be written to {path}: {error.strerror}.") from error


def remove_drafts(path: Path) -> None:
    """Remove what a process that was killed while it wrote keys left beside the file."""
    for draft in path.parent.glob(f".{path.name}.*"):
        draft.unlink(missing_ok=True)


def _write(path: Path, keys: Sequence[bytes], put: Callable[[Path, Path], None]) -> None:
    """Write a draft for its owner alone, whole and on disk, then put it in its place."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(b"".join(base64.b64encode(key) + b"\n" for key in keys))
            file.flush()
            os.fsync(file.fileno())
        put(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Have the new name survive a power cut: what gets sealed from now on is lost without the key."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
