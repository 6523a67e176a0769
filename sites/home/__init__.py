"""Each site's home page and the tree it is born with."""
