"""The ready texts, one module for each language with the same names in it."""
