"""The pure core: procedures, steps, state, interpreter. No I/O, no clock, no randomness."""
