"""One file per action kind; `Action` is the union of them."""

from deskhand.domain.actions.http import HttpAction

Action = HttpAction

__all__ = ["Action", "HttpAction"]
