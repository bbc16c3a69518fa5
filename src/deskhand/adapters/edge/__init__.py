"""The guarded way out: the only code that opens outward HTTP."""
