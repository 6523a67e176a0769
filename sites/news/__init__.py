"""News of a site."""
