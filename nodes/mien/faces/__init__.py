"""Find faces, follow them, and say where each one is, how it is turned and where it looks."""
