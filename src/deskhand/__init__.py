"""Deskhand: the model proposes, the engine disposes, people countersign."""

__version__ = "0.1.0"
