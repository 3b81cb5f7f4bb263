"""One row per face and frame."""
