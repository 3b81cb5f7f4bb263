"""What a face does: blendshapes and, where a network provides one, an expression embedding."""
