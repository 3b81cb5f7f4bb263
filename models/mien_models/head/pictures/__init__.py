"""Labelled images: a person, an expression, a camera, light and background, with the truth."""
