"""Commands of those who study recordings."""
