"""Deskhand: the action layer of an AI customer-service agent. The model proposes, the engine disposes, people countersign."""

__version__ = "0.1.0"
