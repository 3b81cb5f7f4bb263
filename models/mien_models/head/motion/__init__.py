"""How the head moves: random expressions, still and over time."""
