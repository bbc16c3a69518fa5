"""Language models; their libraries take seconds to import, so that happens only where a model is used."""

from deskhand.adapters.llm.models import Models

__all__ = ["Models"]
