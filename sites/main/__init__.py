"""What only the main portal has."""
