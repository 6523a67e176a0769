"""Legal documents of an agency: look-up, links between them, import."""
