"""Secrets sealed with AES-256-GCM, bound to the workspace and the field that they belong to; and where the key is."""

import base64
import hashlib
import os
import secrets
import stat
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deskhand.domain.errors import DeskhandError
from deskhand.ports.vault import CannotUnseal

_KEY_ID = 8
_NONCE = 12
_TAG = 16
_HOW_TO_MAKE_ONE = "It must be 32 bytes in base64, as `openssl rand -base64 32` prints them."


class BadKey(DeskhandError):
    """The encryption key cannot be used."""


class AesVault:
    """Seals with the first key, unseals with any: put a new key in front to rotate.

    A sealed value is the key's id (8 bytes), a random nonce (12 bytes), the ciphertext and its tag (16 bytes).
    Keys are 32 bytes each.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != 32 for key in keys):
            raise ValueError("a vault needs at least one key, and 32 bytes for each")
        self._ciphers = {_key_id(key): AESGCM(key) for key in keys}
        self._first = _key_id(keys[0])

    def seal(self, workspace: str, field: str, value: str) -> bytes:
        """Encrypt a value for exactly this workspace and field."""
        nonce = secrets.token_bytes(_NONCE)
        ciphertext = self._ciphers[self._first].encrypt(nonce, value.encode(), _place(workspace, field))
        return self._first + nonce + ciphertext

    def unseal(self, workspace: str, field: str, sealed: bytes) -> str:
        """The value again. Raises CannotUnseal."""
        if len(sealed) < _KEY_ID + _NONCE + _TAG:
            raise CannotUnseal("A stored secret is damaged: it is too short. Enter it again.")
        key_id, nonce, ciphertext = sealed[:_KEY_ID], sealed[_KEY_ID : _KEY_ID + _NONCE], sealed[_KEY_ID + _NONCE :]
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise CannotUnseal(
                "A secret was stored with an encryption key that is not in use. "
                "Put that key back, or enter the secret again."
            )
        try:
            return cipher.decrypt(nonce, ciphertext, _place(workspace, field)).decode()
        except InvalidTag:
            raise CannotUnseal(
                "A stored secret was altered, or moved here from another place. Enter it again."
            ) from None


def _key_id(key: bytes) -> bytes:
    return hashlib.blake2b(key, digest_size=_KEY_ID, person=b"deskhand key id").digest()


def _place(workspace: str, field: str) -> bytes:
    if "\0" in workspace:
        raise ValueError("a workspace's name holds no NUL, or two places could look the same")
    return f"{workspace}\0{field}".encode()


def key_from_text(text: str, where: str = "DESKHAND_ENCRYPTION_KEY") -> bytes:
    """The 32 bytes of a key written in base64 (plain or URL-safe). Raises BadKey, which never shows the key."""
    compact = text.strip().rstrip("=").replace("-", "+").replace("_", "/")
    if not compact:
        raise BadKey(f"{where} is empty. {_HOW_TO_MAKE_ONE}")
    with suppress(ValueError):
        key = base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
        if len(key) == 32:
            return key
        raise BadKey(f"{where} is {len(key)} bytes long. {_HOW_TO_MAKE_ONE}")
    raise BadKey(f"{where} is not base64. {_HOW_TO_MAKE_ONE}")


def load_or_create_key(path: Path) -> bytes:
    """The 32 bytes of the key in a file; on first start the file is made, for its owner alone. Raises BadKey."""
    try:
        return _load(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise BadKey(f"The encryption key in {path} cannot be read: {error.strerror}.") from error
    try:
        _create(path)
        return _load(path)
    except OSError as error:
        raise BadKey(
            f"The encryption key cannot be written to {path}: {error.strerror}. "
            "Make that possible, or set DESKHAND_ENCRYPTION_KEY."
        ) from error


def _load(path: Path) -> bytes:
    with path.open("rb") as file:
        mode = os.fstat(file.fileno()).st_mode
        # Windows keeps access lists instead, and shows every file as readable by all.
        if os.name != "nt" and mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise BadKey(
                f"The encryption key in {path} is open to others (mode {stat.S_IMODE(mode):04o}). "
                f"Close it with `chmod 600 {path}`; if others use this machine, take a new key as well."
            )
        return key_from_text(file.read(1000).decode("ascii", "replace"), f"The encryption key in {path}")


def _create(path: Path) -> None:
    """Make the file whole or not at all; one that another process made in the meantime stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(32)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)  # unlike a rename, this never replaces a key that is there
    finally:
        draft.unlink()
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
