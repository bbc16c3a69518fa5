import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhand.domain.documents import slugify

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Refund Request Handler", "refund-request-handler"),
        ("  Refund -- request!  ", "refund-request"),
        ("Rückerstattung für Größen", "rueckerstattung-fuer-groessen"),
        ("RÜCKERSTATTUNG", "rueckerstattung"),
        ("Ru\u0308ckgabe", "rueckgabe"),
        ("Café crème à São Paulo", "cafe-creme-a-sao-paulo"),
        ("Łódź & Øresund", "lodz-oresund"),
        ("The customer's order", "the-customers-order"),
        ("The customer’s order", "the-customers-order"),
        ("Ｆｕｌｌ ｗｉｄｔｈ ２", "full-width-2"),
        ("İstanbul", "istanbul"),
        ("50% off", "50-off"),
        ("返金", ""),
        ("🎉", ""),
        ("", ""),
    ],
)
def test_a_name_becomes_lowercase_words_with_hyphens(name, slug) -> None:
    assert slugify(name) == slug


def test_a_long_name_is_cut_between_words() -> None:
    assert slugify("refund " * 20) == "-".join(["refund"] * 9)
    assert slugify("x" * 100) == "x" * 64


@UNHURRIED
@given(st.text())
def test_every_slug_has_the_form_of_one(name) -> None:
    slug = slugify(name)

    assert slug == "" or (re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug) and len(slug) <= 64)
    assert slugify(slug) == slug
