"""Builders' JavaScript, run in processes of its own."""

from deskhand.adapters.javascript.pool import QuickJsTransformer

__all__ = ["QuickJsTransformer"]
