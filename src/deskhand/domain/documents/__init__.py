"""Procedures as code: documents in YAML or JSON, read and written without loss."""

from deskhand.domain.documents.parsing import parse_yaml
from deskhand.domain.documents.reading import read_procedure
from deskhand.domain.documents.schema import json_schema
from deskhand.domain.documents.slugs import slugify
from deskhand.domain.documents.writing import to_document, write_yaml

__all__ = ["json_schema", "parse_yaml", "read_procedure", "slugify", "to_document", "write_yaml"]
