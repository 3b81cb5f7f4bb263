"""Decodes picture files and image messages of every kind to H×W×3 uint8 RGB."""
