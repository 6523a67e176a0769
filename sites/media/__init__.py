"""Photo albums and videos."""
