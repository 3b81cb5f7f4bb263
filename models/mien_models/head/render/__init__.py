"""Rendering on the CPU, and the settings of a picture that both renderers take."""
