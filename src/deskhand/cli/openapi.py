"""`deskhand openapi`: the description of the REST service."""

from deskhand.cli.printing import show_json


def openapi() -> None:
    """Print the OpenAPI description of the REST service.

    Clients are generated from it: deskhand openapi > openapi.json. Needs no server.
    """
    from deskhand.api.app import describe_service

    show_json(describe_service(), indent=2)
