"""Secrets sealed with AES-256-GCM, bound to the workspace and the field that they belong to."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deskhand.ports.vault import CannotUnseal

_KEY_ID = 8
_NONCE = 12
_TAG = 16


class AesVault:
    """Seals with the first key, unseals with any: put a new key in front to rotate.

    A sealed value is the key's id (8 bytes), a random nonce (12 bytes), the ciphertext and its tag (16 bytes).
    Keys are 32 bytes each.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != 32 for key in keys):
            raise ValueError("a vault needs at least one key, and 32 bytes for each")
        self._ciphers = {_key_id(key): AESGCM(key) for key in keys}
        self._signing = {_key_id(key): _signing_key(key) for key in keys}
        self._first = _key_id(keys[0])

    def seal(self, workspace: str, field: str, value: str) -> bytes:
        """Encrypt a value for exactly this workspace and field."""
        nonce = secrets.token_bytes(_NONCE)
        ciphertext = self._ciphers[self._first].encrypt(nonce, value.encode(), _place(workspace, field))
        return self._first + nonce + ciphertext

    def is_current(self, sealed: bytes) -> bool:
        """Whether a value was sealed with the first key."""
        return sealed[:_KEY_ID] == self._first

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

    def sign(self, field: str, text: str) -> bytes:
        """What proves that this text, for this use, comes from here: the first key's id, and HMAC-SHA256."""
        return self._first + _mac(self._signing[self._first], field, text)

    def is_signed(self, field: str, text: str, signature: bytes) -> bool:
        """Whether one of the keys signed exactly this text for this use."""
        key = self._signing.get(signature[:_KEY_ID])
        return key is not None and hmac.compare_digest(_mac(key, field, text), signature[_KEY_ID:])


def _signing_key(key: bytes) -> bytes:
    """What signs is made from what seals, and tells nothing of it."""
    return hashlib.blake2b(key=key, digest_size=32, person=b"deskhand signing").digest()


def _mac(key: bytes, field: str, text: str) -> bytes:
    return hmac.digest(key, _place(field, text), "sha256")


def _key_id(key: bytes) -> bytes:
    return hashlib.blake2b(key, digest_size=_KEY_ID, person=b"deskhand key id").digest()


def _place(workspace: str, field: str) -> bytes:
    if "\0" in workspace:
        raise ValueError("a workspace's name holds no NUL, or two places could look the same")
    return f"{workspace}\0{field}".encode()
