"""The registry: which sites there are, under which addresses, in which state."""
