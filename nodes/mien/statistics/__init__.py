"""Events and statistics of recorded expressions, and the synchrony of two people."""
