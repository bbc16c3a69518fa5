"""Reproducible benchmarks, with their peers and the machine's limits beside them."""
