"""The geometry of the parametric head: data, identity, expression, pose, landmarks, action units."""
