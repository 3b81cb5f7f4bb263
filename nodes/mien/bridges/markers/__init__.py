"""Faces to look at: markers for RViz, annotations of the image for Foxglove."""
