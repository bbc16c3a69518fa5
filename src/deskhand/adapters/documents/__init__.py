"""Reads documents: web pages, PDF, Markdown and plain text, each in a process that can be ended."""
