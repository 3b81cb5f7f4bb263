"""Compute recorded results again from the recorded images, and compare."""
