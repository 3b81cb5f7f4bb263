"""Expression spaces: the names that arrays of weights are ordered by, and the tables between them."""
