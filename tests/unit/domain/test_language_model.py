"""How a model is reached and bounded."""

from typing import Any

import pytest
from pydantic import ValidationError

from deskhand.domain.language_model import LanguageModel, Spent

LOCAL = {"slug": "default", "provider": "compatible", "model": "qwen3", "base_url": "http://127.0.0.1:11434/v1/"}
OPENAI = {"slug": "default", "provider": "openai", "model": "gpt-5-mini", "secret": "OPENAI_KEY"}


def test_each_provider_has_its_address() -> None:
    assert LanguageModel.model_validate(LOCAL).address == "http://127.0.0.1:11434/v1"
    assert LanguageModel.model_validate(OPENAI).address == "https://api.openai.com/v1"
    proxied = LanguageModel.model_validate({**OPENAI, "base_url": "models.example.com/v1"})
    assert proxied.address == "https://models.example.com/v1"


def test_a_price_is_for_a_million_tokens_and_a_cost_in_millionths() -> None:
    model = LanguageModel.model_validate({**OPENAI, "price_input": 0.25, "price_output": 2})

    assert model.cost(1_000_000, 0) == 250_000
    assert model.cost(1200, 100) == 500
    assert LanguageModel.model_validate(OPENAI).cost(1200, 100) == 0
    assert Spent(cost=1, tokens=2).plus(3, 4) == Spent(cost=4, tokens=6)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"slug": "offline"}, "offline"),
        ({"secret": None}, "`key` is missing"),
        ({"provider": "compatible"}, "`base_url` is missing"),
        ({"base_url": "https://me:secret@models.example.com"}, "without password"),
        ({"base_url": "ftp://models.example.com"}, "must be an address"),
        ({"limit_day": 5}, "`price_input` and `price_output` are missing"),
        ({"provider": "anthropic", "embeddings_model": "e"}, "anthropic has none"),
        ({"timeout_seconds": 121}, "less than or equal to 120"),
        ({"timeout_seconds": float("nan")}, "finite"),
        ({"limit_day": -1}, "greater than or equal to 0"),
    ],
)
def test_what_cannot_work_is_refused(change: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ValidationError, match=wrong):
        LanguageModel.model_validate({**OPENAI, **change})
