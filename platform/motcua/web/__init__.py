"""From a host to its site, and back to the browser."""
