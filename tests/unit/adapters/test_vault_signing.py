"""What goes out signed is known again, whichever key signed it; nothing else is."""

import pytest

from deskhand.adapters.vault import AesVault

OLD, NEW = bytes(32), bytes(range(32))


def test_what_was_signed_is_known_again() -> None:
    signature = AesVault([OLD]).sign("visitor", "it is me")

    assert AesVault([OLD]).is_signed("visitor", "it is me", signature)


def test_after_a_rotation_the_old_keys_signature_counts_as_long_as_that_key_is_there() -> None:
    signature = AesVault([OLD]).sign("visitor", "it is me")

    assert AesVault([NEW, OLD]).is_signed("visitor", "it is me", signature)
    assert not AesVault([NEW]).is_signed("visitor", "it is me", signature)
    assert AesVault([NEW, OLD]).sign("visitor", "it is me") == AesVault([NEW]).sign("visitor", "it is me")


@pytest.mark.parametrize("at", [0, 7, 8, 20, 39])
def test_a_signature_with_any_byte_altered_proves_nothing(at: int) -> None:
    signature = bytearray(AesVault([OLD]).sign("visitor", "it is me"))
    signature[at] ^= 1

    assert not AesVault([OLD]).is_signed("visitor", "it is me", bytes(signature))


@pytest.mark.parametrize("length", [0, 7, 8, 39])
def test_a_signature_that_was_cut_short_proves_nothing(length: int) -> None:
    signature = AesVault([OLD]).sign("visitor", "it is me")

    assert not AesVault([OLD]).is_signed("visitor", "it is me", signature[:length])


@pytest.mark.parametrize(("field", "text"), [("visitor", "it is I"), ("other", "it is me"), ("visito", "r\0it is me")])
def test_a_signature_is_for_one_text_and_one_use(field: str, text: str) -> None:
    signature = AesVault([OLD]).sign("visitor", "it is me")

    assert not AesVault([OLD]).is_signed(field, text, signature)


def test_what_signs_is_not_what_seals() -> None:
    sealed = AesVault([OLD]).seal("ws_1", "token", "it is me")

    assert not AesVault([OLD]).is_signed("visitor", "it is me", sealed)
