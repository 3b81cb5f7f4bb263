"""Rendering on the CPU."""
