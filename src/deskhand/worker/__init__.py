"""Durable execution: recovery and timers."""
