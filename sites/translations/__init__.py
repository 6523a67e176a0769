"""How far a site's translation has come, and its words as PO files."""
