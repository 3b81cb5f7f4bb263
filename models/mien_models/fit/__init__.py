"""Fit the parametric head to pictures: pose, identity, expression, gaze, light and texture of one person."""
