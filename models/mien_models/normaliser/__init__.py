"""Faces made alike: the expression of any face on one canonical identity, and what reads expressions from both."""
